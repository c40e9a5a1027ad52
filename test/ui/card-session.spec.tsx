/** A quiz session through its keys, on a terminal that is not there. */
import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import stringWidth from 'string-width';
import {
  cardById,
  startSession,
  step,
  type AnsweredEventBody,
  type CardKind,
  type SessionState,
} from '../../src/quiz/index.js';
import { CardSession } from '../../src/ui/card-session.js';
import { quizView } from '../../src/ui/quiz-view.js';
import { rightAnswer, wrongAnswers } from '../quiz/answers.js';

const start = Date.parse('2026-11-20T09:00:00.000Z');
const enter = '\r';
const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  left: '\u001b[D',
  ctrlC: '\u0003',
  ctrlU: '\u0015',
  backspace: '\u007f',
  tab: '\t',
  escape: '\u001b',
};

afterEach(cleanup);

/** Effects and ink's wait for a lone escape have run: in turns, as a busy machine has as many of them. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await new Promise((done) => setTimeout(done, 10));
};

async function open(
  options: {
    kinds?: CardKind[];
    count?: number;
    width?: number;
    seed?: number;
    topics?: string[];
  } = {},
) {
  const { width = 80, ...draw } = options;
  const state = startSession({
    seed: 4,
    count: 3,
    states: new Map(),
    now: new Date(start).toISOString(),
    ...draw,
  });
  let time = start;
  const events: AnsweredEventBody[] = [];
  const ends: { state: SessionState; how: string }[] = [];
  const log: string[] = [];
  const screen = render(
    <CardSession
      state={state}
      view={quizView}
      step={step}
      now={() => new Date((time += 1000)).toISOString()}
      onEvents={(more) => {
        events.push(...more);
        log.push(screen.lastFrame() ?? '');
      }}
      onDone={(last, how) => ends.push({ state: last, how })}
      width={width}
    />,
  );
  await settled();
  return {
    state,
    events,
    ends,
    /** The frame that was on the screen when the events came. */
    log,
    text: () => screen.lastFrame() ?? '',
    press: async (...inputs: string[]) => {
      for (const input of inputs) {
        screen.stdin.write(input);
        await settled();
      }
    },
    write: (input: string) => screen.stdin.write(input),
    right: (k: number) => rightAnswer(cardById(state.questions[k]!.id)!, state.questions[k]!),
    wrong: (k: number) => wrongAnswers(cardById(state.questions[k]!.id)!, state.questions[k]!)[0]!,
  };
}

describe('a choice', () => {
  it('is chosen by number, answered by enter, saved before its grade is shown', async () => {
    const quiz = await open({ kinds: ['choice'] });
    expect(quiz.text()).toContain('quiz · 1 of 3');
    expect(quiz.text()).toContain('1-9 choose · enter answer');
    const n = quiz.right(0);
    await quiz.press(n);
    expect(quiz.text()).toContain(`> ${n}  `);
    expect(quiz.events).toHaveLength(0);
    await quiz.press(enter);
    expect(quiz.events).toMatchObject([{ type: 'answered', correct: true, given: n }]);
    expect(quiz.log[0]).not.toContain('✓');
    expect(quiz.text()).toContain('✓ Right.');
    expect(quiz.text()).toMatch(/enter next · \? why ·( d derivation ·)? q stop/);
    await quiz.press(enter);
    expect(quiz.text()).toContain('quiz · 2 of 3');
    expect(quiz.text()).toContain('1 right');
    expect(quiz.text()).not.toContain('> ');
  });

  it('says why a wrong one is wrong', async () => {
    const quiz = await open({ kinds: ['choice'], width: 200 });
    const { given, because } = quiz.wrong(0);
    await quiz.press(given, enter);
    expect(quiz.text()).toContain('✗ Wrong.');
    expect(quiz.text()).not.toContain('? why'); // it stands there
    expect(quiz.text()).toContain(because);
    expect(quiz.events).toMatchObject([{ correct: false, rating: 'again' }]);
  });

  it('moves by arrows, and wants a choice before enter', async () => {
    const quiz = await open({ kinds: ['choice'] });
    await quiz.press(enter);
    expect(quiz.text()).toContain('? Not read:');
    await quiz.press(keys.up);
    expect(quiz.text()).toContain('> 4  ');
    expect(quiz.text()).not.toContain('Not read'); // it was said of what stood there before
    await quiz.press(keys.down, keys.down);
    expect(quiz.text()).toContain('> 2  ');
    await quiz.press('9');
    expect(quiz.text()).toContain('> 2  ');
    expect(quiz.events).toHaveLength(0);
  });

  it('explains a right answer on ?', async () => {
    const quiz = await open({ kinds: ['choice'], width: 200 });
    const { explain } = cardById(quiz.state.questions[0]!.id)!;
    await quiz.press(quiz.right(0), enter);
    expect(quiz.text()).not.toContain(explain);
    await quiz.press('?');
    expect(quiz.text()).toContain(explain);
  });

  it('counts once, however fast enter is pressed', async () => {
    const quiz = await open({ kinds: ['choice'] });
    quiz.write(quiz.right(0));
    for (let k = 0; k < 3; k++) quiz.write(enter);
    await settled();
    // Answer, next, and a third enter on a question with nothing chosen.
    expect(quiz.events).toHaveLength(1);
    expect(quiz.text()).toContain('quiz · 2 of 3');
  });
});

it('several options are marked and unmarked', async () => {
  const quiz = await open({ kinds: ['several'] });
  await quiz.press('1', '2', '1');
  expect(quiz.text()).not.toContain('> 1  ');
  expect(quiz.text()).toContain('> 2  ');
  await quiz.press('2', ...quiz.right(0).split(','), enter);
  expect(quiz.events).toMatchObject([
    { correct: true, given: quiz.right(0).split(',').sort().join(',') },
  ]);
});

describe('a typed answer', () => {
  it('is edited in place', async () => {
    const quiz = await open({ kinds: ['number'] });
    await quiz.press('q', 's', '1', keys.left, keys.backspace, '9');
    expect(quiz.text()).toContain('> q9▏1');
    expect(quiz.text()).toContain('esc clear');
    await quiz.press(keys.escape);
    expect(quiz.text()).toContain('> ▏');
    expect(quiz.ends).toHaveLength(0);
    await quiz.press('junk', keys.ctrlU, quiz.right(0), enter);
    expect(quiz.events).toMatchObject([{ correct: true, given: quiz.right(0) }]);
  });

  it('is asked again when it cannot be read, and keeps what was typed', async () => {
    const quiz = await open({ kinds: ['equation'] });
    await quiz.press('dh * (', enter);
    expect(quiz.text()).toContain('? Not read:');
    expect(quiz.text()).toContain('> dh * (▏');
    expect(quiz.events).toHaveLength(0);
  });

  it('can be pasted, with or without a line break at its end', async () => {
    const quiz = await open({ kinds: ['equation'] });
    await quiz.press(`${quiz.right(0)}\r`);
    expect(quiz.events).toMatchObject([{ correct: true, given: quiz.right(0) }]);
    await quiz.press(enter, 'dh\n+ dc\n');
    expect(quiz.text()).toContain('> dh + dc');
    expect(quiz.events).toHaveLength(1);
  });

  it('shows a hint on ? only while nothing is typed', async () => {
    const quiz = await open({ topics: ['rnn'], kinds: ['equation'], count: 1, width: 200 });
    const { hint } = quiz.state.questions[0]!;
    await quiz.press('x', '?');
    expect(quiz.text()).toContain('> x?▏');
    await quiz.press(keys.escape, '?');
    expect(quiz.text()).toContain(`Hint: ${hint!}`);
    await quiz.press(quiz.right(0), enter);
    expect(quiz.events).toMatchObject([{ correct: true, hinted: true, rating: 'hard' }]);
  });
});

describe('after an answer', () => {
  it('the points of a free one are ticked, and change by their keys', async () => {
    const quiz = await open({ kinds: ['free'], width: 200 });
    await quiz.press('Sorry, no idea at all', enter);
    expect(quiz.text()).toContain('Which points did you make?');
    expect(quiz.text()).toContain('1-9 tick · enter done · q stop');
    expect(quiz.text()).not.toMatch(/> \d/);
    expect(quiz.events).toHaveLength(0);
    await quiz.press('1', '2', '1', '8');
    expect(quiz.text()).toContain('> 2  ');
    expect(quiz.text()).not.toContain('> 1  ');
    await quiz.press(enter);
    expect(quiz.events).toMatchObject([{ correct: false, given: 'Sorry, no idea at all [2]' }]);
    expect(quiz.text()).toContain('1 of ');
  });

  it('a wrong one leads to katas, lesson and, on d, the derivation in order', async () => {
    const quiz = await open({ topics: ['lstm'], kinds: ['equation'], width: 200, count: 9 });
    const k = quiz.state.questions.findIndex(({ id }) => id === 'lstm.cell.carry');
    expect(k).toBeGreaterThanOrEqual(0);
    for (let n = 0; n < k; n++) await quiz.press(keys.tab);
    await quiz.press('f', enter);
    const links = 'practise: bptt check lstm-step';
    expect(quiz.text()).toContain(`${links}   ·   read: bptt learn lstm`);
    expect(quiz.text()).toContain('d derivation');
    expect(quiz.text()).not.toContain('how much of the old cell to keep');
    await quiz.press('d');
    const text = quiz.text();
    const lines = ['f = σ(', 'i = σ(', 'c̃ = tanh(', 'c = f ⊙ c₋ + i ⊙ c̃'];
    const places = lines.map((line) => text.lastIndexOf(`    ${line}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain('how much of the old cell to keep');
    await quiz.press('d');
    expect(quiz.text()).not.toContain('how much of the old cell to keep');
  });
});

describe('the end', () => {
  it('comes after the last question, once', async () => {
    const quiz = await open({ kinds: ['choice'], count: 2 });
    await quiz.press(quiz.right(0), enter, enter, 's');
    expect(quiz.ends).toMatchObject([
      { how: 'done', state: { phase: 'done', results: [{ correct: true }] } },
    ]);
    await quiz.press(enter, 'q', keys.ctrlC);
    expect(quiz.ends).toHaveLength(1);
  });

  it.each([
    ['q', 'quit'],
    [keys.escape, 'quit'],
    [keys.ctrlC, 'interrupted'],
  ])('%j ends it, and nothing that was answered is lost', async (key, how) => {
    const quiz = await open({ kinds: ['choice'] });
    await quiz.press(quiz.right(0), enter);
    expect(quiz.events).toHaveLength(1);
    await quiz.press(key);
    expect(quiz.ends).toMatchObject([
      { how, state: { phase: 'done', results: [{ correct: true }] } },
    ]);
    expect(quiz.events).toHaveLength(1);
  });

  it('Ctrl-C ends it in the middle of typing too, and tab skips', async () => {
    const quiz = await open({ kinds: ['number'] });
    await quiz.press('12', keys.tab);
    expect(quiz.text()).toContain('quiz · 2 of 3');
    await quiz.press('12', keys.ctrlC);
    expect(quiz.ends).toMatchObject([
      { how: 'interrupted', state: { skipped: [quiz.state.questions[0]!.id] } },
    ]);
    expect(quiz.events).toHaveLength(0);
  });

  it('comes at once when there is nothing to ask', async () => {
    const quiz = await open({ count: 0 });
    expect(quiz.ends).toMatchObject([{ how: 'done' }]);
  });
});

it.each([40, 20, 0, Number.NaN])('fits a terminal that reports %d columns', async (width) => {
  const quiz = await open({ kinds: ['trap'], width });
  await quiz.press('1', enter);
  for (const line of quiz.text().split('\n'))
    expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(20, width || 20));
  expect(quiz.text()).toMatch(/✓ Right|✗ Wrong/);
});
