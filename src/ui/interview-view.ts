/** An interview's state as a view: the part one is in, its clock, and the follow-up's reason. */
import { clock } from './numbers.js';
import type { CardView } from './card-view.js';
import type { InterviewQuestion, InterviewState, Item, PartKind, Question } from '../quiz/index.js';

/** What the view reads beside the state: handed in, as this room computes nothing. */
export interface InterviewFacts {
  readonly question: InterviewQuestion;
  readonly item: Item | undefined;
  /** Time on the open item so far, in ms; undefined in a pipe, where no clock is shown. */
  readonly spent: number | undefined;
  /** The file in which the kata is written; undefined without a workspace and somebody who edits in it: then it can only be skipped. */
  readonly file: string | undefined;
}

/** The view; `done` also when the interview was left. */
export function interviewView(state: InterviewState, facts: InterviewFacts): CardView {
  const { item, question } = facts;
  const over = state.phase === 'done' || state.phase === 'paused' || !item;
  return {
    head: item ? [place(state, item), timeText(state, item, facts)] : ['', ''],
    place: item ? state.items.indexOf(item) : state.items.length,
    phase: over ? 'done' : state.phase,
    question: item?.question && asked(item, item.question),
    task: item?.part === 'code' ? taskOf(question, facts) : undefined,
    hinted: false,
    unreadable: state.unreadable,
    ticking: state.ticking,
    last: state.last,
    ms: state.results.at(-1)?.ms,
    draft: state.draft === '' ? undefined : state.draft,
    leave: 'pause',
  };
}

/** `interview · derive 2 of 3 · gradients · equation`. */
function place({ items }: InterviewState, item: Item): string {
  const ofPart = items.filter(({ part }) => part === item.part);
  const of = item.level === undefined ? ofPart.length : 3;
  const number = item.level ?? ofPart.indexOf(item) + 1;
  const what = item.question
    ? ` · ${item.question.topic} · ${item.question.kind}`
    : ` · ${item.id}`;
  return `interview · ${item.part}${of > 1 ? ` ${number} of ${of}` : ''}${what}`;
}

/** The clock of the part: `3:10 of 8:00`, `9:05 of 8:00, over`; of the whole part, earlier items included. */
function timeText(
  { items, results }: InterviewState,
  { part }: Item,
  { question, spent }: InterviewFacts,
): string {
  const given = question.minutes[part] * 60_000;
  if (spent === undefined) return `${question.minutes[part]} min`;
  const before = results.reduce((sum, { ms }, k) => sum + (items[k]?.part === part ? ms : 0), 0);
  return `${clock(before + spent)} of ${clock(given)}${before + spent > given ? ', over' : ''}`;
}

const asked = ({ because }: Item, question: Question): Question =>
  because === undefined
    ? question
    : { ...question, ask: `You left out: ${because}.\n\n${question.ask}` };

function taskOf({ code }: InterviewQuestion, { file }: InterviewFacts): CardView['task'] {
  const says = file
    ? [
        `Write ${file} in your editor, then press enter here.`,
        `For an empty stub: bptt reset ${code} in another terminal; bptt undo ${code} brings yours back.`,
      ]
    : [
        `Here an interviewer would have you write ${code}. It is skipped: it needs a terminal and a workspace.`,
        `bptt init makes a workspace; there, bptt check ${code} checks your file.`,
      ];
  return { kata: code, says };
}

/** Verdicts as they are told. */
export const verdictNames = {
  ...{ right: 'right', wrong: 'wrong', skipped: 'skipped', unread: 'not read' },
} as const;

/** Parts as they are told. */
export const partNames: Readonly<Record<PartKind, string>> = {
  explain: 'explain',
  derive: 'derive',
  code: 'code',
  complexity: 'complexity',
  'follow-up': 'follow-ups',
};
