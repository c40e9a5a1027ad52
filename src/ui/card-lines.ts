/**
 * What stands on the screen of a session: a view and what has been typed so far, as lines, with the keys
 * that work at the bottom.
 */
import { fitted } from './fitted.js';
import { flow, paragraph } from './layout.js';
import { cursorMark, emptyLine, lineOf, textOf, withCursor } from './line-editor.js';
import { footerOf, isChosen, isTyped } from './quiz-keys.js';
import { gradeLines, headLines, hintLines, questionLines, tickLines } from './quiz-text.js';
import { kataText } from './kata-text.js';
import type { CardView } from './card-view.js';
import type { FrameLines } from './frame.js';
import type { Page } from './layout.js';
import type { Line } from './line-editor.js';
import type { Screen } from './quiz-keys.js';
import type { KataReport } from '../kata/index.js';

/** What one screen holds beside the session's state. */
export interface Draft {
  readonly line: Line;
  /** Chosen options or ticked points, from 0. */
  readonly marked: readonly number[];
  readonly why: boolean;
  readonly derivation: boolean;
  /** Lines above the screen, where there are more than it has; undefined until a key says so. */
  readonly scroll?: number | undefined;
  /** Changed since the last answer: what was said of that one no longer stands there. */
  readonly changed: boolean;
  /** When the answer was given. */
  readonly answeredAt: string;
  /** The last check of a task; `running` while it runs. */
  readonly check?: KataReport | 'running';
}

const blank: Draft = {
  ...{ line: emptyLine, marked: [], changed: false },
  ...{ why: false, derivation: false, answeredAt: '' },
};

/** What a new item's screen begins with. */
export const draftFor = ({ draft }: CardView): Draft =>
  draft === undefined ? blank : { ...blank, line: lineOf(draft) };

/** Lines that are seen above what is chosen or typed. */
const above = 8;

/** What of a screen a terminal shows. */
export interface CardScreen extends FrameLines {
  /** Lines above it, and how many there can be. */
  readonly scroll: number;
  readonly most: number;
}

/**
 * The whole screen, or what there is room for below its head; nothing when the session is over. Unless a key scrolled, it
 * shows what was done last: the question, what is typed or chosen, the hint, the grade.
 * @param rows of the terminal
 */
export function cardLines(shown: CardView, draft: Draft, page: Page, rows: number): CardScreen {
  const { question, head, ticking, phase } = shown;
  const screen = screenOf(shown, draft);
  if (!screen) return { lines: [], keys: 0, scroll: 0, most: 0 };
  const asked = question
    ? [
        ...questionLines(question, { ...page, head, marked: ticking ? [] : draft.marked }),
        ...(isChosen(question.kind)
          ? []
          : paragraph(`> ${isTyped(screen) ? withCursor(draft.line) : textOf(draft.line)}`, page)),
        ...(shown.hinted && question.hint !== undefined
          ? ['', ...hintLines(question.hint, page)]
          : []),
      ]
    : [...headLines(head, page), '', ...taskLines(shown, draft, page)];
  const outcome = [
    ...(phase === 'ticking' && ticking ? ['', ...tickLines(ticking, draft.marked, page)] : []),
    ...outcomeLines(shown, draft, page),
  ];
  const below = asked.indexOf('') + 1; // the head
  const touched = draft.marked.length > 0 || !screen.empty;
  const first = ((): number => {
    if (phase !== 'asking') return asked.length + 1 - below;
    if (shown.hinted || outcome.length > 0) return Infinity;
    const at = asked.findIndex((line) => /^ *>/.test(line)); // what is chosen, or typed
    return touched ? Math.max(0, at - below - above) : 0;
  })();
  const foot = (long: boolean): string[] => [
    '',
    ...flow(footerOf(screen, long), page, 2, ' · ').map(page.paint.dim),
  ];
  const panel = [...asked.slice(below), ...outcome];
  const parts = {
    head: asked.slice(0, below - 1),
    panel,
    see: draft.scroll === undefined && phase === 'asking' && touched ? inHand(panel) : undefined,
    foot,
  };
  const seen = fitted(parts, draft.scroll ?? first, page, rows);
  return { ...seen, scroll: seen.from };
}

/** The line that one types in, else the one that is chosen. */
function inHand(panel: readonly string[]): number | undefined {
  const typed = panel.findLastIndex((line) => line.includes(cursorMark));
  const at = typed >= 0 ? typed : panel.findIndex((line) => /^ *>/.test(line));
  return at < 0 ? undefined : at;
}

/** How many lines of a kata's report a screen has room for; `bptt check` shows all of them. */
const reportRoom = 14;

function taskLines({ task }: CardView, { check }: Draft, page: Page): string[] {
  const report =
    check === undefined
      ? []
      : check === 'running'
        ? ['', ...paragraph('checking …', page)]
        : ['', ...kataText(check, page).slice(0, reportRoom)];
  return [...(task?.says ?? []).flatMap((says) => paragraph(says, page)), ...report];
}

export function screenOf(shown: CardView, draft: Draft): Screen | undefined {
  const { question, task, phase, last, hinted, leave } = shown;
  if (phase === 'done' || (!question && !task)) return undefined;
  return {
    kind: question?.kind ?? 'task',
    phase,
    empty: draft.line.characters.length === 0,
    hasHint: question?.hint !== undefined && !hinted,
    hasWhy: question !== undefined && (last?.correct === true || question.kind === 'free'),
    hasDerivation: (last?.links.derivation.length ?? 0) > 0,
    leave,
  };
}

/** The grade of the answer, or why it could not be read. */
function outcomeLines(
  { phase, question, last, ms, unreadable }: CardView,
  draft: Draft,
  page: Page,
): string[] {
  if (phase === 'answered' && last)
    return [
      '',
      ...gradeLines(last, page, {
        ...(ms !== undefined && { ms }),
        now: draft.answeredAt,
        why: draft.why || !last.correct,
        answer: draft.why || question?.kind !== 'free', // a model answer was read while ticking
        derivation: draft.derivation,
      }),
    ];
  return unreadable === undefined || draft.changed
    ? []
    : ['', ...paragraph(`${page.paint.warn('? Not read:')} ${unreadable}`, page)];
}
