/** The speed report's shape and honesty; never its times. The clock here is a counter. */
import { describe, expect, it, vi } from 'vitest';
import { measureSpeed, speedNames } from '../../src/bench/index.js';
import { callsIn, quantile, time } from '../../src/bench/timing.js';
import { kernelsInUse, openSimd } from '../../src/engine/index.js';
import type { SimdKernels } from '../../src/engine/index.js';

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

  it('runs work that is longer than the budget three times more, and short work in bundles', () => {
    const { clock, spend } = manualClock();
    let runs = 0;
    const work = (): void => {
      spend(1000)();
      runs++;
    };
    time(work, clock, 10);
    expect(runs).toBe(1 + 3); // to warm up and see how long it takes, to time
    expect(callsIn(2, spend(0.001), clock)).toBeGreaterThan(1000);
  });

  it('takes quantiles from the sorted values', () => {
    expect([0, 0.1, 0.5, 0.99].map((p) => quantile([5, 1, 4, 2, 3], p))).toEqual([1, 1, 3, 5]);
  });
});

describe('the speed report', () => {
  const sets = typeof openSimd() === 'string' ? 1 : 2;
  const small = {
    clock: () => performance.now(),
    budgetMs: 1,
    configs: [{ T: 3, B: 2, D: 4, H: 5 }],
    attention: [{ T: 7, B: 1, D: 4, H: 5 }],
    checked: { T: 2, B: 1, D: 2, H: 2 },
  };

  it('compares before it times, has every case once for every kernel set, and leaves the kernels as they were', () => {
    const before = kernelsInUse();
    const told: string[] = [];
    let steps = 0;
    const report = measureSpeed({
      ...small,
      onProgress: (what, place, of) => {
        expect(place).toBe(told.push(what));
        steps = of;
      },
    });
    expect(told).toHaveLength(steps);
    expect(kernelsInUse()).toEqual(before);
    expect(structuredClone(report)).toEqual(report);
    for (const { name, agrees, worst, tolerance } of report.agreement) {
      expect(agrees, name).toBe(true);
      if (tolerance === null) expect(worst).toBe(null);
      else expect(worst).toBeLessThanOrEqual(tolerance);
    }
    // Bits of three cells, the step and two attentions; online against naive; backward against its check.
    expect(report.agreement).toHaveLength(6 * (sets - 1) + 2);
    expect(report.cases).toHaveLength(sets * (3 * 2 + 1 + 2 * 2) + 1);
    expect(new Set(report.cases.map(({ name, kernels }) => `${name} ${kernels}`)).size).toBe(
      report.cases.length,
    );
    expect(new Set(report.cases.map(({ name }) => name))).toEqual(new Set(speedNames));
    for (const { medianMs, p10Ms } of report.cases) expect(medianMs).toBeGreaterThanOrEqual(p10Ms);
    expect(told.length).toBeGreaterThan(report.cases.length);
    expect(report.efficiency.length > 0).toBe(sets === 2);
    expect(report.efficiency.every(({ share }) => share > 0)).toBe(true);
  });

  it('compares and times only what has the wanted words in its name', () => {
    const { agreement, cases, efficiency } = measureSpeed({
      ...small,
      only: 'online forward+',
    });
    expect(agreement.every(({ name }) => name.startsWith('attention online'))).toBe(true);
    expect(agreement).toHaveLength(sets);
    expect(cases.map(({ name }) => name)).toEqual(
      Array.from({ length: sets }, () => 'attention online forward+backward'),
    );
    expect(efficiency).toHaveLength(sets - 1);
    expect(measureSpeed({ ...small, only: 'nothing of the kind' })).toMatchObject({
      ...{ agreement: [], cases: [], efficiency: [] },
    });
  });

  it.runIf(sets === 2)('does not time what does not agree', () => {
    const { onlineSoftmax } = openSimd() as SimdKernels;
    const right = onlineSoftmax.forward.bind(onlineSoftmax);
    const wrong = vi.spyOn(onlineSoftmax, 'forward').mockImplementation((O, ...rest) => {
      right(O, ...rest);
      O[0]! *= 1 + 1e-9;
    });
    try {
      const { agreement, cases } = measureSpeed({ ...small, only: 'attention' });
      expect(agreement.filter(({ agrees }) => !agrees).map(({ name }) => name)).toEqual([
        'attention online, (T,B,D,H) = (7,1,4,5)',
        'attention online against naive, (T,B,D,H) = (7,1,4,5)',
      ]);
      expect(new Set(cases.map(({ name }) => name))).toEqual(
        new Set(['attention naive forward', 'attention naive forward+backward']),
      );
    } finally {
      wrong.mockRestore();
    }
  });
});
