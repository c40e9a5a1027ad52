/**
 * The questions of one step of the memory walk as a pure state machine: predictions are taken one after the
 * other, each an event at once, and none is shown right or wrong before all are made and it was measured.
 */
import { questionOf } from '../../quiz/question.js';
import { gradeAnswer } from '../../quiz/grade.js';
import { predictionCards, truthOf, type Truth } from './cards.js';
import { askedIn, type MemoryStep } from './steps.js';
import type { Grade, Question, SessionAction } from '../../quiz/index.js';
import type { Prediction, PredictedEvent } from './predictions.js';

export interface PredictingState {
  readonly step: MemoryStep;
  readonly questions: readonly Question[];
  /** What was typed, question by question; what was predicted on an earlier day comes first. */
  readonly given: readonly string[];
  /** Why the last attempt could not be read; the question is still open unless nobody was there to be asked again. */
  readonly unreadable?: string | undefined;
  /** Left before all was predicted. */
  readonly left: boolean;
}

export interface PredictingStep {
  readonly state: PredictingState;
  /** At most one. */
  readonly events: readonly PredictedEvent[];
}

/** The longest prediction that is kept, in characters. */
const longest = 100;

/** @param given what was predicted before, from the first question on */
export const startPredicting = (
  step: MemoryStep,
  given: readonly string[] = [],
): PredictingState => ({
  step,
  questions: predictionCards(step, truthOf(step)).map((card) => questionOf(card, 0)),
  given,
  left: false,
});

/** The question that is open; undefined when all are predicted, or it was left. */
export const openQuestion = ({ questions, given, left }: PredictingState): Question | undefined =>
  left ? undefined : questions[given.length];

/** The next state. Skipping is a prediction too: none. An action that does not fit changes nothing. */
export function predictStep(state: PredictingState, action: SessionAction): PredictingStep {
  if (!openQuestion(state)) return { state, events: [] };
  switch (action.type) {
    case 'answer': {
      const taken = taking(state, action.given);
      const { readable, says } = judged(state.step, taken.state.given, truthOf(state.step)).at(
        -1,
      )!.grade;
      if (readable) return taken;
      return action.final === true
        ? { state: { ...taken.state, unreadable: says }, events: [] } // told, and no prediction
        : { state: { ...state, unreadable: says }, events: [] };
    }
    case 'skip':
      return taking(state, '');
    case 'quit':
      return { state: { ...state, left: true }, events: [] };
    default:
      return { state, events: [] };
  }
}

function taking(before: PredictingState, given: string): PredictingStep {
  const kept = Array.from(given.trim())
    .slice(0, longest)
    .join('')
    .replace(/\p{Surrogate}/gu, '\ufffd');
  const state = { ...before, given: [...before.given, kept], unreadable: undefined };
  const { of, correct } = judged(state.step, state.given, truthOf(state.step)).at(-1)!;
  return {
    state,
    events: [{ type: 'predicted', mode: state.step.id, of, given: kept, correct }],
  };
}

/** A prediction with its grade. */
export interface Judged extends Prediction {
  readonly grade: Grade;
}

/** Predictions held against what was measured, in the order in which they are asked. */
export function judged(step: MemoryStep, given: readonly string[], truth: Truth): Judged[] {
  const cards = predictionCards(step, truth);
  return askedIn(step)
    .slice(0, given.length)
    .map((of, n) => {
      const grade = gradeAnswer(cards[n]!, questionOf(cards[n]!, 0), given[n]!);
      return { of, given: given[n]!, correct: grade.correct, grade };
    });
}
