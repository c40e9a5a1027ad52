/**
 * Worker threads that do passes over batches together. The arrays of a pass are shared memory, so nothing is
 * copied between threads. Which thread does which shard differs from run to run; the bits do not (shards.ts).
 */
import { Worker } from 'node:worker_threads';
import type { BatchPass } from '../../engine/index.js';

/** An array that all threads see: (length). */
export const sharedArray = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

/** What a worker is sent. */
export interface Work {
  readonly pass: BatchPass;
  /** The next shard that nobody has taken; counted up atomically by whoever takes it. */
  readonly next: Int32Array;
}

export interface ThreadPool {
  readonly threads: number;
  /** Does all shards of a pass whose arrays are shared. Rejects if a worker fails; the pool is then of no more use. */
  run(pass: BatchPass): Promise<void>;
  close(): Promise<void>;
}

/** Opens a pool. @param script the worker's file, dist/bench-worker.js */
export function openThreads(threads: number, script: string | URL): ThreadPool {
  const workers = Array.from({ length: threads }, () => new Worker(script));
  /** The end of one worker's part, or its failure. */
  const answer = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const ended = (code: number): void => {
        reject(new Error(`A worker thread ended with exit code ${code}.`));
      };
      const settle = (then: () => void): void => {
        worker.off('message', done).off('error', failed).off('exit', ended);
        then();
      };
      const done = (): void => {
        settle(resolve);
      };
      const failed = (error: Error): void => {
        settle(() => {
          reject(error);
        });
      };
      worker.on('message', done).on('error', failed).on('exit', ended);
    });
  return {
    threads,
    async run(pass) {
      const next = new Int32Array(new SharedArrayBuffer(4));
      const answers = workers.map(answer);
      for (const worker of workers) worker.postMessage({ pass, next } satisfies Work);
      await Promise.all(answers);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
