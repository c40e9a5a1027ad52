/** Home: what is shown is what works, what is to be done is never left out, and every line fits. */
import { render } from 'ink-testing-library';
import { describe, expect, it, vi } from 'vitest';
import { homeFooter, homeIntent, type HomePlace } from '../../src/ui/home-keys.js';
import { placeText } from '../../src/ui/home-place.js';
import { HomeScreen } from '../../src/ui/home-screen.js';
import { homeText } from '../../src/ui/home-text.js';
import { expectPrintableAtAnyWidth, letters, plainPage, words } from './pages.js';
import type { HomeReport } from '../../src/walk/home.js';

const names = ['rnn', 'gradients', 'lstm', 'gru', 'sequences', 'attention', 'systems', 'training'];
const report: HomeReport = {
  version: 1,
  workspace: '/home/learner/interview',
  due: 6,
  minutes: 25,
  interview: {
    date: '2026-12-01',
    daysLeft: 9,
    today: { new: 14, due: 6, minutes: 13 },
    pace: { planned: 9, needed: 14, onTrack: false },
  },
  again: [{ kata: 'gru-step', mistake: 'complementary-z' }],
  next: { command: 'bptt check gru-step', why: 'its last check failed (complementary-z)' },
  walk: { walk: 'lstm', step: 4, of: 9, title: 'The output gate' },
  paused: {
    question: 'lstm-or-gru',
    title: 'LSTM or GRU',
    date: '2026-11-20',
    done: 3,
    part: 'complexity',
  },
  weakest: { equation: 'training.clip', says: 'scaled to the norm', right: 2, of: 5 },
  topics: names.map((topic, k) => ({
    topic,
    passed: k,
    katas: 8,
    rightShare: k === 0 ? null : 1 - k / 10,
    weakest: k === 7,
  })),
};
const outside: HomeReport = {
  ...report,
  workspace: null,
  interview: null,
  weakest: null,
  paused: null,
};
const places: HomePlace[] = [
  { kind: 'home' },
  { kind: 'home', says: 'You stand elsewhere now.' },
  { kind: 'offer', offer: { folder: `/${'deep/'.repeat(30)}`, files: ['README.md'] } },
  { kind: 'offer', offer: { folder: '/here', files: [] } },
  { kind: 'after', command: 'bptt quiz --topic lstm', status: 1 },
];

describe('home as lines', () => {
  it('fits any page, on paper and in every place on the screen', () => {
    for (const one of [report, outside]) {
      expectPrintableAtAnyWidth((page) => homeText(one, page));
      for (const place of places)
        expectPrintableAtAnyWidth((page) => placeText(place, one, page, { rows: 24 }).lines);
    }
  });

  it.each([40, 80, 120])('is lower than a terminal of 24 lines and %i columns', (width) => {
    const page = plainPage(width);
    for (const place of places.filter(({ kind }) => kind !== 'offer')) {
      const { lines } = placeText(place, report, page, { rows: 24 });
      expect(lines.length).toBeLessThan(24);
      if (place.kind !== 'home') continue;
      // Topics are what is left out, and it says how many.
      const shown = names.filter((name) => lines.some((line) => line.startsWith(`  ${name} `)));
      const [, more] = /and (\d+) topics more/.exec(words(lines)) ?? [undefined, '0'];
      expect(shown.length + Number(more)).toBe(names.length);
      for (const needed of [
        report.next.command,
        report.next.why,
        report.walk!.title,
        'bptt interview --resume',
        '2 of 5 right',
      ])
        expect(letters(lines)).toContain(letters([needed]));
    }
  });

  it('draws no bars where they would be read out', () => {
    const text = (spoken: boolean) =>
      placeText({ kind: 'home' }, report, { ...plainPage(80), spoken }, { rows: 99 }).lines.join(
        '\n',
      );
    expect(text(false)).toContain('█');
    expect(text(true)).not.toMatch(/[█·]{2}/u);
    for (const { topic, passed } of report.topics)
      expect(words([text(true)])).toContain(`${topic} ${passed}/8`);
  });

  it('says that the plan holds only when it does', () => {
    const held = { planned: 9, needed: 9, onTrack: true };
    const of = (pace: typeof held) =>
      words(homeText({ ...report, interview: { ...report.interview!, pace } }, plainPage(80)));
    expect(of(held)).toContain('interview in 9 days · plan on track');
    expect(of({ ...held, needed: 14, onTrack: false })).toContain('14 new a day, planned 9');
  });
});

describe('the keys of home', () => {
  const press = (text: string, place: HomePlace, of = report) =>
    text === 'enter'
      ? homeIntent('\r', { return: true }, place, of)
      : text === 'esc'
        ? homeIntent('', { escape: true }, place, of)
        : homeIntent(text, {}, place, of);

  it('that are shown do something, each something else', () => {
    for (const one of [report, outside])
      for (const place of places) {
        const intents = homeFooter(place, one).map((label) =>
          press(label.split(' ')[0]!, place, one),
        );
        expect(intents).not.toContain('none');
        const different = new Set(intents.map((intent) => JSON.stringify(intent)));
        expect(different.size).toBe(intents.length);
      }
  });

  it('write nothing without a yes: outside a workspace enter offers first', () => {
    expect(press('enter', { kind: 'home' }, outside)).toBe('offer');
    for (const label of homeFooter({ kind: 'home' }, outside))
      expect(JSON.stringify(press(label.split(' ')[0]!, { kind: 'home' }, outside))).not.toContain(
        'init',
      );
    expect(press('n', places[2]!, outside)).toBe('home');
    expect(press('y', places[2]!, outside)).toBe('none');
  });

  it('lead to what their names say, wherever one stands', () => {
    const named = (one: HomeReport) =>
      homeFooter({ kind: 'home' }, one).map((label) => {
        const [key, ...name] = label.split(' ');
        return [name.join(' '), press(key!, { kind: 'home' }, one)] as const;
      });
    for (const one of [report, outside]) {
      const of = new Map(named(one));
      expect(of.get('katas')).toEqual({ run: ['list'] });
      expect(of.get('next kata')).toEqual(one === report ? { run: ['watch'] } : undefined);
      for (const name of ['quiz', 'interview', 'learn', 'stats'])
        expect(of.get(name)).toEqual({ run: [name] });
    }
  });

  it('start what is next, and nothing by a key that is not shown', () => {
    expect(press('enter', { kind: 'home' })).toEqual({ run: ['check', 'gru-step'] });
    expect(press('w', { kind: 'home' })).toEqual({ run: ['walk', 'lstm'] });
    expect(press('r', { kind: 'home' })).toEqual({ run: ['interview', '--resume'] });
    expect(press('r', { kind: 'home' }, outside)).toBe('none');
    for (const key of ['x', '__proto__', 'constructor', ''])
      expect(homeIntent(key, {}, { kind: 'home' }, report)).toBe('none');
    expect(homeIntent('c', { ctrl: true }, { kind: 'home' }, report)).toBe('interrupt');
  });
});

describe('home on the screen', () => {
  it.each([
    ['s', { run: ['stats'] }, ''],
    ['\u0003', 'interrupt', 'weakest'],
  ])('after %j it tells %j once and leaves %j', async (key, intent, left) => {
    const onIntent = vi.fn();
    const screen = render(
      <HomeScreen
        place={{ kind: 'home' }}
        report={report}
        page={plainPage(80)}
        rows={24}
        onIntent={onIntent}
      />,
    );
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('bptt check gru-step'));
    screen.stdin.write('x');
    screen.stdin.write(key);
    screen.stdin.write(key);
    await vi.waitFor(() => expect(onIntent).toHaveBeenCalled());
    if (left === '') await vi.waitFor(() => expect(screen.lastFrame()!.trim()).toBe(''));
    else expect(screen.lastFrame()).toContain(left);
    expect(onIntent.mock.calls).toEqual([[intent]]);
  });
});
