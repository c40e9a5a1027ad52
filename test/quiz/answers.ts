/** For the specs: what a learner would type to give the right answer of a card, or one of its wrong ones. */
import type { Card, Question } from '../../src/quiz/index.js';

const numberOf = (question: Question, option: string): string =>
  String(question.options!.indexOf(option) + 1);

/** The right answer, as typed. */
export function rightAnswer(card: Card, question: Question): string {
  switch (card.kind) {
    case 'choice':
      return numberOf(question, card.answer);
    case 'trap':
      return numberOf(question, card.right);
    case 'several':
      return card.options
        .filter(({ right }) => right)
        .map(({ is }) => numberOf(question, is))
        .join(',');
    case 'number':
      return String(card.answer());
    case 'equation':
      return card.answer;
    case 'shape':
      return `[${card.answer.join(', ')}]`;
    case 'order':
      return card.items.map((item) => numberOf(question, item)).join(' ');
    case 'free':
      return card.model;
  }
}

/** Every known wrong answer, as typed, with the sentence that explains it. */
export function wrongAnswers(
  card: Card,
  question: Question,
): { readonly given: string; readonly because: string }[] {
  switch (card.kind) {
    case 'choice':
    case 'trap':
      return card.wrong.map(({ is, because }) => ({ given: numberOf(question, is), because }));
    case 'number':
      return card.wrong.map(({ is, because }) => ({ given: String(is()), because }));
    case 'equation':
      return (card.wrong ?? []).map(({ is, because }) => ({ given: is, because }));
    case 'shape':
      return (card.wrong ?? []).map(({ is, because }) => ({
        given: `(${is.join(', ')})`,
        because,
      }));
    case 'several':
      // Each option once on the wrong side.
      return card.options.map((flipped) => ({
        given:
          card.options
            .filter((option) => option.right !== (option === flipped))
            .map(({ is }) => numberOf(question, is))
            .join(',') || 'none',
        because: flipped.because,
      }));
    case 'order':
    case 'free':
      return [];
  }
}

/** A wrong answer that can be read, as typed: a known one where there is any. */
export function wrongAnswer(card: Card, question: Question): string {
  const [known] = wrongAnswers(card, question);
  if (known) return known.given;
  switch (card.kind) {
    case 'number':
      return String(3 * card.answer() + 1);
    case 'equation':
      return `7 * (${card.answer.replace(/^[^=]*=/, '')})`;
    case 'shape':
      return `[${[...card.answer, 'B'].join(', ')}]`;
    case 'order':
      return card.items
        .map((item) => numberOf(question, item))
        .reverse()
        .join(' ');
    case 'free':
      return 'I do not know. []';
    default:
      return '';
  }
}
