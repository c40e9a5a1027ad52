/** What an interview came to: plain data for the screen, Markdown and `--json`. */
import type { InterviewState } from './session.js';
import { dayOf } from '../day.js';
import { lessonOf } from '../links.js';
import { partKinds, type InterviewQuestion, type PartKind } from './question.js';
import type { ItemResult } from './items.js';
import { interviewCard, interviewQuestionById } from './questions.js';
import type { TopicScore } from '../report.js';

export interface ItemReport extends ItemResult {
  /** What was asked; for a kata, its id. */
  readonly ask: string;
  /** What there was to choose from, in the order shown; empty where one types. */
  readonly options: readonly string[];
  /** Of a follow-up: 1, 2, 3. */
  readonly level: number | null;
  /** Of a follow-up: what was missed and led to it. */
  readonly because: string | null;
}

export interface PartReport {
  readonly part: PartKind;
  /** What an interviewer would give. */
  readonly minutes: number;
  readonly ms: number;
  /** Past the minutes: told, and of no consequence. */
  readonly overMs: number;
  /** Points made, of a rubric, or items right; what was skipped counts as not made. */
  readonly right: number;
  readonly of: number;
  readonly items: readonly ItemReport[];
}

export interface InterviewReport {
  readonly version: 1;
  readonly id: string;
  /** The same question and seed ask the same again, given the same answers. */
  readonly seed: number;
  /** When it began: ISO 8601, UTC. */
  readonly at: string;
  /** That day, by the learner's calendar: `2026-12-01`. */
  readonly date: string;
  readonly finished: boolean;
  readonly question: { readonly id: string; readonly title: string; readonly ask: string };
  /** Those that were reached. */
  readonly parts: readonly PartReport[];
  readonly byTopic: readonly TopicScore[];
  /** Points of the explanation that were not made. */
  readonly missed: readonly string[];
  /** The first follow-up that was not answered right. */
  readonly broke: string | null;
  /** Commands, the most useful first. */
  readonly next: readonly string[];
}

/** An interview that can be gone on with. */
export interface PausedReport {
  /** Its id. */
  readonly question: string;
  readonly title: string;
  /** The day it began, by the learner's calendar: `2026-12-01`. */
  readonly date: string;
  /** Items that are behind, answered or skipped. */
  readonly done: number;
  /** The part that it goes on with. */
  readonly part: PartKind;
}

/** Where an interview that is not done was left. */
export const pausedReport = (state: InterviewState): PausedReport => ({
  question: state.question,
  title: interviewQuestionById(state.question)!.title, // no state is made without one
  date: dayOf(state.at),
  done: state.results.length,
  part: state.items[state.results.length]!.part,
});

/** The report of an interview, finished or not. */
export function interviewReport(state: InterviewState): InterviewReport {
  const question = interviewQuestionById(state.question)!; // no state is made without one
  const items = state.results.map((result, k) => itemReport(state, result, k));
  const parts = partKinds
    .map((part) =>
      partReport(
        part,
        question,
        items.filter((_, k) => state.items[k]?.part === part),
      ),
    )
    .filter(({ items: reached }) => reached.length > 0);
  const finished = state.phase === 'done';
  return {
    version: 1,
    id: state.id,
    seed: state.seed,
    at: state.at,
    date: dayOf(state.at),
    finished,
    question: { id: question.id, title: question.title, ask: question.explain.ask },
    parts,
    byTopic: scores(items),
    missed: (items[0]?.points ?? []).filter(({ made }) => !made).map(({ point }) => point),
    broke: items.find(({ level, verdict }) => level !== null && verdict !== 'right')?.ask ?? null,
    next: nextCommands(items, state),
  };
}

const itemReport = ({ items }: InterviewState, result: ItemResult, k: number): ItemReport => {
  const { question, level, because } = items[k]!;
  return {
    ...result,
    ask: question?.ask ?? result.id,
    options: question?.options ?? [],
    level: level ?? null,
    because: because ?? null,
  };
};

function partReport(
  part: PartKind,
  { minutes }: InterviewQuestion,
  items: readonly ItemReport[],
): PartReport {
  const sum = (of: (item: ItemReport) => number): number =>
    items.reduce((total, item) => total + of(item), 0);
  const ms = sum((item) => item.ms);
  return {
    part,
    minutes: minutes[part],
    ms,
    overMs: Math.max(0, ms - minutes[part] * 60_000),
    right: sum(({ points, verdict }) =>
      points.length > 0 ? points.filter(({ made }) => made).length : Number(verdict === 'right'),
    ),
    of: sum(({ id }) => rubricOf(id)),
    items,
  };
}

/** How much an item counts: the points of a free answer, else one. */
function rubricOf(id: string): number {
  const card = interviewCard(id);
  return card?.kind === 'free' ? card.rubric.length : 1;
}

/** Right of all that was answered, by the cards' topics. */
function scores(items: readonly ItemReport[]): TopicScore[] {
  const byTopic = new Map<string, TopicScore>();
  for (const { topic, verdict } of items) {
    if (topic === null || verdict === 'skipped' || verdict === 'unread') continue;
    const { asked, right } = byTopic.get(topic) ?? { asked: 0, right: 0 };
    byTopic.set(topic, { topic, asked: asked + 1, right: right + Number(verdict === 'right') });
  }
  return [...byTopic.values()];
}

function nextCommands(items: readonly ItemReport[], { begun, phase }: InterviewState): string[] {
  const missed = items.filter(({ verdict }) => verdict !== 'right');
  const lessons = missed.flatMap(({ id }) => {
    const card = interviewCard(id);
    const lesson = card ? lessonOf(card) : null;
    return lesson === null ? [] : [`bptt learn ${lesson}`];
  });
  const katas = missed.flatMap(({ id, kind }) => (kind === 'kata' ? [`bptt check ${id}`] : []));
  // What left nothing in the log cannot be resumed.
  const open = begun && phase !== 'done';
  return [
    ...(open ? ['bptt interview --resume'] : []),
    ...new Set([...lessons, ...katas]),
    ...(open ? [] : ['bptt interview']),
  ];
}
