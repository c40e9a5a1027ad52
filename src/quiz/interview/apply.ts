/**
 * One event more: how an interview's state follows from what happened. Events of others, malformed ones
 * and those of an item that is not the open one change nothing.
 */
import { gradeAnswer } from '../grade.js';
import { pointsMade } from '../grading/free.js';
import { modelAnswer } from '../grading/model-answer.js';
import type { LogEvent } from '../events.js';
import { followUp, type Item, type ItemResult } from './items.js';
import { interviewCard, interviewQuestionById } from './questions.js';
import type { InterviewState } from './session.js';

/** The state after an event. */
export function applied(state: InterviewState, event: LogEvent): InterviewState {
  const { session, item: place, ms, at } = event;
  const item = state.items[state.results.length];
  if (session !== state.id || place !== state.results.length || !item) return state;
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0) return state;
  switch (event.type) {
    case 'answered':
    case 'explained':
      return answeredState(state, item, event, ms);
    case 'interview-checked':
      if (item.part !== 'code') return state;
      return event.passed === true
        ? withResult(state, { ...kataResult(item, ms), verdict: 'right', says: passedSays(state) })
        : { ...state, attempts: state.attempts + 1, spentMs: ms, startedAt: at };
    case 'interview-skipped': {
      if (typeof event.given === 'string') return unreadState(state, item, event.given, ms);
      const next = withResult(state, skippedResult(state, item, ms));
      const over = next.results.length === next.items.length;
      return { ...next, phase: over ? 'done' : 'asking', startedAt: at };
    }
    case 'interview-paused':
      return { ...state, spentMs: ms, draft: typeof event.draft === 'string' ? event.draft : '' };
    default:
      return state;
  }
}

function answeredState(
  state: InterviewState,
  { id, question }: Item,
  { card: named, given }: LogEvent,
  ms: number,
): InterviewState {
  const card = interviewCard(id);
  if (!question || !card || named !== id || typeof given !== 'string') return state;
  const grade = gradeAnswer(card, question, given);
  return {
    ...withResult(state, {
      ...{ id, kind: card.kind, topic: card.topic, given, ms },
      verdict: grade.correct ? 'right' : 'wrong',
      says: grade.says,
      answer: grade.answer,
      points: card.kind === 'free' ? pointsMade(card, given) : [],
    }),
    last: grade,
  };
}

/** What was given could not be read when it was given; nothing that reads it since makes it an answer. */
function unreadState(
  state: InterviewState,
  { id, question }: Item,
  given: string,
  ms: number,
): InterviewState {
  const card = interviewCard(id);
  if (!question || !card) return state;
  const grade = gradeAnswer(card, question, given);
  return {
    ...withResult(state, {
      ...{ id, kind: card.kind, topic: card.topic, given, ms, verdict: 'unread', points: [] },
      says: grade.readable ? 'It could not be read.' : grade.says,
      answer: grade.answer,
    }),
    last: grade,
  };
}

const kataResult = ({ id }: Item, ms: number) =>
  ({ id, kind: 'kata', topic: null, given: '', answer: '', ms, points: [] }) as const;

const passedSays = ({ attempts }: InterviewState): string =>
  attempts === 0 ? 'Passed at the first check.' : `Passed at check ${attempts + 1}.`;

/** A kata that was tried and given up is wrong; anything else that was skipped is skipped. */
function skippedResult({ attempts }: InterviewState, item: Item, ms: number): ItemResult {
  const card = item.question && interviewCard(item.id);
  if (!card)
    return attempts > 0
      ? { ...kataResult(item, ms), verdict: 'wrong', says: `Not passed in ${attempts} checks.` }
      : { ...kataResult(item, ms), verdict: 'skipped', says: 'Skipped.' };
  return {
    ...{ id: card.id, kind: card.kind, topic: card.topic, given: '', ms },
    ...{ verdict: 'skipped', says: 'Skipped.', points: [] },
    answer: modelAnswer(card),
  };
}

/** The state with one result more and, where the fixed parts are over, the next follow-up. */
function withResult(state: InterviewState, result: ItemResult): InterviewState {
  const results = [...state.results, result];
  const next = results.length < state.items.length ? undefined : nextFollowUp(state, results);
  return {
    ...state,
    results,
    items: next ? [...state.items, next] : state.items,
    phase: 'answered',
    ...{ spentMs: 0, attempts: 0, draft: '' },
    ...{ ticking: undefined, unreadable: undefined, last: undefined },
  };
}

/** The next level's follow-up; a level at which nothing is left to ask is passed over. */
function nextFollowUp(
  { question: id, items, seed }: InterviewState,
  results: readonly ItemResult[],
): Item | undefined {
  const question = interviewQuestionById(id);
  const reached = Math.max(0, ...items.map(({ level }) => level ?? 0));
  for (const level of [1, 2, 3] as const) {
    if (!question || level <= reached) continue;
    const item = followUp(question, level, { items, results, seed });
    if (item) return item;
  }
  return undefined;
}
