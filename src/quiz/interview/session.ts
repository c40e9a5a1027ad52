/**
 * An interview as a pure state machine. What happened is a list of events, the state their fold: `step`
 * decides which events an action makes and folds them in, log.ts folds those of the log, so that an
 * interview that was left, or cut off by a crash, goes on where it was. The clock of an item runs while it
 * is being answered, not while a grade or a model answer is read.
 */
import { attempt, elapsed, storable, ticked, type Ticking } from '../attempt.js';
import { gradeAnswer, type Grade } from '../grade.js';
import { cardById } from '../catalogue.js';
import { ratingOf } from '../rating.js';
import type { SessionAction } from '../session.js';
import { applied } from './apply.js';
import type { BeganEvent, InterviewEventBody } from './events.js';
import { fixedItems, type Item, type ItemResult } from './items.js';
import { interviewCard } from './questions.js';
import type { InterviewQuestion } from './question.js';

export interface InterviewState {
  readonly id: string;
  readonly seed: number;
  /** The id of the question. */
  readonly question: string;
  /** When it began: ISO 8601, UTC. */
  readonly at: string;
  /** Is it in the log? Nothing is written before the first answer. */
  readonly begun: boolean;
  /** What is asked, as far as it is known; the last one is open unless all is over. */
  readonly items: readonly Item[];
  /** Of the first items, in order. */
  readonly results: readonly ItemResult[];
  readonly phase: 'asking' | 'ticking' | 'answered' | 'paused' | 'done';
  /** When the open item appeared, in this sitting. */
  readonly startedAt: string;
  /** Time on the open item before that, in ms. */
  readonly spentMs: number;
  /** Checks of the open kata that failed. */
  readonly attempts: number;
  /** What was typed for the open item when the interview was left. */
  readonly draft: string;
  readonly ticking?: Ticking | undefined;
  readonly unreadable?: string | undefined;
  /** While `answered`; absent for a kata. */
  readonly last?: Grade | undefined;
}

export interface InterviewStep {
  readonly state: InterviewState;
  /** To be logged before the state is shown. */
  readonly events: readonly InterviewEventBody[];
}

/** The longest text of an answer that is kept and graded, in characters. */
const longestGiven = 5000;

/** An interview at its first item. `at` is now: ISO 8601, UTC. */
export const startInterview = (
  question: InterviewQuestion,
  { id, seed, at }: { readonly id: string; readonly seed: number; readonly at: string },
): InterviewState => ({
  ...{ id, seed, at, question: question.id, begun: false },
  ...{ items: fixedItems(question, seed), results: [], phase: 'asking' },
  ...{ startedAt: at, spentMs: 0, attempts: 0, draft: '' },
});

/** The item on the screen: the open one or, while `answered`, the one before. */
export const currentItem = ({ items, results, phase }: InterviewState): Item | undefined =>
  items[phase === 'answered' ? results.length - 1 : results.length];

/** The time on the open item so far, in ms. */
export const spentOn = ({ phase, startedAt, spentMs }: InterviewState, now: string): number =>
  phase === 'asking' ? spentMs + elapsed(startedAt, now) : spentMs;

/**
 * The next state, and the events to be logged before it is shown. An action that does not fit the phase
 * changes nothing; neither does a hint: an interview has none.
 * @param now ISO 8601, UTC. A clock that went back counts as no time passed.
 */
export function interviewStep(
  state: InterviewState,
  action: SessionAction,
  now: string,
): InterviewStep {
  const still = (next = state): InterviewStep => ({ state: next, events: [] });
  const asking = state.phase === 'asking';
  switch (action.type) {
    case 'answer':
      return asking ? answer(state, action, now) : still();
    case 'tick':
      return state.ticking ? answered(state, ticked(state.ticking, action.points), now) : still();
    case 'skip':
      return asking ? emit(state, now, { type: 'interview-skipped' }) : still();
    case 'next':
      return still(state.phase === 'answered' ? opened(state, now) : state);
    case 'hint':
      return still();
    case 'quit':
      return paused(state, action.draft ?? '', now);
  }
}

/** The state after a check of the open kata; any other state stays as it is. */
export function kataChecked(state: InterviewState, passed: boolean, now: string): InterviewStep {
  const item = currentItem(state);
  return state.phase === 'asking' && item?.part === 'code'
    ? emit(state, now, { type: 'interview-checked', passed })
    : { state, events: [] };
}

/** The state in which the next item is open, or done. */
export const opened = (state: InterviewState, now: string): InterviewState => ({
  ...state,
  phase: state.results.length < state.items.length ? 'asking' : 'done',
  startedAt: now,
  last: undefined,
});

function answer(
  state: InterviewState,
  { given: typed, final = false, unticked = final }: Extract<SessionAction, { type: 'answer' }>,
  now: string,
): InterviewStep {
  const { question } = currentItem(state) ?? {};
  const card = question && interviewCard(question.id);
  if (!question) return { state, events: [] }; // a kata takes no answer
  if (!card) return emit(state, now, { type: 'interview-skipped' });
  const given = storable(card, typed, longestGiven);
  const tried = attempt(card, question, given, { unticked, ms: spentOn(state, now) });
  switch (tried.kind) {
    case 'unreadable':
      return final
        ? emit(state, now, { type: 'interview-skipped', given })
        : { state: { ...state, unreadable: tried.grade.says }, events: [] };
    case 'ticking': {
      const { ticking } = tried;
      const next = { ...state, phase: 'ticking', ticking, unreadable: undefined } as const;
      return { state: { ...next, spentMs: ticking.ms }, events: [] };
    }
    case 'graded':
      return answered(state, given, now);
  }
}

/** The open item with a readable or final answer: an event of the quiz or of the interview's own. */
function answered(state: InterviewState, given: string, now: string): InterviewStep {
  const { question } = currentItem(state) ?? {};
  const card = question && interviewCard(question.id);
  if (!card) return { state, events: [] };
  if (!cardById(card.id)) return emit(state, now, { type: 'explained', card: card.id, given });
  const ms = spentOn(state, now);
  const { correct } = gradeAnswer(card, question, given);
  const rating = ratingOf({ correct, ms, hinted: false }, card);
  return emit(state, now, {
    ...{ type: 'answered', card: card.id, rating, correct, hinted: false, given },
  });
}

function paused(state: InterviewState, draft: string, now: string): InterviewStep {
  const leave = ({ state: last, events }: InterviewStep): InterviewStep => ({
    state: { ...last, phase: last.phase === 'done' ? 'done' : 'paused' },
    events,
  });
  // An answer that is not ticked yet is a draft again: nobody but the learner says which points it made.
  const typed = state.ticking?.given ?? draft;
  const open = state.phase === 'asking' || state.phase === 'ticking';
  if (!open || (!state.begun && typed === '')) return leave({ state, events: [] });
  return leave(emit(state, now, { type: 'interview-paused', draft: typed }));
}

/** The event of the open item, completed, and the state it leads to. */
function emit(
  state: InterviewState,
  now: string,
  body: { readonly type: InterviewEventBody['type']; readonly [field: string]: unknown },
): InterviewStep {
  const { id: session, question, seed, at } = state;
  const began: BeganEvent = { type: 'interview-began', at, session, question, seed };
  const ofItem = { at: now, session, item: state.results.length, ms: spentOn(state, now) };
  const event = { ...body, ...ofItem } as InterviewEventBody;
  return {
    state: applied({ ...state, begun: true }, event),
    events: state.begun ? [event] : [began, event],
  };
}
