/** The learner's calendar, under clocks that differ from UTC, change twice a year or skip a day. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayAfter, dayOf, daysBetween, sameTimeAfter, startOfDay } from '../../src/quiz/day.js';
import {
  dueCards,
  interviewDateOf,
  nextDue,
  planFor,
  readInterviewDate,
  report,
  schedule,
  startSession,
  statsOf,
  step,
} from '../../src/quiz/index.js';
import { deckOf } from '../../src/quiz/deck.js';
import { cardById, cards, type LogEvent } from '../../src/quiz/index.js';

const zones = [
  ...['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin'],
  ...['Africa/Cairo', 'America/Havana', 'Asia/Kathmandu', 'Australia/Lord_Howe'],
] as const;

let before: string | undefined;
beforeEach(() => {
  before = process.env.TZ;
});
afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

/** The day by another reader of the time zone data. */
const byIntl = (zone: string): ((at: string) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return (at) => format.format(new Date(at));
};

const instants = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe.each(zones)('in %s', (zone) => {
  beforeEach(() => {
    process.env.TZ = zone;
  });

  it('the day of an instant is the one that Intl gives', () => {
    const expected = byIntl(zone);
    fc.assert(
      fc.property(instants, (at) => {
        expect(dayOf(at)).toBe(expected(at));
      }),
    );
  });

  it('a day begins at its first instant, and they follow each other', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -400, max: 400 }), (at, days) => {
        const day = dayOf(at);
        const iso = (ms: number): string => new Date(ms).toISOString();
        expect(dayOf(iso(startOfDay(day)))).toBe(day);
        expect(dayOf(iso(startOfDay(day) - 1))).toBe(dayAfter(day, -1));
        expect(daysBetween(day, dayAfter(day, days))).toBe(days);
        // However long the days between are.
        expect(dayOf(sameTimeAfter(at, days))).toBe(dayAfter(day, days));
      }),
    );
  });

  it('a plan has every day once, until the day before the interview', () => {
    const deck = deckOf([cardById('gru.hidden')!], []);
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 200 }), (now, days) => {
        const today = dayOf(now);
        const plan = planFor(dayAfter(today, days), new Map(), deck, now);
        expect(plan.daysLeft).toBe(days);
        expect(plan.days.map(({ date }) => date)).toEqual(
          Array.from({ length: days }, (_, k) => dayAfter(today, k)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('no card that is answered well is due later than the morning of the interview', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 3, max: 60 }), (now, days) => {
        const interviewDate = dayAfter(dayOf(now), days);
        const due = nextDue('gru.hidden', 'easy', new Map(), now, { interviewDate });
        expect(Date.parse(due)).toBeLessThanOrEqual(startOfDay(interviewDate) + 8 * 3_600_000);
      }),
      { numRuns: 50 },
    );
  });
});

describe.each(zones)('the hour of the plan, in %s', (zone) => {
  beforeEach(() => {
    process.env.TZ = zone;
  });

  const hours = ['00:30', '07:59', '08:01', '09:00', '15:59', '16:01', '22:42', '23:59'];
  const deck = deckOf(cards.filter(({ kind }) => kind === 'choice').slice(0, 40), []);

  it.each([1, 2, 3, 6, 14])('changes nothing of it, %i days before', (days) => {
    const interview = dayAfter('2026-11-22', days);
    const plans = hours.map((hour) =>
      planFor(interview, new Map(), deck, new Date(`2026-11-22T${hour}`).toISOString()),
    );
    for (const plan of plans) expect(plan).toEqual(plans[0]);
  });

  it('does not make what is due on the day of the interview due on the evening before', () => {
    const interviewDate = '2026-12-06';
    for (const learnt of hours) {
      const at = new Date(`2026-12-04T${learnt}`).toISOString();
      const answers = deck.cards.map(({ id: card }) => ({
        ...{ type: 'answered', card, rating: 'easy', at },
      }));
      const states = schedule(answers, { interviewDate });
      const due = (hour: string): string[] =>
        dueCards(states, new Date(hour).toISOString()).toSorted();
      expect(due('2026-12-05T23:59')).toEqual(due('2026-12-05T09:00'));
      expect(due('2026-12-06T00:00')).toHaveLength(deck.cards.length);
    }
  });
});

describe('late in the evening', () => {
  const event = (at: string): LogEvent => ({
    ...{ type: 'answered', card: 'gru.hidden', rating: 'good', correct: true, ms: 9000, at },
    ...{ hinted: false, given: 'x', session: 's' },
  });
  const deck = deckOf([cardById('gru.hidden')!], []);
  /** 20:00 in Los Angeles on 1, 2 and 3 December, which is the day after in UTC. */
  const evenings = ['2026-12-02T04:00:00.000Z', '2026-12-03T04:00:00.000Z'].map(event);
  const now = '2026-12-04T04:00:00.000Z';

  it('the streak, the forecast and the days left are those of the wall calendar', () => {
    process.env.TZ = 'America/Los_Angeles';
    const events = [...evenings, { type: 'planned', at: now, interview: '2026-12-04' }];
    expect(interviewDateOf(events, now)).toBe('2026-12-04');
    const stats = statsOf(events, deck, now);
    expect(stats.streak).toEqual({ days: 2, best: 2, today: false });
    expect(stats.due[0]!.date).toBe('2026-12-03');
    expect(stats.interview).toMatchObject({ date: '2026-12-04', daysLeft: 1 });
    expect(stats.retention.of).toBe(1);
    process.env.TZ = 'UTC';
    expect(statsOf(events, deck, now).interview?.daysLeft).toBe(0);
  });

  it('two answers of one local day are of one day, though UTC has two', () => {
    // 13:30 and 15:30 on 2 December in Kiritimati: 23:30 on the 1st and 01:30 on the 2nd in UTC.
    const events = ['2026-12-01T23:30:00.000Z', '2026-12-02T01:30:00.000Z'].map(event);
    process.env.TZ = 'Pacific/Kiritimati';
    const here = statsOf(events, deck, '2026-12-02T02:00:00.000Z');
    expect([here.retention.of, here.streak.days]).toEqual([0, 1]);
    process.env.TZ = 'UTC';
    const there = statsOf(events, deck, '2026-12-02T02:00:00.000Z');
    expect([there.retention.of, there.streak.days]).toEqual([1, 2]);
  });

  it('today is taken as the day of an interview, and yesterday is not', () => {
    process.env.TZ = 'America/Los_Angeles';
    expect(readInterviewDate('2026-12-03', now)).toEqual({ kind: 'read', date: '2026-12-03' });
    expect(readInterviewDate('2026-12-02', now)).toMatchObject({
      says: '2026-12-02 is past; today is 2026-12-03.',
    });
    process.env.TZ = 'Pacific/Kiritimati';
    expect(readInterviewDate('2026-12-03', now).kind).toBe('refused');
  });

  it('a session and its report name the day on which a card comes back here', () => {
    const asked = startSession({ seed: 1, count: 1, states: new Map(), now, deck });
    const dueIn = (zone: string): string => {
      process.env.TZ = zone;
      const { state } = step(asked, { type: 'answer', given: 'z', final: true }, now, deck);
      expect(state.results[0]!.due).toBe('2026-12-05T04:00:00.000Z');
      expect(report(state).next).toContain(state.results[0]!.dueOn);
      return state.results[0]!.dueOn;
    };
    expect(dueIn('America/Los_Angeles')).toBe('2026-12-04');
    expect(dueIn('Pacific/Kiritimati')).toBe('2026-12-05');
  });
});

it('a streak survives the days on which clocks change', () => {
  // 23:30 each evening in Berlin over both changes of 2026: 47 and 49 hours between three evenings.
  process.env.TZ = 'Europe/Berlin';
  for (const first of ['2026-03-27T22:30:00.000Z', '2026-10-23T21:30:00.000Z']) {
    const days = Array.from({ length: 5 }, (_, k) => sameTimeAfter(first, k));
    const events = days.map((at) => ({ type: 'checked', at }));
    expect(statsOf(events, deckOf([], []), days[4]!).streak.days).toBe(5);
  }
});

it('what is stored does not depend on where one is', () => {
  const events: LogEvent[] = [
    { type: 'answered', card: 'gru.hidden', rating: 'hard', at: '2026-12-01T23:30:00.000Z' },
  ];
  const states = zones.map((zone) => {
    process.env.TZ = zone;
    return JSON.stringify([...schedule(events)]);
  });
  expect(new Set(states).size).toBe(1);
});
