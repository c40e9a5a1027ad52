/** A generated number card: its wrong answers are those that differ for the numbers that were drawn. */
import { card, type NumberCard, type Wrong } from '../card.js';
import { distinct, type Making } from '../generator.js';

/** What a generated number card needs; tolerance: relative, unless it is given 1e-6, and whole numbers exact. */
export interface DrawnNumber {
  readonly ask: string;
  readonly answer: () => number;
  readonly unit?: string;
  readonly tolerance?: number;
  readonly wrong: readonly Wrong<() => number>[];
  readonly explain: string;
  readonly hint?: string;
}

/** The card. The tolerance that it grades with is the one that its wrong answers are told apart with. */
export const drawnNumber = ({ id, about }: Making, spec: DrawnNumber): NumberCard => {
  const tolerance = spec.tolerance ?? (Number.isInteger(spec.answer()) ? 1e-9 : 1e-6);
  const wrong = distinct(spec.answer, spec.wrong, tolerance);
  return card.number(id, { ...about, ...spec, tolerance, wrong });
};
