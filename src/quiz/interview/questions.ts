/** All interview questions, the source's own first, and one by its id. */
import type { Card } from '../card.js';
import { cardById } from '../catalogue.js';
import { attentionQuestions } from './content-attention.js';
import { practiceQuestions } from './content-practice.js';
import { recurrentQuestions } from './content-recurrent.js';
import type { InterviewQuestion, Source } from './question.js';

/** Every interview question, in an order that builds up. */
export const interviewQuestions: readonly InterviewQuestion[] = [
  ...recurrentQuestions,
  ...attentionQuestions,
  ...practiceQuestions,
];

/** The question of an id, or undefined if there is none. */
export const interviewQuestionById = (id: string): InterviewQuestion | undefined =>
  interviewQuestions.find((one) => one.id === id);

/** Every card or id that a question may ask, in no particular order. */
export const sourcesOf = (question: InterviewQuestion): Source[] => {
  const asked = [...question.derive, ...question.complexity];
  const probes = [...question.probes, ...asked.map(({ ifMissed }) => ifMissed)];
  return [
    question.explain,
    ...asked.map(({ ask }) => ask),
    ...probes.flatMap((probe) => (probe ? [probe[1]] : [])),
    ...question.otherwise.flat(),
  ];
};

/** Cards that stand in an interview question and not in the quiz. */
const inline: ReadonlyMap<string, Card> = new Map(
  interviewQuestions
    .flatMap(sourcesOf)
    .filter((one) => typeof one !== 'string')
    .map((one) => [one.id, one]),
);

/** A card that an interview asks, by its id: an interview's own, or one of the quiz. */
export const interviewCard = (id: string): Card | undefined => inline.get(id) ?? cardById(id);
