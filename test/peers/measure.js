/**
 * Writes docs/benchmarks.json: `bptt bench speed`, the same on two threads, the peers (PyTorch if BPTT_TORCH
 * says how to start it, on two threads too), and one long attention, each in a process of its own that has one processor to itself where the system allows it.
 * The page is then made of it by test/bench/page.spec.ts. Wants `npm run build` and `npm ci --prefix test/peers`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('../..', import.meta.url));
const budget = process.env.BPTT_BENCH_BUDGET ?? '100';

/** Ahead of whatever else wants the processor; nothing where that is not allowed. */
const first = (...words) =>
  spawnSync(words[0], [...words.slice(1), 'true']).status === 0 ? words : [];
const ahead = first('chrt', '-r', '50');
const pinned = [...ahead, ...first('taskset', '-c', '1')];

/** Optimised WebAssembly from the first call on: its compiler would else wait behind the work. */
const node = ['node', '--no-liftoff'];

function json(...words) {
  process.stderr.write(`${words.join(' ')}\n`);
  const [command, ...rest] = words;
  return JSON.parse(
    execFileSync(command, rest, {
      ...{ cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

const load = () => Number(loadavg()[0].toFixed(2));
const before = load();
const bench = ['bin/run.js', 'bench', 'speed', '--json', '--budget', budget];
const speed = json(...pinned, ...node, ...bench);
const peers = json(...pinned, ...node, 'test/peers/run.js', '--json', '--budget', budget);
const threads = json(...ahead, ...node, ...bench, '--threads', '2');
const torchThreads = json(...ahead, ...node, 'test/peers/threads.js', '--budget', budget);
const long = json(...pinned, ...node, 'test/peers/long.js');
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const machine = {
  ...{ date: new Date().toISOString().slice(0, 10), bptt: version, node: process.versions.node },
  ...{ cpu: cpus()[0].model, processors: cpus().length, load: { before, after: load() } },
  ...{ started: [...pinned, ...node].join(' '), budgetMs: Number(budget) },
};
const text = JSON.stringify({ version: 1, machine, speed, threads, peers, torchThreads, long });
const file = `${root}docs/benchmarks.json`;
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
