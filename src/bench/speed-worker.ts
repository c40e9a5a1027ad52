/**
 * `bptt bench speed` in a worker thread of its own: a pass may take seconds and cannot be stopped from within, so
 * whoever waits for the report stays free to end both threads, as Ctrl-C does.
 */
import { Worker } from 'node:worker_threads';
import type { SpeedReport } from './speed-report.js';

/** What the worker is started with (its workerData). */
export interface SpeedAsked {
  readonly budgetMs: number;
  /** Times only what has this in its name. */
  readonly only: string;
}

/** What it says. */
export type SpeedSaid =
  | { readonly kind: 'progress'; readonly told: readonly [what: string, place: number, of: number] }
  | { readonly kind: 'report'; readonly report: SpeedReport };

/**
 * Measures in a worker. Rejects if it cannot be started or fails.
 * @param script the worker's file, dist/bench-worker.js
 * @param onProgress as in measureSpeed
 */
export function measureSpeedInWorker(
  script: string | URL,
  asked: SpeedAsked,
  onProgress: (what: string, place: number, of: number) => void = () => undefined,
): Promise<SpeedReport> {
  const worker = new Worker(script, { workerData: asked });
  return new Promise((resolve, reject) => {
    worker.on('message', (said: SpeedSaid) => {
      if (said.kind === 'progress') onProgress(...said.told);
      else resolve(said.report);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      reject(new Error(`The worker thread ended with exit code ${code}.`)); // after a report, of no effect
    });
  });
}
