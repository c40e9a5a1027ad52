/** What of the peers' harness needs no peer: agreement is judged by this distance, and times by their quantiles. */
import { describe, expect, it } from 'vitest';

/** Milliseconds of so many calls, after others that are not counted. */
type Timer = (calls: number, before?: number) => Promise<number>;
interface InTurns {
  readonly distance: (ours: ArrayLike<number>, peer: ArrayLike<number>) => number;
  readonly timer: (call: () => unknown) => Timer;
  readonly inTurns: (
    ours: Timer,
    peer: Timer,
    budgetMs: number,
  ) => Promise<Record<'medianMs' | 'p10Ms' | 'oursMedianMs' | 'oursP10Ms' | 'ratio', number>>;
  readonly alone: (time: Timer, budgetMs: number) => Promise<Record<'medianMs' | 'p10Ms', number>>;
}
const { alone, distance, inTurns, timer } = (await import(
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
      timer(() => {
        calls.ours++;
      }),
      timer(async () => {
        calls.waiting++;
        expect(calls.waiting).toBe(1);
        await new Promise((done) => setImmediate(done));
        calls.waiting--;
        calls.peer++;
      }),
      10,
    );
    expect(calls.waiting).toBe(0);
    expect(Math.min(calls.ours, calls.peer)).toBeGreaterThan(3);
    expect(times.ratio).toBe(times.p10Ms / times.oursP10Ms);
    expect(times.medianMs).toBeGreaterThanOrEqual(times.p10Ms);
  });
  it('has calls before a reading that it does not count, where calls are short', async () => {
    const asked: [number, number][] = [];
    const told = (ms: number) => (calls: number, before?: number) => {
      if (before !== undefined) asked.push([calls, before]);
      return new Promise<number>((done) => setImmediate(() => done(ms * calls)));
    };
    await alone(told(0.5), 10);
    expect(new Set(asked.map(String))).toEqual(new Set(['4,1'])); // readings of 2 ms
    asked.length = 0;
    await alone(told(100), 10);
    expect(new Set(asked.map(String))).toEqual(new Set(['1,0']));
    let counted = 0;
    const count = timer(() => {
      counted++;
    });
    await count(3, 2);
    expect(counted).toBe(5);
  });

  it('believes a peer that times its own calls, whatever the way to it takes', async () => {
    const told = (ms: number) => async (calls: number) => {
      await new Promise((done) => setTimeout(done, 2));
      return ms * calls;
    };
    expect(await inTurns(told(2), told(6), 10)).toEqual({
      ...{ medianMs: 6, p10Ms: 6, oursMedianMs: 2, oursP10Ms: 2, ratio: 3 },
    });
    expect(await alone(told(4), 10)).toEqual({ medianMs: 4, p10Ms: 4 });
  });
});
