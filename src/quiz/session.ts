/**
 * A quiz session as a pure state machine: `step` takes a state, an action and the time, and gives the
 * next state and the events to be logged. The state is plain data. Nothing is kept for later: an answer
 * is an event at the moment it is graded, so quitting afterwards loses nothing. A free answer is graded
 * when its points are ticked; quitting before that takes them as they were proposed. What cannot be read is
 * no answer: it makes no event, and the card stays as due as it was.
 */
import { attempt, elapsed, storable, ticked, type Ticking } from './attempt.js';
import { ourDeck } from './catalogue.js';
import { dayOf } from './day.js';
import type { Card, CardKind } from './card.js';
import { scheduledId, type Deck } from './deck.js';
import { drawCards, type DrawOptions } from './draw.js';
import type { AnsweredEventBody } from './events.js';
import type { Grade } from './grade.js';
import { questionOf, type Question } from './question.js';
import { ratingOf, type Rating } from './rating.js';
import { nextDue, type CardState, type ScheduleOptions } from './schedule.js';
import { seedFor } from './shuffle.js';

export interface SessionOptions extends DrawOptions, ScheduleOptions {
  /** The session's id in its events; by default made from seed and time. */
  readonly id?: string;
}

export interface AskedResult {
  readonly id: string;
  readonly kind: CardKind;
  /** What was asked, without its options. */
  readonly ask: string;
  /** What was given. */
  readonly answer: string;
  /** What is right. */
  readonly right: string;
  readonly correct: boolean;
  readonly grade: Rating;
  /** When the card is asked again: ISO 8601, UTC. */
  readonly due: string;
  /** That, by the learner's calendar: `2026-12-01`. */
  readonly dueOn: string;
  readonly ms: number;
  readonly topic: string;
}

/** An answer that could not be read, where nobody was there to be asked again. */
export interface NotRead {
  readonly id: string;
  /** What was given. */
  readonly answer: string;
  /** Why, in a sentence. */
  readonly says: string;
}

export interface SessionState {
  readonly seed: number;
  readonly id: string;
  readonly questions: readonly Question[];
  /** Of the question on the screen; equals the number of questions when all were asked or skipped. */
  readonly index: number;
  readonly phase: 'asking' | 'ticking' | 'answered' | 'done';
  readonly hinted: boolean;
  /** When the question on the screen appeared: ISO 8601, UTC. */
  readonly startedAt: string;
  readonly results: readonly AskedResult[];
  /** Ids of the questions that were skipped. */
  readonly skipped: readonly string[];
  readonly notRead: readonly NotRead[];
  /** The grade of the question on the screen, while `answered`; one that could not be read has no rating. */
  readonly last?:
    (Grade & Partial<Pick<AskedResult, 'due' | 'dueOn'> & { readonly rating: Rating }>) | undefined;
  /** The answer whose points are to be ticked, while `ticking`. */
  readonly ticking?: Ticking | undefined;
  /** Why the last attempt could not be read; the question is still open. */
  readonly unreadable?: string | undefined;
  /** What the schedule knew of these cards when the session began, by card. */
  readonly known: Readonly<Record<string, CardState>>;
  readonly interviewDate?: string;
}

export type SessionAction =
  | {
      readonly type: 'answer';
      readonly given: string;
      /** Nobody is there to be asked again: an answer that cannot be read is told and left. */
      readonly final?: boolean;
      /** Nobody is there to tick: of a free answer the points that are found count. */
      readonly unticked?: boolean;
    }
  /** The points, from 1, that the free answer just given made. */
  | { readonly type: 'tick'; readonly points: readonly number[] }
  | { readonly type: 'hint' }
  | { readonly type: 'skip' }
  | { readonly type: 'next' }
  /** What is typed and not given yet is lost in a quiz; an interview keeps it. */
  | { readonly type: 'quit'; readonly draft?: string };

type Answer = Extract<SessionAction, { type: 'answer' }>;

export interface Step {
  readonly state: SessionState;
  /** At most one: the answer that was just graded. */
  readonly events: readonly AnsweredEventBody[];
}

/** The longest text of an answer that an event keeps, in characters. */
const longestGiven = 1000;

/** A session at its first question, or `done` when there is nothing to ask. */
export function startSession(options: SessionOptions): SessionState {
  const { seed, states, now, interviewDate } = options;
  const questions = drawCards(options).map((card) => questionOf(card, seedFor(seed, card.id)));
  const known = questions.flatMap(({ id }) => {
    const state = states.get(scheduledId(id));
    return state ? [[state.card, state] as const] : [];
  });
  return {
    seed,
    id: options.id ?? `${now}-${seed}`,
    questions,
    index: 0,
    phase: questions.length === 0 ? 'done' : 'asking',
    hinted: false,
    startedAt: now,
    results: [],
    skipped: [],
    notRead: [],
    known: Object.fromEntries(known),
    ...(interviewDate !== undefined && { interviewDate }),
  };
}

/**
 * The next state, and the events to be logged before it is shown. An action that does not fit the
 * phase changes nothing.
 * @param now ISO 8601, UTC. A clock that went back counts as no time passed.
 * @param deck the one that the session was started with.
 */
export function step(
  state: SessionState,
  action: SessionAction,
  now: string,
  deck: Deck = ourDeck,
): Step {
  const question = state.questions[state.index];
  if (state.phase === 'done' || !question) return { state, events: [] };
  switch (action.type) {
    case 'answer':
      return state.phase === 'asking' ? answer(state, question, action, now, deck) : still(state);
    case 'tick':
      return ticking(state, question, action.points, now, deck);
    case 'hint':
      return state.phase === 'asking' && question.hint !== undefined
        ? still({ ...state, hinted: true })
        : still(state);
    case 'skip':
      return state.phase === 'asking' ? still(skipping(state, question, now)) : still(state);
    case 'next':
      return still(state.phase === 'answered' ? following(state, now) : state);
    case 'quit': {
      const ticks = ticking(state, question, state.ticking?.proposed ?? [], now, deck);
      return { ...ticks, state: { ...ticks.state, phase: 'done' } };
    }
  }
}

const still = (state: SessionState): Step => ({ state, events: [] });

const skipping = (state: SessionState, { id }: Question, now: string): SessionState =>
  following({ ...state, skipped: [...state.skipped, id] }, now);

/** The state at the next question, or done. */
function following(state: SessionState, now: string): SessionState {
  const index = state.index + 1;
  return {
    ...state,
    last: undefined,
    unreadable: undefined,
    index,
    phase: index < state.questions.length ? 'asking' : 'done',
    hinted: false,
    startedAt: now,
  };
}

function answer(
  state: SessionState,
  question: Question,
  { given, final = false, unticked = final }: Answer,
  now: string,
  deck: Deck,
): Step {
  const card = deck.cardById(question.id);
  if (!card) return still(skipping(state, question, now)); // a stored state may name a card of the past
  const ms = elapsed(state.startedAt, now);
  const tried = attempt(card, question, given, { unticked, ms });
  switch (tried.kind) {
    case 'unreadable':
      return still(
        final
          ? leaving(state, card, { grade: tried.grade, given })
          : { ...state, unreadable: tried.grade.says },
      );
    case 'ticking':
      return still({ ...state, unreadable: undefined, phase: 'ticking', ticking: tried.ticking });
    case 'graded':
      return graded(state, card, { grade: tried.grade, given, ms }, now);
  }
}

/** The answer whose points were ticked, graded; a state that waits for no ticks stays as it is. */
function ticking(
  state: SessionState,
  question: Question,
  points: readonly number[],
  now: string,
  deck: Deck,
): Step {
  const card = deck.cardById(question.id);
  if (!state.ticking || state.phase !== 'ticking' || !card) return still(state);
  const { ms } = state.ticking;
  const given = ticked(state.ticking, points);
  const tried = attempt(card, question, given, { unticked: true, ms });
  return tried.kind === 'graded'
    ? graded(state, card, { grade: tried.grade, given, ms }, now)
    : still(state);
}

/** The state after an answer that could not be read and is not asked for again. */
const leaving = (
  state: SessionState,
  card: Card,
  { grade, given }: Pick<Answered, 'grade' | 'given'>,
): SessionState => ({
  ...state,
  unreadable: undefined,
  phase: 'answered',
  last: grade,
  notRead: [
    ...state.notRead,
    { id: card.id, answer: storable(card, given, longestGiven), says: grade.says },
  ],
});

interface Answered {
  readonly grade: Grade;
  readonly given: string;
  readonly ms: number;
}

function graded(
  state: SessionState,
  card: Card,
  { grade, given, ms }: Answered,
  now: string,
): Step {
  const before = state.known[scheduledId(card.id)];
  const { correct } = grade;
  const { hinted } = state;
  const rating = ratingOf(
    { correct, ms, hinted, seen: before !== undefined && before.reps > 0 },
    card,
  );
  const states = new Map(before ? [[before.card, before]] : []);
  const due = nextDue(card.id, rating, states, now, {
    ...(state.interviewDate !== undefined && { interviewDate: state.interviewDate }),
  });
  const dueOn = dayOf(due);
  const text = storable(card, given, longestGiven);
  return {
    state: {
      ...state,
      unreadable: undefined,
      ticking: undefined,
      phase: 'answered',
      last: { ...grade, rating, due, dueOn },
      results: [
        ...state.results,
        {
          id: card.id,
          kind: card.kind,
          ask: card.ask,
          answer: text,
          right: grade.answer,
          correct,
          grade: rating,
          due,
          dueOn,
          ms,
          topic: card.topic,
        },
      ],
    },
    events: [
      {
        ...{ type: 'answered', at: now, card: card.id, rating, correct, ms, hinted, given: text },
        session: state.id,
      } as const,
    ],
  };
}
