/** Timing of short work with a clock that is handed in: many rounds, order statistics, no averages. */

/** Milliseconds from any start. */
export type Clock = () => number;

/** The value below which the share `p` of the values lies. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
}

/** How many calls take about `ms` milliseconds; at least one. */
export function callsIn(ms: number, work: () => void, clock: Clock): number {
  for (let calls = 1; ; calls *= 4) {
    const start = clock();
    for (let call = 0; call < calls; call++) work();
    const took = clock() - start;
    if (took > ms / 4) return Math.max(1, Math.round((calls * ms) / took));
  }
}

export interface Timing {
  readonly medianMs: number;
  readonly p10Ms: number;
  /** The yardstick's time over a call's, both at their tenth percentile. */
  readonly ratio: number;
}

/**
 * Times work for about `budgetMs` and at least three rounds. Work that fits the budget several times is done for as
 * long before, so that the runtime has compiled all of it; work that does not is done once. Where a yardstick is
 * given, every round times it too, so that both meet the same machine; rounds are short, so that some of them are
 * left alone by whatever else runs there, and the tenth percentile is of those.
 */
export function time(
  work: () => void,
  clock: Clock,
  budgetMs: number,
  yardstick: () => void = () => undefined,
): Timing {
  const first = clock();
  work();
  const took = clock() - first;
  const calls = took > budgetMs ? 1 : callsIn(0.3, work, clock);
  if (took < budgetMs / 8) while (clock() - first < budgetMs) work();
  const times: number[] = [];
  const yardsticks: number[] = [];
  const end = clock() + budgetMs;
  do {
    const start = clock();
    yardstick();
    const middle = clock();
    for (let call = 0; call < calls; call++) work();
    times.push((clock() - middle) / calls);
    yardsticks.push(middle - start);
  } while (clock() < end || times.length < 3);
  const p10Ms = quantile(times, 0.1);
  return { medianMs: quantile(times, 0.5), p10Ms, ratio: quantile(yardsticks, 0.1) / p10Ms };
}
