/** Judges an answer: which card was asked, what was typed. Never throws, whatever was typed. */
import type { Card } from './card.js';
import { gradeChoice, gradeSeveral } from './grading/choice.js';
import { gradeEquation } from './grading/equation.js';
import { gradeFree } from './grading/free.js';
import { gradeNumber } from './grading/number.js';
import { gradeOrder } from './grading/order.js';
import { gradeShape } from './grading/shape.js';
import type { Judged } from './grading/judged.js';
import { modelAnswer } from './grading/model-answer.js';
import { linksOf, type Links } from './links.js';
import type { Question } from './question.js';

export interface Grade {
  readonly correct: boolean;
  /** Why, in a sentence; for a known wrong answer, why it is believed and what is wrong with it. */
  readonly says: string;
  /** The right answer, to be shown. */
  readonly answer: string;
  readonly explain: string;
  /** Where to go on from here. */
  readonly links: Links;
  /** False: it could not be read. That is not an answer: `says` tells what to type instead. */
  readonly readable: boolean;
}

/** The longest answer that is looked at, in characters. */
const longest = 5_000;

/**
 * Judges what was given: the number or text of an option (`2`, `1,3`), a number with or without a unit,
 * an expression, a shape (`[H, H+D]`, `H x (H+D)`), an order (`3 1 2`), or sentences,
 * which may end with the points that the learner ticked (`[1 3]`).
 * @param question the card's question: its options are the ones the numbers name.
 */
export function gradeAnswer(card: Card, question: Question, given: string): Grade {
  const judged: Judged =
    given.length > longest
      ? { kind: 'unreadable', says: `An answer has at most ${longest} characters.` }
      : judge(card, question, given.trim());
  return {
    correct: judged.kind === 'right',
    says: judged.says,
    answer: modelAnswer(card),
    explain: card.explain,
    links: linksOf(card),
    readable: judged.kind !== 'unreadable',
  };
}

function judge(card: Card, question: Question, given: string): Judged {
  const { options = [] } = question;
  if (given === '' && options.length === 0)
    return { kind: 'unreadable', says: 'The answer is empty.' };
  switch (card.kind) {
    case 'choice':
      return gradeChoice(card.answer, card.wrong, options, given);
    case 'trap':
      return gradeChoice(card.right, card.wrong, options, given);
    case 'several':
      return gradeSeveral(card, options, given);
    case 'number':
      return gradeNumber(card, given);
    case 'equation':
      return gradeEquation(card, given);
    case 'shape':
      return gradeShape(card, given);
    case 'order':
      return gradeOrder(card, options, given);
    case 'free':
      return gradeFree(card, given);
  }
}
