/** The arena's bytes are those of the closed formulas, to the byte, for every mode and any sizes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBytes } from '../../../src/bench/memory/run.js';
import { predictedBytes } from '../../../src/bench/memory/formulas.js';
import { byteClasses, memoryModes } from '../../../src/bench/memory/report.js';
import type { MemoryMode, MemorySizes } from '../../../src/bench/index.js';

const sizes: fc.Arbitrary<MemorySizes> = fc
  .record({
    T: fc.integer({ min: 1, max: 150 }),
    heads: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 9 }),
    k: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ width, heads, ...rest }) => ({ ...rest, heads, hidden: width * heads }));

function expectAsPredicted(mode: MemoryMode, given: MemorySizes): void {
  const counted = countBytes(mode, given);
  const { byClass, total } = predictedBytes(mode, given);
  expect(counted.measured).toEqual(byClass);
  expect(counted.measuredBytes).toBe(total);
}

describe.each(memoryModes)('%s', (mode) => {
  it('holds what its formula says, class by class and in all', () => {
    fc.assert(
      fc.property(sizes, (given) => expectAsPredicted(mode, given)),
      { numRuns: 30 },
    );
  });

  it('also where scratch has reached its full size', () => {
    expectAsPredicted(mode, { T: 300, hidden: 128, heads: 2, k: 100 });
  });

  it('needs no more bytes for fewer steps', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 200 }), (given, more) => {
        const longer = { ...given, T: given.T + more };
        // A checkpoint's stretches are whole steps: only what is needed in all is sure to grow.
        expect(predictedBytes(mode, longer).total).toBeGreaterThanOrEqual(
          mode === 'lstm-checkpointed' ? 0 : predictedBytes(mode, given).total,
        );
        for (const name of byteClasses)
          expect(predictedBytes(mode, given).byClass[name] % 8, name).toBe(0);
      }),
    );
  });

  it('gives all memory back, and holds its results until then', () => {
    let looked = 0;
    const { heldBytes, measuredBytes } = countBytes(
      mode,
      { T: 40, hidden: 8, heads: 2, k: 10 },
      () => looked++,
    );
    expect(looked).toBe(1);
    expect(heldBytes).toBeGreaterThan(0);
    expect(heldBytes).toBeLessThanOrEqual(measuredBytes);
  });
});

/** By hand, from the equations: what one step of each mode leaves behind, in numbers. */
it.each<[MemoryMode, (sizes: MemorySizes) => number, 'state' | 'tape' | 'workspace']>([
  ['lstm-streaming', ({ hidden: H }) => 2 * H, 'state'],
  ['lstm-bptt', ({ T, hidden: H }) => 7 * T * H, 'tape'],
  ['lstm-truncated', ({ T, hidden: H, k }) => 7 * Math.min(T, k) * H, 'tape'],
  ['attention-naive-inference', ({ T }) => T * T, 'workspace'],
  ['attention-naive-training', ({ T, heads }) => heads * T * T, 'tape'],
  ['attention-online', ({ T, heads }) => heads * T, 'tape'],
  ['attention-kv-cache', ({ T, hidden }) => 2 * T * hidden + hidden, 'state'],
])('%s keeps what its report says in letters', (mode, numbers, of) => {
  fc.assert(
    fc.property(sizes, (given) => {
      expect(countBytes(mode, given).measured[of]).toBe(8 * numbers(given));
    }),
    { numRuns: 20 },
  );
});
