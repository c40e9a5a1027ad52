/**
 * A quiz session on the screen, one question at a time. The state machine and the clock are handed in;
 * this file only turns keys into actions and states into lines.
 *
 * Render it with `exitOnCtrlC: false`: Ctrl-C is a quit like any other, after which `onDone` is called
 * and the app exits. Every answer is in `onEvents` before its grade is shown.
 */
import { useEffect, useReducer, useRef } from 'react';
import { Box, Text, useApp, useInput } from 'ink';
import type { Key } from 'ink';
import { paragraph } from './layout.js';
import { paintWith } from './paint.js';
import { edited, emptyLine, textOf, withCursor } from './line-editor.js';
import { footerOf, intentOf, isChosen } from './quiz-keys.js';
import { gradeLines, hintLines, questionLines } from './quiz-text.js';
import type { Page } from './layout.js';
import type { Line } from './line-editor.js';
import type { Paint } from './paint.js';
import type { Intent, Screen } from './quiz-keys.js';
import type { AnsweredEventBody, SessionAction, SessionState, Step } from '../quiz/index.js';

export interface QuizSessionProps {
  /** Where the session begins, from startSession. */
  readonly state: SessionState;
  readonly step: (state: SessionState, action: SessionAction, now: string) => Step;
  /** ISO 8601, UTC. */
  readonly now: () => string;
  /** Called the moment an answer is graded, before it is shown. */
  readonly onEvents: (events: readonly AnsweredEventBody[]) => void;
  /** Called once, with the last state and how it came to it, before the app exits. */
  readonly onDone: (state: SessionState, how: Ending) => void;
  /** Columns; less than 20 count as 20. */
  readonly width: number;
  /** Default: no colour. */
  readonly paint?: Paint;
}

/** All asked, stopped by the learner, or Ctrl-C. */
export type Ending = 'done' | 'quit' | 'interrupted';

/** What one screen holds beside the session's state. */
interface Draft {
  readonly line: Line;
  /** Chosen options, from 0. */
  readonly marked: readonly number[];
  readonly why: boolean;
  /** When the answer was given. */
  readonly answeredAt: string;
}

interface Current {
  state: SessionState;
  draft: Draft;
  ending: Ending;
  /** Was onDone called? */
  told: boolean;
}

const blank: Draft = { line: emptyLine, marked: [], why: false, answeredAt: '' };

export function QuizSession(props: QuizSessionProps) {
  const { step, now, onEvents, onDone, paint = paintWith(false) } = props;
  const page: Page = { width: Math.max(20, Math.floor(props.width) || 20), paint };
  const { exit } = useApp();
  // Two keys can arrive before the screen is drawn again, so the truth is in a ref and not in a closure.
  const current = useRef<Current>({
    state: props.state,
    draft: blank,
    ending: 'done',
    told: false,
  });
  const [, redraw] = useReducer((n: number) => n + 1, 0);

  const finishWhenDone = (): void => {
    const { state, ending, told } = current.current;
    if (state.phase !== 'done' || told) return;
    current.current.told = true;
    onDone(state, ending);
    exit();
  };
  useEffect(finishWhenDone);

  const change = (draft: Partial<Draft>): void => {
    current.current.draft = { ...current.current.draft, ...draft };
  };
  const act = (action: SessionAction): void => {
    const at = now();
    const before = current.current.state;
    const { state, events } = step(before, action, at);
    if (events.length > 0) onEvents(events);
    current.current.state = state;
    if (state.index !== before.index) current.current.draft = blank;
    else if (state.phase === 'answered' && before.phase === 'asking') change({ answeredAt: at });
  };

  const press = (input: string, key: Partial<Key>): void => {
    const { state, draft } = current.current;
    const screen = screenOf(state, draft);
    if (screen) carryOut(intentOf(input, key, screen), input, key);
  };
  const carryOut = (intent: Intent, input: string, key: Partial<Key>): void => {
    const { state, draft } = current.current;
    const options = state.questions[state.index]?.options?.length ?? 0;
    const several = state.questions[state.index]?.kind === 'several';
    const [first] = draft.marked;
    if (typeof intent === 'object') {
      const option = 'option' in intent ? intent.option : moved(first, intent.move, options);
      if (option >= options) return;
      if (several && 'option' in intent) change({ marked: toggled(draft.marked, option) });
      else if (!several) change({ marked: [option] });
      return;
    }
    switch (intent) {
      case 'quit':
        current.current.ending = key.ctrl ? 'interrupted' : 'quit';
        act({ type: 'quit' });
        break;
      case 'skip':
      case 'hint':
      case 'next':
        act({ type: intent });
        break;
      case 'submit':
        act({ type: 'answer', given: givenOf(state, draft) });
        break;
      case 'why':
        change({ why: !draft.why });
        break;
      case 'clear':
        change({ line: emptyLine });
        break;
      case 'edit':
        change({ line: edited(draft.line, input, key) });
        break;
      case 'toggle':
      case 'none':
        break;
    }
  };

  useInput((input, key) => {
    for (const [part, partKey] of keysIn(input, key, current.current.state)) {
      if (current.current.state.phase === 'done') break;
      press(part, partKey);
    }
    finishWhenDone();
    redraw();
  });

  const { state, draft } = current.current;
  const question = state.questions[state.index];
  const screen = screenOf(state, draft);
  if (!question || !screen) return null;
  const lines = [
    ...questionLines(question, {
      ...page,
      number: state.index + 1,
      of: state.questions.length,
      right: state.results.filter(({ correct }) => correct).length,
      marked: draft.marked,
    }),
    ...(isChosen(question.kind)
      ? []
      : paragraph(`> ${screen.answered ? textOf(draft.line) : withCursor(draft.line)}`, page)),
    ...(state.hinted && question.hint !== undefined ? ['', ...hintLines(question.hint, page)] : []),
    ...outcomeText(state, draft, page),
    '',
    ...paragraph(paint.dim(footerOf(screen)), page),
  ];
  return (
    <Box flexDirection="column">
      {lines.map((line, k) => (
        <Text key={k}>{line === '' ? ' ' : line}</Text>
      ))}
    </Box>
  );
}

function screenOf(state: SessionState, draft: Draft): Screen | undefined {
  const question = state.questions[state.index];
  if (!question || state.phase === 'done') return undefined;
  return {
    kind: question.kind,
    answered: state.phase === 'answered',
    empty: draft.line.characters.length === 0,
    hasHint: question.hint !== undefined && !state.hinted,
  };
}

/** The grade of the answer, or why it could not be read. */
function outcomeText(state: SessionState, draft: Draft, page: Page): string[] {
  const result = state.results.at(-1);
  if (state.phase === 'answered' && state.last && result)
    return [
      '',
      ...gradeLines(state.last, page, {
        ms: result.ms,
        now: draft.answeredAt,
        why: draft.why || !state.last.correct,
      }),
    ];
  return state.unreadable === undefined
    ? []
    : ['', ...paragraph(`${page.paint.warn('? Not read:')} ${state.unreadable}`, page)];
}

/** What the draft says, as the grader reads it: option numbers from 1, or the typed text. */
const givenOf = (state: SessionState, { line, marked }: Draft): string =>
  isChosen(state.questions[state.index]?.kind ?? 'free')
    ? marked.map((option) => option + 1).join(',')
    : textOf(line);

const toggled = (marked: readonly number[], option: number): number[] =>
  (marked.includes(option) ? marked.filter((one) => one !== option) : [...marked, option]).sort(
    (a, b) => a - b,
  );

const moved = (from: number | undefined, by: 1 | -1, options: number): number =>
  from === undefined ? (by === 1 ? 0 : options - 1) : (from + by + options) % options;

/**
 * The keys in one chunk of input. Quick typing and pasting arrive as one: on a card with options each
 * character is a key; a chunk that ends with a line break is its text and enter; line breaks inside a
 * paste are spaces.
 */
function keysIn(input: string, key: Key, state: SessionState): [string, Partial<Key>][] {
  if (input === '\n') return [['', { return: true }]];
  if (key.ctrl || key.meta || key.return || input.length < 2) return [[input, key]];
  const [, text = '', enter = ''] = /^(.*?)([\r\n]*)$/su.exec(input) ?? [];
  const kind = state.questions[state.index]?.kind ?? 'free';
  const typed = state.phase === 'answered' || isChosen(kind) ? Array.from(text) : [text];
  const parts = typed
    .filter((part) => part !== '')
    .map((part): [string, Partial<Key>] => [part, {}]);
  return enter !== '' && !/[\r\n]/.test(text) ? [...parts, ['', { return: true }]] : parts;
}
