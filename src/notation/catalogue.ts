/** All equations, and one by its id. */
import type { Equation } from './equation.js';
import { gruEquations } from './gru.js';
import { lstmEquations } from './lstm.js';
import { rnnEquations } from './rnn.js';

const all = [...rnnEquations, ...lstmEquations, ...gruEquations] as const;

export type EquationId = (typeof all)[number]['id'];

/** Every equation: rnn, lstm, gru; within a cell forward, backward, parameters. */
export const equations: readonly Equation<EquationId>[] = all;

const byId: ReadonlyMap<string, Equation<EquationId>> = new Map(all.map((eq) => [eq.id, eq]));

/** The equation of an id, or undefined if there is none. */
export const equationById = (id: string): Equation<EquationId> | undefined => byId.get(id);
