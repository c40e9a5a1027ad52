/** The speed report's shape and honesty; never its times. The clock here is a counter. */
import { describe, expect, it } from 'vitest';
import { measureSpeed } from '../../src/bench/index.js';
import { callsIn, quantile, time } from '../../src/bench/timing.js';
import { kernelsInUse, openSimd } from '../../src/engine/index.js';

/** A clock on which work takes what it says it takes. */
function manualClock() {
  let now = 0;
  return { clock: () => now, spend: (ms: number) => () => void (now += ms) };
}

describe('timing', () => {
  it('reports what a call takes, and the yardstick over it', () => {
    const { clock, spend } = manualClock();
    const timing = time(spend(2), clock, 100, spend(8));
    expect(timing).toEqual({ medianMs: 2, p10Ms: 2, ratio: 4 });
  });

  it('runs work that is longer than the budget three times, and short work in bundles', () => {
    const { clock, spend } = manualClock();
    let runs = 0;
    const work = (): void => {
      spend(1000)();
      runs++;
    };
    time(work, clock, 10);
    expect(runs).toBe(1 + 1 + 3); // to warm up, to see how long it takes, to time
    expect(callsIn(2, spend(0.001), clock)).toBeGreaterThan(1000);
  });

  it('takes quantiles from the sorted values', () => {
    expect([0, 0.1, 0.5, 0.99].map((p) => quantile([5, 1, 4, 2, 3], p))).toEqual([1, 1, 3, 5]);
  });
});

describe('the speed report', () => {
  it('compares before it times, has every case once for every kernel set, and leaves the kernels as they were', () => {
    const before = kernelsInUse();
    const told: string[] = [];
    const report = measureSpeed({
      clock: () => performance.now(),
      budgetMs: 1,
      configs: [{ T: 3, B: 2, D: 4, H: 5 }],
      onProgress: (what) => told.push(what),
    });
    expect(kernelsInUse()).toEqual(before);
    expect(structuredClone(report)).toEqual(report);
    expect(report.agreement.map(({ sameBits }) => sameBits)).toEqual(
      report.agreement.map(() => true),
    );
    expect(report.agreement).toHaveLength(4);
    const sets = typeof openSimd() === 'string' ? 1 : 2;
    expect(report.cases).toHaveLength(sets * 7);
    expect(new Set(report.cases.map(({ name, kernels }) => `${name} ${kernels}`)).size).toBe(
      sets * 7,
    );
    for (const { medianMs, p10Ms } of report.cases) expect(medianMs).toBeGreaterThanOrEqual(p10Ms);
    expect(told.length).toBeGreaterThan(report.cases.length);
    expect(report.efficiency.every(({ share }) => share > 0)).toBe(sets === 2);
  });
});
