/** The plan's laws: nothing is left unseen, days carry equal loads, and whoever follows it has seen all of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cards,
  deckOf,
  generators,
  interviewDateOf,
  ourDeck,
  planFor,
  readInterviewDate,
  schedule,
  startSession,
  step,
  type Deck,
  type LogEvent,
  type Plan,
} from '../../src/quiz/index.js';
import { rightAnswer, wrongAnswer } from './answers.js';

process.env.TZ = 'UTC'; // the days below are those of UTC; other calendars: test/quiz/day.spec.ts

const day = 86_400_000;
const start = Date.parse('2026-11-22T18:30:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const dateIn = (days: number): string => iso(start + days * day).slice(0, 10);
const now = iso(start);

/** A deck that is quick to plan: choices, as no formula has to be read, and some generators. */
const choices = cards.filter(({ kind }) => kind === 'choice' || kind === 'trap');
const small = (n: number): Deck => deckOf(choices.slice(0, n), generators.slice(0, n % 7));
const sizes = fc.integer({ min: 0, max: 60 });
const daysAhead = fc.oneof(
  fc.integer({ min: 0, max: 30 }),
  fc.constantFrom(0, 1, 2, 3, 4, 5, 365, 366),
);

/** A log of answers in the last two months, and of katas' mistakes. */
const history = (deck: Deck): fc.Arbitrary<LogEvent[]> => {
  const ids = [...deck.cards, ...deck.generators].map(({ id }) => id);
  if (ids.length === 0) return fc.constant([]);
  const event = fc.record({
    card: fc.constantFrom(...ids),
    ago: fc.integer({ min: 0, max: 60 * day }),
    rating: fc.constantFrom('again', 'hard', 'good', 'easy', 'mistake'),
  });
  return fc
    .array(event, { maxLength: 80 })
    .map((events) =>
      events
        .toSorted((a, b) => b.ago - a.ago)
        .map(({ card, ago, rating }) =>
          rating === 'mistake'
            ? { type: 'checked', at: iso(start - ago), diagnosis: { card } }
            : { type: 'answered', at: iso(start - ago), card, rating },
        ),
    );
};
const situations = sizes.chain((n) =>
  fc.record({ deck: fc.constant(small(n)), events: history(small(n)), days: daysAhead }),
);
const planned = ({ deck, events, days }: { deck: Deck; events: LogEvent[]; days: number }): Plan =>
  planFor(dateIn(days), schedule(events, { interviewDate: dateIn(days) }), deck, now);
const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);

describe('planFor', () => {
  it('plans every day from today to the day before, and shows each unseen card once', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { deck, events, days } = situation;
        const plan = planned(situation);
        expect(plan.days.map(({ date }) => date)).toEqual(
          Array.from({ length: Math.max(1, days) }, (_, k) => dateIn(k)),
        );
        const answered = new Set(
          events.filter(({ type }) => type === 'answered').map(({ card }) => card),
        );
        expect(plan.daysLeft).toBe(days);
        expect(plan.seen).toBe(answered.size);
        expect(plan.seen + plan.unseen).toBe(deck.cards.length + deck.generators.length);
        expect(sum(plan.days.map((one) => one.new))).toBe(plan.unseen);
      }),
    );
  });

  it('divides new cards evenly, and keeps the last days for repetition', () => {
    fc.assert(
      fc.property(sizes, daysAhead, (n, days) => {
        const deck = small(n);
        const plan = planned({ deck, events: [], days });
        const news = plan.days.map((one) => one.new);
        const learning = news.slice(0, days < 3 ? undefined : -Math.max(1, Math.floor(days / 5)));
        expect(Math.max(...learning) - Math.min(...learning)).toBeLessThanOrEqual(1);
        expect(sum(learning)).toBe(plan.unseen);
        expect(learning).toEqual(learning.toSorted((a, b) => b - a));
      }),
    );
  });

  it('counts by topic what it counts by day, and nothing comes back before it was seen', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const plan = planned(situation);
        let seen = plan.seen;
        for (const one of plan.days) {
          expect(sum(one.topics.map((topic) => topic.new))).toBe(one.new);
          expect(sum(one.topics.map((topic) => topic.due))).toBe(one.due);
          expect(one.due).toBeLessThanOrEqual(seen);
          expect(one.minutes > 0).toBe(one.new + one.due > 0);
          seen += one.new;
        }
      }),
    );
  });

  it('brings every card back in the last days before the interview', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { deck, events, days } = situation;
        fc.pre(days >= 8);
        const plan = planned(situation);
        const dues = sum(plan.days.slice(-5).map((one) => one.due + one.new));
        expect(dues).toBeGreaterThanOrEqual(deck.cards.length + deck.generators.length);
        for (const { due } of schedule(events, { interviewDate: dateIn(days) }).values())
          expect(due < dateIn(days)).toBe(true);
      }),
    );
  });

  it('begins with the unseen cards that a kata’s mistake has put on the plan', () => {
    const deck = small(40);
    const of = (events: LogEvent[]): Plan => planned({ deck, events, days: 10 });
    const [first] = of([]).days;
    for (const topic of new Set(deck.cards.map((card) => card.topic))) {
      const cards = deck.cards.filter((card) => card.topic === topic).slice(0, first!.new);
      const events = cards.map(({ id }) => ({
        ...{ type: 'checked', at: now, diagnosis: { card: id } },
      }));
      const today = of(events).days[0]!.topics.find((one) => one.topic === topic);
      expect(today?.new).toBeGreaterThanOrEqual(cards.length);
    }
  });

  it('has what is left of today only, after a part of it was done', () => {
    const deck = small(40);
    const [whole] = planned({ deck, events: [], days: 10 }).days;
    const ids = [...deck.cards, ...deck.generators].map(({ id }) => id);
    const after = (done: number): Plan =>
      planned({
        deck,
        days: 10,
        events: ids
          .slice(0, done)
          .map((card) => ({ type: 'answered', at: now, card, rating: 'good' })),
      });
    for (let done = 0; done <= whole!.new; done++)
      expect(after(done).days[0]!.new).toBe(whole!.new - done);
    expect(after(whole!.new + 3).days[0]!.new).toBe(0);
  });
});

/** Does each day's share through the real session, right or wrong as `knows` says. */
function follow(deck: Deck, days: number, knows: (k: number) => boolean): Set<string> {
  const events: LogEvent[] = [];
  const interviewDate = dateIn(days);
  for (let k = 0, n = 0; k < Math.max(1, days); k++) {
    const at = iso(start + k * day);
    const [today] = planFor(interviewDate, schedule(events, { interviewDate }), deck, at).days;
    const states = schedule(events, { interviewDate });
    const count = today!.new + today!.due;
    let state = startSession({ seed: k, count, states, now: at, deck, interviewDate });
    while (state.phase !== 'done') {
      const question = state.questions[state.index]!;
      const card = deck.cardById(question.id)!;
      const given = knows(n++) ? rightAnswer(card, question) : wrongAnswer(card, question);
      const answered = step(state, { type: 'answer', given, final: true }, at, deck);
      events.push(...answered.events);
      state = step(answered.state, { type: 'next' }, at, deck).state;
    }
  }
  return new Set([...schedule(events).keys()]);
}

describe('whoever does each day what the plan says', () => {
  it('has seen every card before the interview, however much is wrong', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 12 }), fc.nat(10), (n, days, wrong) => {
        const deck = small(n);
        const seen = follow(deck, days, (k) => k % 10 >= wrong);
        expect(seen.size).toBe(deck.cards.length + deck.generators.length);
      }),
      { numRuns: 25 },
    );
  });

  it('has seen all of our deck in two weeks', () => {
    const seen = follow(ourDeck, 14, (k) => k % 5 > 0);
    expect(seen.size).toBe(cards.length + generators.length);
  });
});

describe('the day of the interview', () => {
  it('is read from a day of the calendar, today to a year ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 }), (days) => {
        expect(readInterviewDate(dateIn(days), now)).toEqual({ kind: 'read', date: dateIn(days) });
      }),
    );
    expect(readInterviewDate('none', now)).toEqual({ kind: 'read', date: null });
  });

  it.each([
    ['soon', /needs a day like 2026-11-22/],
    ['2026-12-1', /needs a day like/],
    ['01.12.2026', /needs a day like/],
    ['', /needs a day like/],
    ['2026-12-01T10:00:00Z', /needs a day like/],
    ['2026-13-01', /there is no day 2026-13-01/],
    ['2027-02-29', /there is no day 2027-02-29/],
    ['2026-11-21', /is past; today is 2026-11-22/],
    ['2027-11-24', /more than a year away/],
  ])('is refused: %s', (given, says) => {
    expect(readInterviewDate(given, now)).toMatchObject({
      kind: 'refused',
      says: expect.stringMatching(says) as string,
    });
  });

  it('is the last one in the log, until it is taken back or past', () => {
    const set = (interview: unknown): LogEvent => ({ type: 'planned', at: now, interview });
    const of = (...events: LogEvent[]): string | undefined => interviewDateOf(events, now);
    expect(of()).toBeUndefined();
    expect(of(set('2026-12-01'))).toBe('2026-12-01');
    expect(of(set('2026-12-01'), set('2026-12-05'))).toBe('2026-12-05');
    expect(of(set('2026-12-01'), set(null))).toBeUndefined();
    expect(of(set('2026-11-22'))).toBe('2026-11-22');
    expect(of(set('2026-11-21'))).toBeUndefined();
    // What no bptt has written changes nothing.
    for (const odd of ['2026-02-30', 7, undefined, {}, '9999-99-99'])
      expect(of(set('2026-12-01'), set(odd))).toBe('2026-12-01');
  });
});
