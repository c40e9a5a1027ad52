/** Which cards a session draws, and why it draws none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cards,
  dueCards,
  generators,
  schedule,
  scheduledId,
  topicOf,
  topics,
  whyNothing,
  type SessionOptions,
} from '../../src/quiz/index.js';
import { iso, now, session, start } from './begun.js';

describe('the draw', () => {
  const seen = (ids: readonly string[], at: (k: number) => number) =>
    schedule(ids.map((card, k) => ({ type: 'answered', card, rating: 'good', at: iso(at(k)) })));
  const some = [cards[3]!.id, generators[1]!.id, cards[9]!.id, cards[20]!.id];
  const long = 86_400_000 * 60;

  it('asks what is due first, the most overdue first, then what is new', () => {
    const states = seen(some, (k) => start - long + k * 3_600_000);
    const drawn = session({ states, count: 10 }).questions.map(({ id }) => scheduledId(id));
    expect(drawn.slice(0, 4)).toEqual(dueCards(states, now));
    expect(drawn.slice(0, 4)).toEqual(some);
    for (const id of drawn.slice(4)) expect(states.has(id)).toBe(false);
    expect(session({ states, mode: 'due', count: 10 }).questions).toHaveLength(4);
    expect(session({ states, mode: 'new', count: 500 }).questions).toHaveLength(
      cards.length + generators.length - 4,
    );
  });

  it('leaves out what is neither due nor new', () => {
    const states = seen(some, () => start - 3_600_000);
    const drawn = session({ states, count: 500 }).questions.map(({ id }) => scheduledId(id));
    for (const id of some) expect(drawn).not.toContain(id);
  });

  it('mixes topics and begins with the easy ones', () => {
    for (const seed of [1, 2, 3]) {
      const { questions } = session({ seed, count: topics.length * 2 });
      expect(new Set(questions.slice(0, topics.length).map(({ topic }) => topic)).size).toBe(
        topics.length,
      );
      for (const [k, { topic }] of questions.slice(1).entries())
        expect(topic).not.toBe(questions[k]!.topic);
      expect(questions.slice(0, topics.length).every(({ level }) => level === 1)).toBe(true);
    }
  });

  it('begins with the first topic, and goes on with those of which least was asked', () => {
    for (const seed of [1, 2, 3]) {
      const first = session({ seed, count: 4 }).questions;
      expect(first.map(({ topic }) => topic)).toEqual(topics.slice(0, 4));
      const states = schedule(
        first.map(({ id: card }, k) => ({
          ...{ type: 'answered', card, rating: 'good', at: iso(start - 3_600_000 + k) },
        })),
      );
      const then = session({ seed, states, mode: 'new', count: 4 }).questions;
      expect(then.map(({ topic }) => topic)).toEqual(topics.slice(4, 8));
    }
  });

  it('keeps to topics and kinds, and to the number', () => {
    fc.assert(
      fc.property(fc.subarray([...topics]), fc.nat(12), (chosen, count) => {
        const { questions, phase } = session({ topics: chosen, count });
        expect(questions.length).toBeLessThanOrEqual(count);
        if (chosen.length > 0)
          for (const { id } of questions) expect(chosen).toContain(topicOf(id));
        expect(phase).toBe(questions.length === 0 ? 'done' : 'asking');
      }),
      { numRuns: 30 },
    );
    expect(
      session({ kinds: ['trap'], count: 99 }).questions.every(({ kind }) => kind === 'trap'),
    ).toBe(true);
    expect(session({ topics: ['cooking'] }).phase).toBe('done');
  });

  it('ignores cards that the log knows and the catalogue does not', () => {
    const states = seen(
      ['gone.card', '__proto__', 'lstm.parameters.generated'],
      () => start - long,
    );
    expect(session({ states, mode: 'due' }).questions.map(({ id }) => scheduledId(id))).toEqual([
      'lstm.parameters.generated',
    ]);
  });

  it('that is empty says why: no such card at all, or none that is due, new or missed', () => {
    const why = (more: Partial<SessionOptions>): string =>
      whyNothing({ seed: 7, count: 6, states: new Map(), now, ...more });
    for (const mode of ['mixed', 'due', 'new', 'missed'] as const)
      expect(why({ mode, topics: ['cooking'] })).toBe(
        'There is no card of this topic and kind; bptt quiz --list shows them all.',
      );
    expect(why({ mode: 'missed', topics: ['lstm'] })).toBe('No card here was missed last time.');
    expect(why({ mode: 'new', topics: ['lstm'] })).toBe('No card here is new any more.');
  });
});
