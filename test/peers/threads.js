/**
 * PyTorch on two threads, forward and backward of a batch: what stands beside `bptt bench speed --threads 2`. By
 * itself, as our threads take the same processors; its agreement is judged as on one thread (run.js).
 *
 *   node test/peers/threads.js [--budget MS]
 *
 * Prints { threads, cases } as JSON, or null where BPTT_TORCH does not say how to start it.
 */
import { parseArgs } from 'node:util';
import { alone, distance } from './in-turns.js';
import { batches } from './work.js';
import { openTorch } from './torch.js';

const { values: options } = parseArgs({ options: { budget: { type: 'string', default: '200' } } });
const threads = 2;
const torch = await openTorch(threads);
const cases = [];
for (const work of torch ? batches() : []) {
  const { name, config } = work;
  const opened = await torch.open(work);
  const got = await opened.outputs();
  const worst = Math.max(...work.outputs().map((array, k) => distance(array, got[k])));
  if (!(worst <= torch.tolerance))
    throw new Error(`${name} is ${worst} apart on ${threads} threads.`);
  cases.push({ name, config, worst, ...(await alone(opened.time, Number(options.budget))) });
}
torch?.end();
process.stdout.write(JSON.stringify(torch ? { threads, cases } : null));
