/**
 * A session on the screen, one item at a time: a quiz or an interview. The state machine, its view and the
 * clock are handed in; this file only turns keys into actions and views into lines.
 *
 * Render it with `exitOnCtrlC: false`: Ctrl-C is a quit like any other, after which `onDone` is called.
 * Every answer is in `onEvents` before its grade is shown.
 */
import { useEffect, useReducer, useRef } from 'react';
import { useInput } from 'ink';
import type { Key } from 'ink';
import { Frame } from './frame.js';
import { paintWith } from './paint.js';
import { edited, emptyLine, textOf } from './line-editor.js';
import { cardLines, draftFor, screenOf } from './card-lines.js';
import { intentOf, isChosen, isTyped } from './quiz-keys.js';
import type { CardScreen, Draft } from './card-lines.js';
import type { CardView } from './card-view.js';
import type { FrameLines } from './frame.js';
import type { Page } from './layout.js';
import type { Paint } from './paint.js';
import type { Intent } from './quiz-keys.js';
import type { KataReport } from '../kata/index.js';
import type { SessionAction } from '../quiz/index.js';

interface Stepped<State, Event> {
  readonly state: State;
  readonly events: readonly Event[];
}

export interface CardSessionProps<State, Event> {
  /** Where the session begins. */
  readonly state: State;
  readonly step: (state: State, action: SessionAction, now: string) => Stepped<State, Event>;
  readonly view: (state: State, now: string) => CardView;
  /** ISO 8601, UTC. */
  readonly now: () => string;
  /** Called the moment an answer is graded, before it is shown. */
  readonly onEvents: (events: readonly Event[]) => void;
  /** Called once, with the last state and how it came to it. */
  readonly onDone: (state: State, how: Ending) => void;
  /** For sessions that have tasks: a kata's check, which never rejects, and what it does to the session. */
  readonly task?: {
    readonly check: (kata: string) => Promise<KataReport>;
    readonly step: (state: State, report: KataReport, now: string) => Stepped<State, Event>;
  };
  /** Of the terminal; what is longer scrolls. Default: no end. */
  readonly rows?: number;
  /** Columns; less than 20 count as 20. */
  readonly width: number;
  /** Default: no colour. */
  readonly paint?: Paint;
}

/** All asked, stopped by the learner, or Ctrl-C. */
export type Ending = 'done' | 'quit' | 'interrupted';

interface Current<State> {
  state: State;
  draft: Draft;
  ending: Ending;
  /** Was onDone called? */
  told: boolean;
  /** What stood on the screen last. */
  shown: FrameLines;
}

export function CardSession<State, Event>(props: CardSessionProps<State, Event>) {
  const {
    step,
    view: viewOf,
    now,
    onEvents,
    onDone,
    task,
    paint = paintWith(false),
    rows = Infinity,
  } = props;
  const page: Page = { width: Math.max(20, Math.floor(props.width) || 20), paint };
  // Two keys can arrive before the screen is drawn again, so the truth is in a ref and not in a closure.
  const first = useRef<Current<State>>(null);
  first.current ??= {
    state: props.state,
    draft: draftFor(viewOf(props.state, now())),
    ending: 'done',
    told: false,
    shown: { lines: [], keys: 0 },
  };
  const current = first.current;
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const view = (): CardView => viewOf(current.state, now());
  const screenNow = (): CardScreen => cardLines(view(), current.draft, page, rows);

  const finishWhenDone = (): void => {
    if (view().phase !== 'done' || current.told) return;
    current.told = true;
    onDone(current.state, current.ending);
  };
  useEffect(finishWhenDone);

  const change = (draft: Partial<Draft>): void => {
    current.draft = { ...current.draft, ...draft };
  };
  const act = (action: SessionAction): void => {
    go((state, at) => step(state, action, at));
  };
  const go = (by: (state: State, at: string) => Stepped<State, Event>): void => {
    const at = now();
    const before = viewOf(current.state, at);
    const { state, events } = by(current.state, at);
    if (events.length > 0) onEvents(events);
    current.state = state;
    const after = viewOf(state, at);
    if (after.place !== before.place) current.draft = draftFor(after);
    else if (after.phase === 'ticking' && before.phase === 'asking')
      change({ marked: after.ticking?.proposed.map((point) => point - 1) ?? [] });
    else if (after.phase === 'answered' && before.phase !== 'answered') change({ answeredAt: at });
  };
  const check = (kata: string): void => {
    if (current.draft.check === 'running' || !task) return;
    change({ check: 'running' });
    void task.check(kata).then((report) => {
      if (view().task?.kata !== kata) return; // skipped meanwhile
      change({ check: report });
      go((state, at) => task.step(state, report, at));
      redraw();
    });
  };

  const press = (input: string, key: Partial<Key>): void => {
    const shown = view();
    const screen = screenOf(shown, current.draft);
    if (screen) carryOut(intentOf(input, key, screen), shown, input, key);
  };
  const carryOut = (intent: Intent, shown: CardView, input: string, key: Partial<Key>): void => {
    const { question, phase, ticking } = shown;
    const { draft } = current;
    if (typeof intent === 'object' && 'scroll' in intent) {
      const { scroll, most } = screenNow();
      const by = intent.scroll * (intent.page ? Math.max(1, rows - 10) : 1);
      change({ scroll: Math.max(0, Math.min(most, scroll + by)) });
      return;
    }
    change({ scroll: undefined }); // any other key shows what it did
    if (typeof intent === 'object') {
      const many = phase === 'ticking' || question?.kind === 'several';
      const options = (ticking?.points ?? question?.options ?? []).length;
      const [marked] = draft.marked;
      const option = 'option' in intent ? intent.option : moved(marked, intent.move, options);
      if (option >= options) return;
      change({ changed: true });
      if (many && 'option' in intent) change({ marked: toggled(draft.marked, option) });
      else if (!many) change({ marked: [option] });
      return;
    }
    switch (intent) {
      case 'quit':
        current.ending = key.ctrl ? 'interrupted' : 'quit';
        act({ type: 'quit', draft: textOf(draft.line) });
        break;
      case 'skip':
      case 'hint':
      case 'next':
        act({ type: intent });
        break;
      case 'submit':
        change({ changed: false });
        if (shown.task) check(shown.task.kata);
        else if (phase === 'ticking')
          act({ type: 'tick', points: draft.marked.map((point) => point + 1) });
        else act({ type: 'answer', given: givenOf(shown, draft) });
        break;
      case 'why':
        change({ why: !draft.why });
        break;
      case 'derivation':
        change({ derivation: !draft.derivation });
        break;
      case 'clear':
        change({ line: emptyLine, changed: true });
        break;
      case 'edit':
        change({ line: edited(draft.line, input, key), changed: true });
        break;
      case 'toggle':
      case 'none':
        break;
    }
  };

  useInput((input, key) => {
    for (const [part, partKey] of keysIn(input, key, view())) {
      if (view().phase === 'done') break;
      press(part, partKey);
    }
    finishWhenDone();
    redraw();
  });

  // Where it is over there is nothing to show: what was shown last stays.
  if (view().phase !== 'done') current.shown = screenNow();
  return <Frame {...current.shown} />;
}

/** What the draft says, as the grader reads it: option numbers from 1, or the typed text. */
const givenOf = ({ question }: CardView, { line, marked }: Draft): string =>
  isChosen(question?.kind ?? 'free') ? marked.map((option) => option + 1).join(',') : textOf(line);

const toggled = (marked: readonly number[], option: number): number[] =>
  (marked.includes(option) ? marked.filter((one) => one !== option) : [...marked, option]).sort(
    (a, b) => a - b,
  );

const moved = (from: number | undefined, by: 1 | -1, options: number): number =>
  from === undefined ? (by === 1 ? 0 : options - 1) : (from + by + options) % options;

/**
 * The keys in one chunk of input. Quick typing and pasting arrive as one: where nothing is typed each
 * character is a key; a chunk that ends with a line break is its text and enter; line breaks inside a
 * paste are spaces.
 */
function keysIn(input: string, key: Key, { question, phase }: CardView): [string, Partial<Key>][] {
  if (input === '\n') return [['', { return: true }]];
  if (key.ctrl || key.meta || key.return || input.length < 2) return [[input, key]];
  const [, text = '', enter = ''] = /^(.*?)([\r\n]*)$/su.exec(input) ?? [];
  const asks = phase === 'asking' && isTyped({ kind: question?.kind ?? 'task', phase });
  const parts = (asks ? [text] : Array.from(text))
    .filter((part) => part !== '')
    .map((part): [string, Partial<Key>] => [part, {}]);
  return enter !== '' && !/[\r\n]/.test(text) ? [...parts, ['', { return: true }]] : parts;
}
