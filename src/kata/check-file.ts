/** One kata, one learner's file: the file is run by the host, judged here, and reported. */
import { kataPath } from './workspace.js';
import type { HostLimits } from './host/index.js';
import type { Kata } from './define.js';
import type { KataReport } from './report.js';

export interface CheckFileOptions {
  readonly workspace: string;
  readonly seed: number;
  readonly limits?: Partial<HostLimits>;
  /** The clock, for the report's `ms`. */
  readonly now: () => number;
}

/** Checks the learner's file of one kata. Never rejects; leaves no process behind. */
export async function checkFile(
  kata: Kata,
  { workspace, seed, limits = {}, now }: CheckFileOptions,
): Promise<KataReport> {
  const [{ judge }, { openHost }] = await Promise.all([
    import('./judge.js'),
    import('./host/index.js'),
  ]);
  const started = now();
  const subject = await openHost({
    file: kataPath(workspace, kata),
    functionName: kata.functionName,
    workspace,
    limits,
  });
  try {
    const report = await judge(kata, subject, { seed });
    return { ...report, ms: Math.round(now() - started) };
  } finally {
    await subject.close();
  }
}
