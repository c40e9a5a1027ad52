/** The predictions of a memory step as a view: question after question, without a grade before it is measured. */
import type { CardView } from './card-view.js';
import type { PredictingState } from '../walk/memory/index.js';

/** @param place of the step in its walk, from 0, and how many there are */
export const predictView =
  (place: number, of: number) =>
  ({ step, questions, given, left, unreadable }: PredictingState): CardView => {
    const question = left ? undefined : questions[given.length];
    return {
      head: [
        `walk memory · ${place + 1} of ${of} · predict first`,
        question === undefined ? '' : `${given.length + 1} of ${questions.length}`,
      ],
      place: given.length,
      phase: question === undefined ? 'done' : 'asking',
      question: question && { ...question, ask: `${step.title}\n\n${question.ask}` },
      hinted: false,
      unreadable,
      leave: 'stop',
    };
  };
