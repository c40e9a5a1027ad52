/** A session's screen in a terminal of 24 rows: it always fits, what matters is seen first, and keys reach the rest. */
import { describe, expect, it } from 'vitest';
import { cardLines, draftFor } from '../../src/ui/card-lines.js';
import { paintWith } from '../../src/ui/paint.js';
import { quizView } from '../../src/ui/quiz-view.js';
import { intentOf } from '../../src/ui/quiz-keys.js';
import { startSession, step } from '../../src/quiz/index.js';
import { ourDeck as deck } from '../../src/quiz/catalogue.js';
import type { Draft } from '../../src/ui/card-lines.js';
import type { CardView } from '../../src/ui/card-view.js';
import type { SessionAction, SessionState } from '../../src/quiz/index.js';

const rows = 24;
const now = '2026-11-20T09:00:00.000Z';
const later = '2026-11-20T09:00:20.000Z';

/** Some cards: as asked, with its hint, answered wrong, and with all that can be unfolded. */
function* screens(): Generator<readonly [CardView, Draft]> {
  let state: SessionState = startSession({ seed: 3, count: 14, states: new Map(), now, deck, topics: [], kinds: [], mode: 'mixed', id: 's' }); // prettier-ignore
  const act = (action: SessionAction): CardView => {
    state = step(state, action, later, deck).state;
    return quizView(state, later);
  };
  for (let view = quizView(state, now); view.phase !== 'done'; view = act({ type: 'next' })) {
    const draft: Draft = { ...draftFor(view), answeredAt: later };
    yield [view, draft];
    yield [act({ type: 'hint' }), { ...draft, marked: [0] }];
    let graded = act({ type: 'answer', given: '1', final: true });
    if (graded.phase === 'ticking') {
      yield [graded, draft];
      graded = act({ type: 'tick', points: [] });
    }
    for (const unfolded of [false, true])
      yield [graded, { ...draft, why: unfolded, derivation: unfolded }];
  }
}

describe.each([80, 40])('a card at %i columns', (width) => {
  const page = { width, paint: paintWith(false) };
  const all = [...screens()];

  it('is lower than the terminal, and all of it can be scrolled to', () => {
    let long = 0;
    for (const [view, draft] of all) {
      const whole = cardLines(view, draft, page, Infinity);
      expect(whole.most).toBe(0);
      const { lines, most } = cardLines(view, draft, page, rows);
      expect(lines.length).toBeLessThan(rows);
      const seen = Array.from({ length: Math.ceil(most / 8) + 1 }, (_, k) => 8 * k).map((scroll) =>
        cardLines(view, { ...draft, scroll }, page, rows).lines,
      ).flat(); // prettier-ignore
      const foot = whole.lines.lastIndexOf('');
      for (const line of whole.lines.slice(0, foot)) expect(seen).toContain(line);
      if (most > 0) {
        long++;
        expect(lines.join('\n')).toMatch(/scroll/);
      } else expect(lines).toEqual(whole.lines);
    }
    expect(long).toBeGreaterThan(0);
  });

  it('begins with its first line, and its grade is seen first', () => {
    for (const [view, draft] of all) {
      const { lines } = cardLines(view, draft, page, rows);
      expect(lines[0]).toBe(cardLines(view, draft, page, Infinity).lines[0]);
      if (view.phase === 'answered') expect(lines.join('\n')).toMatch(/✓|✗|\? Not read:/);
      if (view.phase === 'asking' && view.hinted && view.question?.hint !== undefined)
        expect(lines.join('\n')).toContain('Hint:');
      const chosen = cardLines(view, { ...draft, marked: [0] }, page, rows).lines.join('\n');
      if (view.phase === 'asking' && !view.hinted && view.question?.options)
        expect(chosen).toMatch(/^ *> 1 /m);
    }
  });
});

it('shows the place where one types, however long the answer and low the terminal', () => {
  const view = quizView(startSession({ seed: 3, count: 1, states: new Map(), now, deck, kinds: ['free'] }), now); // prettier-ignore
  const words = Array.from({ length: 120 }, (_, k) => `word-${k}`).join(' ');
  const characters = Array.from(words);
  for (const [width, rows] of [
    [80, 24],
    [40, 20],
    [30, 12],
    [20, 10],
  ] as const)
    // prettier-ignore
    for (let cursor = 0; cursor <= characters.length; cursor += 37) {
      const draft = { ...draftFor(view), line: { characters, cursor } };
      const { lines, most, scroll } = cardLines(view, draft, { width, paint: paintWith(false) }, rows);
      expect(lines.join('\n')).toContain('▏');
      expect(scroll).toBeLessThanOrEqual(most);
    }
});

it('pages scroll while one is asked, lines too when it is answered', () => {
  const screen = { kind: 'choice', empty: true, hasHint: false, hasWhy: false, hasDerivation: false, leave: 'stop' } as const; // prettier-ignore
  for (const phase of ['asking', 'ticking', 'answered'] as const) {
    expect(intentOf('', { pageDown: true }, { ...screen, phase })).toEqual({
      scroll: 1,
      page: true,
    });
    const down = intentOf('', { downArrow: true }, { ...screen, phase });
    expect(down).toEqual(phase === 'answered' ? { scroll: 1, page: false } : { move: 1 });
  }
});
