/**
 * PyTorch, ONNX Runtime and tfjs on the work of `bptt bench speed`: agreement first, then time in turns with ours.
 *
 *   node test/peers/run.js [--json] [--budget MS] [--only NAME] [--peer NAME]
 *
 * Wants `npm run build` and, once, `npm ci --prefix test/peers`; for PyTorch, BPTT_TORCH. Exit code 1 if a peer does not agree with us.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { distance, inTurns, timer } from './in-turns.js';
import { onnxRuntime } from './onnx.js';
import { tfjs } from './tfjs.js';
import { openTorch, torchName } from './torch.js';
import { works } from './work.js';

/** The share of the largest number by which a peer in float32 may differ: 84 units of float32's last place, over 100 steps. */
const tolerance = 1e-5;

/** tfjs in plain JavaScript takes seconds beyond this. */
const mostMultiplyAdds = 5e8;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    budget: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
    peer: { type: 'string', default: '' },
  },
});
const budgetMs = Number(options.budget);
if (!(budgetMs > 0)) throw new RangeError('--budget wants milliseconds.');

const wanted = (name) => name.includes(options.peer);
const torch = wanted(torchName) ? await openTorch() : undefined;
const others = [onnxRuntime, tfjs('wasm'), tfjs('cpu', mostMultiplyAdds)];
const peers = [...(torch ? [torch] : []), ...others.filter(({ name }) => wanted(name))];

const say = (text) => process.stderr.write(`${text}\n`);
const version = (name) => createRequire(import.meta.url)(`${name}/package.json`).version;
const [cases, agreement] = [[], []];

for (const work of works()) {
  if (!work.name.includes(options.only)) continue;
  const sizes = Object.values(work.config).join(',');
  const ours = work.outputs();
  for (const peer of peers) {
    const opened = await peer.open(work);
    if (!opened) continue;
    const one = { peer: peer.name, name: work.name, config: work.config };
    const got = await opened.outputs();
    const worst = Math.max(...ours.map((array, k) => distance(array, got[k])));
    const agrees = worst <= (peer.tolerance ?? tolerance);
    agreement.push({ ...one, agrees, worst });
    if (agrees) {
      const times = await inTurns(timer(work.call), opened.time ?? timer(opened.call), budgetMs);
      cases.push({ ...one, ...times });
      say(
        `${peer.name.padEnd(12)} ${work.name.padEnd(32)} ${sizes.padEnd(14)} ${worst.toExponential(0)} apart   ${times.p10Ms.toPrecision(3)} ms, ours ${times.oursP10Ms.toPrecision(3)} ms, ratio ${times.ratio.toPrecision(2)}`,
      );
    } else say(`${peer.name} ${work.name} ${sizes}: ${worst} apart, so it was not timed`);
    opened.close();
  }
}
torch?.end();
const versions = { tfjs: version('@tensorflow/tfjs'), onnxruntime: version('onnxruntime-node') };
if (options.json)
  process.stdout.write(
    JSON.stringify({ versions, torch: torch?.versions ?? null, tolerance, agreement, cases }),
  );
if (cases.length === 0 || agreement.some(({ agrees }) => !agrees)) process.exitCode = 1;
