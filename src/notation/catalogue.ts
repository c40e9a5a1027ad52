/** All equations, and one by its id. */
import { attentionEquations } from './attention.js';
import { bidirectionalEquations } from './bidirectional.js';
import { coupledEquations } from './coupled.js';
import type { Equation } from './equation.js';
import { gruResetAfterEquations } from './gru-reset-after.js';
import { gruEquations } from './gru.js';
import { lstmEquations } from './lstm.js';
import { peepholeEquations, peepholeForgetEquations } from './peephole.js';
import { rnnEquations } from './rnn.js';
import { trainingEquations } from './training.js';

const all = [
  ...rnnEquations,
  ...lstmEquations,
  ...gruEquations,
  ...peepholeEquations,
  ...peepholeForgetEquations,
  ...coupledEquations,
  ...gruResetAfterEquations,
  ...bidirectionalEquations,
  ...attentionEquations,
  ...trainingEquations,
] as const;

/**
 * The ids of all equations, e.g. `lstm.forget-gate`: the first column of the tables in docs/notation.md.
 * @useDeclaredType
 */
export type EquationId = (typeof all)[number]['id'];

/** Every equation: rnn, lstm, gru, then the variants and layers, attention, training; within a cell forward, backward, parameters. */
export const equations: readonly Equation<EquationId>[] = all;

const byId: ReadonlyMap<string, Equation<EquationId>> = new Map(all.map((eq) => [eq.id, eq]));

/** The equation of an id, or undefined if there is none. */
export const equationById = (id: string): Equation<EquationId> | undefined => byId.get(id);

/** The equation with this id. @throws {RangeError} if there is none. */
export function equationOf(id: string): Equation<EquationId> {
  const equation = equationById(id);
  if (!equation) throw new RangeError(`There is no equation ${id}.`);
  return equation;
}
