/** The schedule's laws: easier is later, replay is incremental, and nothing odd in a log can hurt it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueCards,
  nextDue,
  ratingOf,
  ratings,
  schedule,
  type LogEvent,
} from '../../src/quiz/index.js';
import { cardKinds } from '../../src/quiz/index.js';
import { dayAfter, dayOf } from '../../src/quiz/day.js';
import { expectedMs } from '../../src/quiz/rating.js';
import { recallOn } from '../../src/quiz/schedule.js';

const day = 86_400_000;
const start = Date.parse('2026-11-01T09:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const ids = ['a.one', 'a.two', 'b.one#4', 'b.one#9'];

const instant = fc.integer({ min: 0, max: 90 * day }).map((ms) => start + ms);
const rating = fc.constantFrom(...ratings);
const answered = fc
  .record({ card: fc.constantFrom(...ids), rating, at: instant })
  .map(({ card, rating, at }): LogEvent => ({ type: 'answered', card, rating, at: iso(at) }));
const diagnosed = fc
  .record({ card: fc.constantFrom(...ids), at: instant })
  .map(({ card, at }): LogEvent => ({ type: 'checked', at: iso(at), diagnosis: { card } }));
/** In any order: a clock may go back. */
const log = fc.array(fc.oneof({ weight: 4, arbitrary: answered }, diagnosed), { maxLength: 40 });
const options = fc.oneof(
  fc.constant({}),
  instant.map((at) => ({ interviewDate: iso(at) })),
  instant.map((at) => ({ interviewDate: iso(at).slice(0, 10) })),
);

describe('schedule', () => {
  it('is the same in one go and bit by bit', () => {
    fc.assert(
      fc.property(log, options, fc.nat(40), (events, o, cut) => {
        const whole = schedule(events, o);
        const parts = schedule(events.slice(cut), o, schedule(events.slice(0, cut), o));
        expect([...parts]).toEqual([...whole]);
        let one: ReturnType<typeof schedule> = new Map();
        for (const event of events) one = schedule([event], o, one);
        expect([...one]).toEqual([...whole]);
        const stored = [...schedule(events.slice(0, cut), o).values()].map(
          (state) => [state.card, JSON.parse(JSON.stringify(state)) as typeof state] as const,
        );
        expect([...schedule(events.slice(cut), o, new Map(stored))]).toEqual([...whole]);
      }),
    );
  });

  it('puts easy no earlier than good, hard and again, strictly where nothing caps them', () => {
    fc.assert(
      fc.property(log, options, fc.constantFrom(...ids), instant, (events, o, card, at) => {
        const states = schedule(events, o);
        const dues = ratings.map((one) => Date.parse(nextDue(card, one, states, iso(at), o)));
        expect(dues).toEqual(dues.toSorted((a, b) => a - b));
        const free = ratings.map((one) => Date.parse(nextDue(card, one, states, iso(at))));
        expect(new Set(free).size).toBe(4);
        expect(free[0]).toBe(at + day);
      }),
    );
  });

  it('foresees exactly what the log will say', () => {
    fc.assert(
      fc.property(
        log,
        options,
        fc.constantFrom(...ids),
        rating,
        instant,
        (events, o, card, r, at) => {
          const foreseen = nextDue(card, r, schedule(events, o), iso(at), o);
          const event = { type: 'answered', card, rating: r, at: iso(at) };
          expect(schedule([...events, event], o).get(card.split('#')[0]!)?.due).toBe(foreseen);
        },
      ),
    );
  });

  it('makes nothing due before it was last seen, whatever the clock did', () => {
    fc.assert(
      fc.property(log, options, (events, o) => {
        for (const { due, last, stability, reps, lapses } of schedule(events, o).values()) {
          if (reps > 0) expect(stability).toBeGreaterThan(0);
          expect(Number.isFinite(stability)).toBe(true);
          expect(lapses).toBeLessThanOrEqual(reps);
          const ordered = events.every((event, k) => k === 0 || events[k - 1]!.at <= event.at);
          if (ordered) expect(Date.parse(due)).toBeGreaterThan(Date.parse(last));
        }
      }),
    );
  });

  it('lets no card fall due after the interview, while that lies ahead', () => {
    fc.assert(
      fc.property(log, (events) => {
        const interviewDate = iso(start + 100 * day);
        for (const { due } of schedule(events, { interviewDate }).values())
          expect(Date.parse(due)).toBeLessThanOrEqual(Date.parse(interviewDate));
      }),
    );
    const past = { interviewDate: '2020-01-01' };
    expect(nextDue('a', 'easy', new Map(), iso(start), past)).toBe(
      nextDue('a', 'easy', new Map(), iso(start)),
    );
    expect(nextDue('a', 'easy', new Map(), iso(start), { interviewDate: 'soon' })).toBe(
      nextDue('a', 'easy', new Map(), iso(start)),
    );
  });

  it('lets an answer shortly before the interview be the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * day }), rating, (ahead, r) => {
        const interviewDate = iso(start + ahead);
        const due = Date.parse(nextDue('a', r, new Map(), iso(start), { interviewDate })) - start;
        // Never due again at once, and before the interview unless that is at hand.
        expect(due).toBeGreaterThan(day / 3);
        if (ahead > day / 3) expect(due).toBeLessThanOrEqual(ahead);
        else expect(due).toBe(Date.parse(nextDue('a', r, new Map(), iso(start))) - start);
      }),
    );
  });

  it('counts an answer dated before the last one as given no time later', () => {
    const first = { type: 'answered', card: 'a', rating: 'good', at: iso(start + 10 * day) };
    const at = (ms: number) => ({ type: 'answered', card: 'a', rating: 'good', at: iso(ms) });
    const back = schedule([first, at(start)]).get('a')!;
    const same = schedule([first, at(start + 10 * day)]).get('a')!;
    expect(back.stability).toBe(same.stability);
    expect(back.last).toBe(iso(start));
    expect(Date.parse(back.due) - start).toBe(Date.parse(same.due) - (start + 10 * day));
  });

  it('rewards a long interval that was survived', () => {
    const good = (days: number) => ({
      type: 'answered',
      card: 'a',
      rating: 'good',
      at: iso(start + days * day),
    });
    expect(schedule([good(0), good(6)]).get('a')!.stability).toBeGreaterThan(
      schedule([good(0), good(1)]).get('a')!.stability,
    );
  });

  it('counts all cards of a generator as one', () => {
    const events = [4, 9].map((seed, k) => ({
      type: 'answered',
      card: `b.one#${seed}`,
      rating: 'good',
      at: iso(start + k * day),
    }));
    expect([...schedule(events).keys()]).toEqual(['b.one']);
    expect(schedule(events).get('b.one')?.reps).toBe(2);
  });

  it('puts a diagnosed mistake on the plan for the next day, and never later than it was', () => {
    const checked = { type: 'checked', at: iso(start), diagnosis: { id: 'x', card: 'a' } };
    expect(schedule([checked]).get('a')).toMatchObject({ due: iso(start + day), reps: 0 });
    const good = { type: 'answered', card: 'a', rating: 'easy', at: iso(start) };
    const both = { ...checked, diagnosis: { card: 'a', also: { mistake: 'y', card: 'b' } } };
    expect([...schedule([both]).keys()].sort()).toEqual(['a', 'b']);
    expect(schedule([good]).get('a')?.missed).toBe(false);
    expect(schedule([good, checked]).get('a')).toMatchObject({
      ...{ due: iso(start + day), reps: 1, missed: true },
    });
    const again = { type: 'answered', card: 'a', rating: 'again', at: iso(start - day / 2) };
    expect(schedule([again, checked]).get('a')?.due).toBe(iso(start + day / 2));
    const { stability } = schedule([{ ...good, at: iso(start + day) }]).get('a')!;
    expect(schedule([checked, { ...good, at: iso(start + day) }]).get('a')?.stability).toBe(
      stability,
    );
  });

  it('expects an answered card to be recalled on the day of its answer and before, and ever less after', () => {
    fc.assert(
      fc.property(answered, fc.integer({ min: -400, max: 400 }), (event, days) => {
        const [state] = schedule([event]).values();
        const at = (k: number): number => recallOn(state!, dayAfter(dayOf(event.at), k))!;
        if (days <= 0) expect(at(days)).toBe(1);
        else expect(at(days)).toBeLessThan(at(days - 1));
      }),
    );
  });

  it('ignores events that are foreign or malformed', () => {
    const odd = [
      { type: 'checked', diagnosis: { card: null, also: 'a' } },
      { type: 'checked', diagnosis: null },
      { type: 'checked', diagnosis: 'a' },
      { type: 'checked', diagnosis: { card: 7 } },
      { type: 'checked' },
      { type: 'hinted', card: 'a', rating: 'good' },
      { type: 'answered', card: '', rating: 'good' },
      { type: 'answered', card: '#3', rating: 'good' },
      { type: 'answered', card: 'a', rating: 'Good' },
      { type: 'answered', card: 'a', rating: '__proto__' },
      { type: 'answered', card: 3, rating: 'good' },
      { type: 'answered', card: 'a' },
    ].map((event) => ({ ...event, at: iso(start) }));
    const times = [
      '',
      'yesterday',
      '2026',
      '2026-13-01T00:00:00Z',
      '9999-12-31T00:00:00Z',
      '2026-11-01T09:00:00+02:00',
    ];
    const untimed = times.map((at) => ({ type: 'answered', card: 'a', rating: 'good', at }));
    expect(schedule([...odd, ...untimed]).size).toBe(0);
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom('answered', 'checked'),
            at: fc.oneof(fc.string(), fc.constant(iso(start))),
            card: fc.anything(),
            rating: fc.anything(),
            diagnosis: fc.anything(),
          }),
        ),
        (events) => {
          expect(schedule(events).size).toBeLessThanOrEqual(events.length);
        },
      ),
    );
  });
});

describe('dueCards', () => {
  it('gives what is due at that time or within eight hours, the most overdue first', () => {
    fc.assert(
      fc.property(log, instant, (events, now) => {
        const states = schedule(events);
        const due = dueCards(states, iso(now));
        const at = (id: string): number => Date.parse(states.get(id)!.due);
        for (const id of states.keys()) expect(due.includes(id)).toBe(at(id) <= now + day / 3);
        expect(due.map(at)).toEqual(due.map(at).toSorted((a, b) => a - b));
      }),
    );
  });
  it('gives nothing at a time that is none', () => {
    const states = schedule([{ type: 'answered', card: 'a', rating: 'good', at: iso(start) }]);
    expect(dueCards(states, 'now')).toEqual([]);
    expect(() => nextDue('a', 'good', states, 'now')).toThrow(RangeError);
  });
});

describe('ratingOf', () => {
  const kinds = fc.constantFrom(...cardKinds);
  const level = fc.constantFrom(1 as const, 2 as const, 3 as const);
  it('is again for wrong, hard for hinted or slow, good for clean, easy only for fast and seen', () => {
    fc.assert(
      fc.property(
        kinds,
        level,
        fc.boolean(),
        fc.boolean(),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (kind, level, hinted, seen, share) => {
          const card = { kind, level };
          const ms = share * expectedMs(card);
          expect(ratingOf({ correct: false, ms, hinted, seen }, card)).toBe('again');
          const got = ratingOf({ correct: true, ms, hinted, seen }, card);
          const slower = ratingOf({ correct: true, ms: 2 * ms, hinted, seen }, card);
          expect(ratings.indexOf(slower)).toBeLessThanOrEqual(ratings.indexOf(got));
          expect(got).not.toBe('again');
          if (hinted || share > 2.001) expect(got).toBe('hard');
          else if (share < 1.999) expect(got).toBe(seen && share < 0.3 ? 'easy' : 'good');
        },
      ),
    );
  });
});
