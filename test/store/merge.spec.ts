import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge, type Event } from '../../src/store/index.js';
import { anyEvent, idsOf, sample } from './harness.js';

/** Few ids, few instants and several spellings of an instant, so that everything collides. */
const colliding: fc.Arbitrary<Event> = fc.record({
  v: fc.constant(1 as const),
  id: fc.constantFrom('a', 'b', 'B', 'é', '10', '9'),
  at: fc.constantFrom(
    '2026-11-22T10:00:00Z',
    '2026-11-22T10:00:00.0Z',
    '2026-11-22T10:00:00.000Z',
    '2026-11-22T10:00:00.5Z',
    '2026-11-22T10:00:00.123456789Z',
    '2026-11-22T09:59:59.999Z',
  ),
  type: fc.constantFrom('x', 'y'),
});
const log = fc.array(fc.oneof(colliding, anyEvent), { maxLength: 12 });
const runs = { numRuns: 400 };

describe('merging logs', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(log, (a) => {
        const once = merge([a]);
        expect(merge([once])).toEqual(once);
        expect(merge([a, a, once])).toEqual(once);
      }),
      runs,
    );
  });

  it('is commutative', () => {
    fc.assert(
      fc.property(log, log, (a, b) => {
        expect(merge([a, b])).toEqual(merge([b, a]));
      }),
      runs,
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(log, log, log, (a, b, c) => {
        expect(merge([merge([a, b]), c])).toEqual(merge([a, merge([b, c])]));
        expect(merge([merge([a, b]), c])).toEqual(merge([a, b, c]));
      }),
      runs,
    );
  });

  it('holds each id of the logs once, as one of the events given, in order of time, then id', () => {
    fc.assert(
      fc.property(log, log, (a, b) => {
        const all = [...a, ...b];
        const merged = merge([a, b]);
        expect(new Set(idsOf(merged))).toEqual(new Set(idsOf(all)));
        expect(merged).toHaveLength(new Set(idsOf(all)).size);
        for (const [k, event] of merged.entries()) {
          expect(all).toContain(event);
          const next = merged[k + 1];
          if (next === undefined) continue;
          const [now, then] = [Date.parse(event.at), Date.parse(next.at)];
          expect(now).toBeLessThanOrEqual(then);
          if (event.at === next.at) expect(event.id < next.id).toBe(true);
        }
      }),
      runs,
    );
  });

  it('orders instants by time, whatever their decimals', () => {
    const at = (id: string, decimals: string) =>
      sample(0, { id, at: `2026-11-22T10:00:00${decimals}Z` });
    const events = [
      at('d', '.12'),
      at('c', '.1'),
      at('a', ''),
      at('b', '.05'),
      at('e', '.120000001'),
    ];
    expect(idsOf(merge([events]))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('keeps the earliest of different events with one id', () => {
    const [early, late] = [sample(1, { id: 'x' }), sample(2, { id: 'x' })];
    expect(merge([[late], [early]])).toEqual([early]);
  });

  it('of one id and one instant keeps the event whose JSON text sorts first', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 2, maxLength: 5 }), (events) => {
        const same = events.map((event) => ({ ...event, id: 'x', at: '2026-11-22T10:00:00Z' }));
        const [first] = same.map((event) => JSON.stringify(event)).sort();
        expect(merge([same]).map((event) => JSON.stringify(event))).toEqual([first]);
      }),
      runs,
    );
  });

  it('takes nothing, and leaves the logs as they are', () => {
    expect(merge([])).toEqual([]);
    expect(merge([[], []])).toEqual([]);
    const given = Object.freeze([sample(2), sample(1)]);
    expect(idsOf(merge([given]))).toEqual(['e1', 'e2']);
    expect(idsOf(given)).toEqual(['e2', 'e1']);
  });

  it('throws a TypeError for an event without a time', () => {
    expect(() => merge([[sample(0, { at: 'soon' })]])).toThrow(TypeError);
  });
});
