/** Statistics, plan and own cards as lines: they fit any width, and say what the report says. */
import { describe, expect, it } from 'vitest';
import { cards, ourDeck, planFor, schedule, statsOf, type LogEvent } from '../../src/quiz/index.js';
import { cardsText } from '../../src/ui/cards-text.js';
import { planText } from '../../src/ui/plan-text.js';
import { blocksOf } from '../../src/ui/blocks.js';
import { statsText } from '../../src/ui/stats-text.js';
import { expectPrintableAtAnyWidth, letters, plainPage, words } from './pages.js';

process.env.TZ = 'UTC'; // the days below are those of UTC; other calendars: test/quiz/day.spec.ts

const day = 86_400_000;
const start = Date.parse('2026-11-22T18:00:00.000Z');
const now = new Date(start).toISOString();
/** Ten weeks of answers, some of them wrong, a diagnosed mistake, an interview. */
const events: LogEvent[] = [
  ...Array.from({ length: 200 }, (_, k): LogEvent => ({
    type: 'answered',
    at: new Date(start - (70 - k / 3) * day).toISOString(),
    card: cards[(k * 7) % 40]!.id,
    rating: k % 6 === 0 ? 'again' : 'good',
  })),
  { type: 'checked', at: now, kata: 'gru-step', diagnosis: { mistake: 'z-swapped', card: null } },
  { type: 'planned', at: now, interview: '2026-12-06' },
];
const planned = (date: string, log: readonly LogEvent[]) =>
  planFor(date, schedule(log, { interviewDate: date }), ourDeck, now);
const stats = statsOf(events, ourDeck, now);
const empty = statsOf([], ourDeck, now);

describe('statistics', () => {
  it('fit any width', () => {
    expectPrintableAtAnyWidth((page) => statsText(empty, page));
    // A chart needs 40 columns; below, it says so.
    expectPrintableAtAnyWidth((page) => statsText(stats, page));
  });

  it('never have their heading alone at the foot of a page', () => {
    for (const [one, first] of [
      [stats, 'retention'],
      [empty, 'next'],
    ] as const)
      for (const width of [40, 80])
        expect(words(blocksOf(statsText(one, plainPage(width)))[0]!)).toMatch(
          new RegExp(`^stats · .* ${first} `),
        );
  });

  it('say retention, each topic, each day, what is weak, and what is next', () => {
    const text = words(statsText(stats, plainPage(100)));
    const { right, of } = stats.retention;
    expect(text).toContain(`${Math.round((100 * right) / of)} % of ${of} answers`);
    const [tomorrow, interview] = stats.expected.map(({ share }) => `${Math.round(100 * share)} %`);
    expect(text).toContain(`${tomorrow} of ${stats.seen} cards seen known tomorrow`);
    expect(text).toContain(`and ${interview} on the day of the interview if none is asked before`);
    for (const { topic, seen, cards: all } of stats.topics)
      expect(text).toContain(`${topic} ${seen}/${all}`);
    for (const { date } of stats.due.slice(1)) expect(text).toContain(date.slice(5));
    for (const { equation, right, of } of stats.weakestEquations)
      expect(text).toContain(`${equation} ${right} of ${of}`);
    expect(text).toContain('gru-step z-swapped 1');
    expect(text).toContain('interview in 14 days (2026-12-06)');
    expect(text).toContain('retention by week');
    expect(text).toContain(`next ${stats.next.command}`);
  });

  it('promise nobody all of it, and count one card as one', () => {
    const [date, share] = ['2026-11-23', 0.999];
    const one = { ...stats, seen: 1, expected: [{ date, share }] };
    expect(words(statsText(one, plainPage(100)))).toContain(
      'expected more than 99 % of 1 card seen known tomorrow if none is asked before',
    );
  });

  it('say what to do where there is nothing yet', () => {
    const text = words(statsText(empty, plainPage(80)));
    expect(text).toContain('next bptt quiz nothing is answered yet');
    expect(text).not.toContain('NaN');
    expect(text).not.toContain('retention');
  });
});

describe('a plan', () => {
  it('fits any width and shows each day’s numbers', () => {
    for (const date of ['2026-11-22', '2026-11-23', '2026-12-06', '2027-11-20']) {
      const plan = planned(date, events);
      expectPrintableAtAnyWidth((page) => planText(plan, page));
      const text = letters(planText(plan, plainPage(80)));
      const shown =
        plan.days.length > 21
          ? [...plan.days.slice(1, 16), ...plan.days.slice(-5)]
          : plan.days.slice(1);
      for (const one of shown)
        expect(text).toContain(`${one.date.slice(5)}${one.new}${one.due}${one.minutes}`);
    }
    const says = (date: string) => words(planText(planned(date, events), plainPage(80)));
    expect(says('2027-11-20')).toContain('… 342 more');
    expect(says('2026-12-06')).toContain('comes up in the last five days');
    for (const near of ['2026-11-22', '2026-11-24']) expect(says(near)).not.toContain('five days');
    const all = ourDeck.cards.map(({ id }) => ({ type: 'answered', at: now, card: id, rating: 'good' }));
    const done = ourDeck.generators.map(({ id }) => ({ type: 'answered', at: now, card: id, rating: 'good' }));
    const plan = planned('2026-12-06', [...all, ...done]);
    expect(words(planText(plan, plainPage(80)))).toContain('Every card has been seen; what is left');
  }); // prettier-ignore
});

describe('own cards', () => {
  const flaw = { file: 'cards/mine.yaml', line: 12, says: 'this card has no answer.' };
  const row = { id: 'my.one', topic: 'own', kind: 'choice', level: 1 };
  it('fit any width, with where they go, what they are and what is wrong', () => {
    const none = { folders: ['cards', '/home/me/.local/share/bptt/cards'], files: [], cards: [], flaws: [] };
    const some = { ...none, files: ['cards/mine.yaml'], cards: [row], flaws: Array.from({ length: 25 }, () => flaw) };
    expectPrintableAtAnyWidth((page) => cardsText(none, page));
    expectPrintableAtAnyWidth((page) => cardsText(some, page));
    expect(letters(cardsText(none, plainPage(40)))).toContain('/home/me/.local/share/bptt/cards');
    const text = words(cardsText(some, plainPage(80)));
    expect(text).toContain('✗ cards/mine.yaml:12: this card has no answer.');
    expect(text).toContain('… and 5 more');
    expect(text).toContain('1 card in 1 file, 25 flaws');
    expect(words(cardsText({ ...some, flaws: [] }, plainPage(80)))).toContain('✓ 1 card in 1 file');
  }); // prettier-ignore
});
