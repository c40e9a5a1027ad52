/** For the specs: a quiz session and an interview at their first question, at one instant, and right and wrong answers. */
import {
  cardById,
  currentItem,
  interviewCard,
  interviewQuestions,
  startInterview,
  startSession,
  type InterviewState,
  type SessionOptions,
  type SessionState,
} from '../../src/quiz/index.js';
import { rightAnswer, wrongAnswer } from './answers.js';

export const start = Date.parse('2026-11-20T09:00:00.000Z');
export const iso = (ms: number): string => new Date(ms).toISOString();
export const now = iso(start);

/** Six cards of a log in which nothing was answered, unless told otherwise. */
export const session = (more: Partial<SessionOptions> = {}): SessionState =>
  startSession({ seed: 7, count: 6, states: new Map(), now, id: 's1', ...more });

/** The right answer to the question on the screen. */
export const rightInQuiz = ({ questions, index }: SessionState): string => {
  const question = questions[index];
  return question ? rightAnswer(cardById(question.id)!, question) : '1';
};

/** The k-th interview question. */
export const interview = (seed = 7, k = 0): InterviewState =>
  startInterview(interviewQuestions[k]!, { id: 'i1', seed, at: now });

/** The right answer to the open item; nothing for a kata. */
export const rightInInterview = (state: InterviewState): string => {
  const { question } = currentItem(state) ?? {};
  return question ? rightAnswer(interviewCard(question.id)!, question) : '';
};

/** A wrong answer to the open item; nothing for a kata. */
export const wrongInInterview = (state: InterviewState): string => {
  const { question } = currentItem(state) ?? {};
  return question ? wrongAnswer(interviewCard(question.id)!, question) : '';
};
