/** Many katas at once, one per core. It checks nothing itself and prints nothing. */
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Kata, KataReport } from '../kata/index.js';

/**
 * The reports in the order of the katas, whichever ends first.
 * @param told called as each one ends, with the number of those that have
 */
export function checkMany(
  katas: readonly Kata[],
  check: (kata: Kata) => Promise<KataReport>,
  told: (report: KataReport, ended: number) => void,
): Promise<KataReport[]> {
  const limit = pLimit(availableParallelism());
  let ended = 0;
  return Promise.all(
    katas.map((kata) =>
      limit(async () => {
        const report = await check(kata);
        told(report, ++ended);
        return report;
      }),
    ),
  );
}
