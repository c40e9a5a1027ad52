/** One kata, one implementation: the file is run by the host, judged here, and reported. */
import path from 'node:path';
import { kataPath } from './workspace.js';
import type { HostLimits } from './host/index.js';
import type { Kata } from './define.js';
import type { KataReport } from './report.js';

export interface CheckFileOptions {
  /** The folder that the file's imports may not leave. */
  readonly workspace: string;
  /** The file; the workspace's own of this kata unless told. */
  readonly file?: string;
  /** Where the learner stands, from where files are named; the workspace unless told. */
  readonly from?: string;
  readonly seed: number;
  readonly limits?: Partial<HostLimits>;
  /** The clock, for the report's `ms`. */
  readonly now: () => number;
  /** Ends the check at once; its report then says nothing about the file. */
  readonly signal?: AbortSignal;
}

/** Checks one file. Never rejects; leaves no process behind. */
export async function checkFile(
  kata: Kata,
  {
    workspace,
    file = kataPath(workspace, kata),
    from = workspace,
    seed,
    limits = {},
    now,
    signal,
  }: CheckFileOptions,
): Promise<KataReport> {
  const [{ judge }, { openHost }] = await Promise.all([
    import('./judge.js'),
    import('./host/index.js'),
  ]);
  const started = now();
  const subject = await openHost({
    file,
    functionName: kata.functionName,
    workspace,
    from,
    limits,
  });
  const stop = (): void => void subject.close();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  try {
    const judged = await judge(kata, subject, { seed });
    const report = kata.folder === undefined ? judged : { ...judged, katas: kata.folder };
    const ms = Math.round(now() - started);
    if (report.outcome !== 'notImplemented') return { ...report, ms };
    const place = path.relative(from, file).replaceAll(path.sep, '/');
    return { ...report, says: `${place}: ${report.says}`, ms };
  } finally {
    signal?.removeEventListener('abort', stop);
    await subject.close();
  }
}
