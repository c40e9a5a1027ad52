/**
 * What a worker thread of a measurement runs (dist/bench-worker.js, one self-contained file). One of a pool is handed
 * a pass over a batch, takes the next shard that nobody has taken until there is none, and says that it is done. One
 * that is started with a request does the whole of `bench speed` and ends.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Arena, doShard, shardCount } from '../../engine/index.js';
import type { SpeedAsked, SpeedSaid } from '../speed-worker.js';
import type { Work } from './pool.js';

const say = (message: SpeedSaid | 'done'): void => parentPort?.postMessage(message);

async function timeSpeed(asked: SpeedAsked): Promise<void> {
  const { measureSpeed } = await import('../speed.js'); // with the gradient check, which a pool does without
  const report = measureSpeed({
    ...asked,
    clock: () => performance.now(),
    onProgress: (...told) => {
      say({ kind: 'progress', told });
    },
  });
  say({ kind: 'report', report });
}

function doShards(): void {
  const arena = new Arena();
  parentPort?.on('message', ({ pass, next }: Work) => {
    const shards = shardCount(pass.dims);
    for (let shard; (shard = Atomics.add(next, 0, 1)) < shards;) doShard(arena, pass, shard);
    say('done');
  });
}

const asked = workerData as SpeedAsked | undefined;
if (asked === undefined) doShards();
else await timeSpeed(asked);
