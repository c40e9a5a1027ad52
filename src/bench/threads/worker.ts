/**
 * What a worker thread of a pool runs (dist/bench-worker.js, one self-contained file): it is handed a pass over
 * a batch, takes the next shard that nobody has taken until there is none, and says that it is done.
 */
import { parentPort } from 'node:worker_threads';
import { Arena, doShard, shardCount } from '../../engine/index.js';
import type { Work } from './pool.js';

const arena = new Arena();

parentPort?.on('message', ({ pass, next }: Work) => {
  const shards = shardCount(pass.dims);
  for (let shard; (shard = Atomics.add(next, 0, 1)) < shards;) doShard(arena, pass, shard);
  parentPort?.postMessage('done');
});
