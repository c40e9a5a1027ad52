/** Who does each day's share stays on track; who leaves one out is behind, and may catch up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cards,
  deckOf,
  historyOf,
  planFor,
  type Deck,
  type LogEvent,
} from '../../src/quiz/index.js';
import { paceOf } from '../../src/walk/pace.js';

const day = 86_400_000;
const start = Date.parse('2026-11-22T18:30:00.000Z');
const at = (days: number): string => new Date(start + days * day).toISOString();
const choices = cards.filter(({ kind }) => kind === 'choice' || kind === 'trap');

/** The days of a learner who sees `done(share)` new cards each day; the pace before each day's work. */
function follow(deck: Deck, days: number, done: (share: number, k: number) => number): boolean[] {
  const interview = at(days).slice(0, 10);
  const events: LogEvent[] = [{ type: 'planned', at: at(0), interview }];
  const unseen = deck.cards.map(({ id }) => id);
  return Array.from({ length: days }, (_, k) => {
    const history = historyOf(events, at(k));
    const plan = planFor(interview, history.states, deck, at(k));
    const { onTrack, needed, planned } = paceOf(plan, history, deck, at(k));
    expect(onTrack).toBe(needed <= planned);
    for (const card of unseen.splice(0, done(plan.days[0]!.new, k)))
      events.push({ type: 'answered', at: at(k), card, rating: 'good' });
    return onTrack;
  });
}

const sizes = fc.record({
  n: fc.integer({ min: 1, max: 40 }),
  days: fc.integer({ min: 1, max: 12 }),
});
const deckOfSize = (n: number): Deck => deckOf(choices.slice(0, n), []);

describe('paceOf', () => {
  it('holds for whoever does each day’s share, or more', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 3 }), ({ n, days }, more) => {
        expect(follow(deckOfSize(n), days, (share) => share + more)).not.toContain(false);
      }),
      { numRuns: 30 },
    );
  });

  it('says so when nothing is done, at the latest on the last day', () => {
    fc.assert(
      fc.property(sizes, ({ n, days }) => {
        fc.pre(days >= 2 && n >= 2);
        const held = follow(deckOfSize(n), days, () => 0);
        expect(held[0]).toBe(true);
        expect(held.at(-1)).toBe(false);
        // Once behind, doing nothing never puts it right.
        expect(held).toEqual(held.toSorted((a, b) => Number(b) - Number(a)));
      }),
      { numRuns: 30 },
    );
  });

  it('is made good by doing what was left out', () => {
    const deck = deckOfSize(32);
    const share = planFor(at(8).slice(0, 10), new Map(), deck, at(0)).days[0]!.new;
    const held = follow(deck, 8, (due, k) => (k === 0 ? 0 : k === 1 ? 2 * share : due));
    expect(held.slice(0, 3)).toEqual([true, false, true]);
  });
});
