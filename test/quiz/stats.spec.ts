/** The statistics against counts made another way, for any log. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardById,
  cards,
  dueCards,
  ourDeck,
  schedule,
  statsOf,
  type LogEvent,
  type StatsReport,
} from '../../src/quiz/index.js';
import { Learner, published } from './learner.js';

process.env.TZ = 'UTC'; // the days below are those of UTC; other calendars: test/quiz/day.spec.ts

const day = 86_400_000;
const start = Date.parse('2026-11-22T00:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const now = iso(start + day / 2);
const stats = (events: readonly LogEvent[]): StatsReport => statsOf(events, ourDeck, now);

const ids = [...cards.slice(0, 12).map(({ id }) => id), 'lstm.parameters.generated#7'];
/** A log in the order of time, of the last hundred days. */
const log = fc
  .array(
    fc.record({
      card: fc.constantFrom(...ids, 'my.gone'),
      ago: fc.integer({ min: 0, max: 100 * day }),
      rating: fc.constantFrom('again', 'hard', 'good', 'easy'),
    }),
    { maxLength: 60 },
  )
  .map((answers) =>
    answers
      .toSorted((a, b) => b.ago - a.ago)
      .map(({ card, ago, rating }): LogEvent => ({
        type: 'answered',
        at: iso(start + day / 2 - ago),
        card,
        rating,
      })),
  );
const answer = (card: string, daysAgo: number, rating = 'good'): LogEvent => ({
  type: 'answered',
  at: iso(start - daysAgo * day),
  card,
  rating,
});

describe('statsOf', () => {
  it('counts by topic and week what it counts as a whole', () => {
    fc.assert(
      fc.property(log, (events) => {
        const report = stats(events);
        const known = events.filter(({ card }) => card !== 'my.gone');
        expect(report.answers).toEqual({
          right: known.filter(({ rating }) => rating !== 'again').length,
          of: known.length,
        });
        for (const what of ['answers', 'retention'] as const)
          for (const field of ['right', 'of'] as const)
            expect(report.topics.reduce((sum, one) => sum + one[what][field], 0)).toBe(
              report[what][field],
            );
        expect(report.topics.reduce((sum, { seen }) => sum + seen, 0)).toBe(report.seen);
        expect(report.topics.reduce((sum, one) => sum + one.cards, 0)).toBe(report.cards);
        expect(report.weeks.reduce((sum, { of }) => sum + of, 0)).toBeLessThanOrEqual(
          report.retention.of,
        );
        expect(structuredClone(report)).toEqual(report);
      }),
    );
  });

  it('counts a review once the card was seen on an earlier day', () => {
    fc.assert(
      fc.property(log, (events) => {
        const id = ({ card }: LogEvent): string => (card as string).split('#')[0]!;
        const reviews = events.filter(
          (event, k) =>
            id(event) !== 'my.gone' &&
            events
              .slice(0, k)
              .some((one) => id(one) === id(event) && one.at.slice(0, 10) < event.at.slice(0, 10)),
        );
        expect(stats(events).retention.of).toBe(reviews.length);
      }),
    );
  });

  it('forecasts what the schedule says, overdue cards today', () => {
    fc.assert(
      fc.property(log, (events) => {
        const { due } = stats(events);
        const states = schedule(events);
        expect(due).toHaveLength(14);
        let sum = 0;
        for (const { date, cards: count } of due) {
          sum += count;
          const end = Date.parse(date) + day;
          const until = dueCards(states, iso(end - day / 3 - 1), ourDeck);
          expect(sum).toBe(until.length);
        }
      }),
    );
  });

  it('expects tomorrow, and on the day of the interview, what FSRS written out a second time expects', () => {
    const days = 30;
    const answers = fc.array(
      fc.record({
        card: fc.constantFrom(...ids.slice(0, 12)),
        ago: fc.integer({ min: 0, max: days }),
        rating: fc.constantFrom('again', 'hard', 'good', 'easy'),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(answers, fc.integer({ min: 0, max: 20 }), (all, daysLeft) => {
        // One answer a card and day: what a second one on a day does is no matter of forgetting.
        const byDay = [...new Map(all.map((one) => [`${one.card} ${one.ago}`, one])).values()];
        const inOrder = byDay.toSorted((a, b) => b.ago - a.ago);
        const someone = new Learner(published);
        for (const { card, ago, rating } of inOrder) someone.see(card, -ago, rating);
        const interview = iso(start + daysLeft * day).slice(0, 10);
        const { expected, seen } = stats([
          ...inOrder.map(({ card, ago, rating }) => answer(card, ago, rating)),
          { type: 'planned', at: now, interview },
        ]);
        const mean = (on: number): number =>
          ids.reduce((sum, card) => sum + (someone.recall(card, on) ?? 0), 0) / seen;
        const wanted = [1, ...(daysLeft > 1 ? [daysLeft] : [])].map((on) => ({
          date: iso(start + on * day).slice(0, 10),
          share: expect.closeTo(mean(on), 6) as number,
        }));
        expect(expected).toEqual(seen === 0 ? [] : wanted);
      }),
      { numRuns: 40 },
    );
  });

  it('does not promise all that was just answered for tomorrow', () => {
    const [one] = stats([answer(ids[0]!, 0), answer(ids[1]!, 0, 'again')]).expected;
    expect(one!.share).toBeLessThan(0.9);
    expect(one!.share).toBeGreaterThan(0.5);
  });

  it('names the weakest equations and topics, from two answers on', () => {
    const linked = cards.filter(({ equations = [] }) => equations.length === 1);
    const [weak, strong] = [
      linked[0]!,
      linked.find((one) => one.equations![0] !== linked[0]!.equations![0])!,
    ];
    const report = stats([
      ...[3, 2].map((ago) => answer(weak.id, ago, 'again')),
      ...[3, 2].map((ago) => answer(strong.id, ago)),
    ]);
    expect(report.weakestEquations).toEqual([{ equation: weak.equations![0], right: 0, of: 2 }]);
    expect(report.weakestTopics).toEqual([cardById(weak.id)!.topic]);
    expect(stats([answer(weak.id, 3, 'again')]).weakestEquations).toEqual([]);
  });

  it('counts the mistakes that checks have named', () => {
    const checked = (kata: unknown, diagnosis: unknown): LogEvent => ({
      type: 'checked',
      at: now,
      kata,
      diagnosis,
    });
    const { mistakes } = stats([
      checked('gru-step', { mistake: 'z-swapped', card: null }),
      checked('lstm-step', { mistake: 'no-tanh', card: null }),
      checked('lstm-step', { mistake: 'no-tanh', card: null }),
      checked('lstm-step', null),
      checked('lstm-step', 7),
      checked(3, { mistake: 'x' }),
    ]);
    expect(mistakes).toEqual([
      { kata: 'lstm-step', mistake: 'no-tanh', times: 2 },
      { kata: 'gru-step', mistake: 'z-swapped', times: 1 },
    ]);
  });

  it('counts days in a row up to today, or to yesterday', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -2, max: 40 })), (ago) => {
        const { streak } = stats(ago.map((days) => answer('x', days)));
        const active = (days: number): boolean => ago.includes(days);
        let days = 0;
        for (let k = active(0) ? 0 : 1; active(k); k++) days++;
        let [best, run] = [0, 0];
        for (let k = 41; k >= 0; k--) best = Math.max(best, (run = active(k) ? run + 1 : 0));
        expect(streak).toEqual({ days, best, today: active(0) });
      }),
    );
  });

  it('says what to do: begin, what is due, what was missed, something new', () => {
    const [a, b] = [ids[0]!, ids[1]!];
    expect(stats([]).next).toMatchObject({
      command: 'bptt quiz',
      why: expect.stringContaining('nothing is answered') as string,
    });
    expect(stats([answer(a, 40)]).next).toMatchObject({ why: '1 card is due today' });
    expect(stats([answer(a, 0, 'again')]).next.command).toBe('bptt quiz --missed');
    expect(stats([answer(a, 0), answer(b, 0)]).next.command).toBe('bptt quiz --new');
    // What was missed and is not in the deck any more cannot be asked.
    expect(stats([answer(a, 0), answer('my.gone', 0, 'again')]).next.command).toBe(
      'bptt quiz --new',
    );
  });

  it('has the interview and today’s share of its plan, while that lies ahead', () => {
    const planned = (interview: string | null): LogEvent => ({
      type: 'planned',
      at: now,
      interview,
    });
    const { interview } = stats([planned('2026-12-02')]);
    expect(interview).toMatchObject({ date: '2026-12-02', daysLeft: 10, unseen: stats([]).cards });
    expect(interview!.today).toMatchObject({ date: '2026-11-22', due: 0 });
    expect(interview!.today.new).toBe(Math.ceil(stats([]).cards / 8));
    expect(stats([planned('2026-11-21')]).interview).toBeNull();
    expect(stats([planned('2026-12-02'), planned(null)]).interview).toBeNull();
  });

  it('reads no harm from events that are none', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom('answered', 'checked', 'planned'),
            at: fc.constant(now),
            card: fc.anything(),
            rating: fc.anything(),
            kata: fc.anything(),
            diagnosis: fc.anything(),
            interview: fc.anything(),
          }),
        ),
        (events) => {
          expect(stats(events).answers.of).toBeLessThanOrEqual(events.length);
        },
      ),
    );
  });
});
