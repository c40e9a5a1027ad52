/** What of the peers' harness needs no peer: agreement is judged by this distance, and times by their quantiles. */
import { describe, expect, it } from 'vitest';

interface InTurns {
  readonly distance: (ours: ArrayLike<number>, peer: ArrayLike<number>) => number;
  readonly inTurns: (
    ours: () => void,
    peer: () => Promise<void>,
    budgetMs: number,
  ) => Promise<Record<'medianMs' | 'p10Ms' | 'oursP10Ms' | 'ratio', number>>;
}
const { distance, inTurns } = (await import(
  new URL('in-turns.js', import.meta.url).href
)) as InTurns;

describe('the distance to a peer', () => {
  it('is a share of our largest number, wherever it stands', () => {
    expect(distance([1, -4, 2], [1, -4, 2])).toBe(0);
    expect(distance([1, -4, 2], [1.5, -4, 2])).toBe(0.125);
    expect(distance([1, -4, 2], [1, -4, 1])).toBe(0.25);
  });

  it.each([
    ['a number that is none, first', [NaN, 1, 2]],
    ['a number that is none, last', [0, 1, NaN]],
    ['too few numbers', [0, 1]],
    ['too many numbers', [0, 1, 2, 3]],
  ])('is no number where the peer gives %s', (_, peer) => {
    expect(distance([0, 1, 2], peer)).toBe(NaN);
  });
});

describe('time in turns', () => {
  it('calls both in rounds, waits for a promise, and gives the ratio of the two', async () => {
    const calls = { ours: 0, peer: 0, waiting: 0 };
    const times = await inTurns(
      () => {
        calls.ours++;
      },
      async () => {
        calls.waiting++;
        expect(calls.waiting).toBe(1);
        await new Promise((done) => setImmediate(done));
        calls.waiting--;
        calls.peer++;
      },
      4,
    );
    expect(calls.waiting).toBe(0);
    expect(Math.min(calls.ours, calls.peer)).toBeGreaterThan(3);
    expect(times.ratio).toBe(times.p10Ms / times.oursP10Ms);
    expect(times.medianMs).toBeGreaterThanOrEqual(times.p10Ms);
  });
});
