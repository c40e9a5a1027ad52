/**
 * An equation as data: text, not a tree, so it can be cloned, sent and stored. Ours are written down unread, since
 * reading loads the parser; that each is one (every name known and declared, every shape fitting) a spec proves.
 */
import { calculate } from './calculate.js';
import { NotationError } from './error.js';
import { hasShape, pointFor } from './point.js';
import { read } from './read.js';
import { isShape, shapeInWords, type Shape } from './shape.js';
import { symbolRow } from './symbols.js';
import { namesIn, type Statement } from './term.js';

/** The cells that have equations: the engine's kinds. */
export type CellName =
  | 'rnn'
  | 'lstm'
  | 'gru'
  | 'lstm-peephole'
  | 'lstm-peephole-forget'
  | 'lstm-coupled'
  | 'gru-reset-after';

/** What an equation is about: a cell, a layer made of cells, attention, or how a model is trained. */
export type Subject = CellName | 'bidirectional' | 'attention' | 'training';

export interface Equation<Id extends string = string> {
  readonly id: Id;
  readonly cell: Subject;
  /** One phrase: what the equation says. */
  readonly says: string;
  /** The shape of every symbol, the left side included: { f: ['H'], Wf: ['H', 'H+D'] }. */
  readonly symbols: Readonly<Record<string, Shape>>;
  /** mathjs syntax: `*` matrix product, `.*` element by element, `'` transpose, `[a; b]` a above b. */
  readonly is: string;
  /** The name on the left side. */
  readonly defines: string;
}

export interface EquationSpec {
  readonly says: string;
  readonly symbols: Readonly<Record<string, Shape>>;
  readonly is: string;
}

const subjects: Readonly<Record<Subject, true>> = {
  rnn: true,
  lstm: true,
  gru: true,
  'lstm-peephole': true,
  'lstm-peephole-forget': true,
  'lstm-coupled': true,
  'gru-reset-after': true,
  bidirectional: true,
  attention: true,
  training: true,
};
const cells: readonly string[] = Object.keys(subjects);

/** Terms already read, by equation: reading again gives the same, only later. */
const statements = new WeakMap<Equation, Statement>();

/** The equation's right side as a term, and its left side. @throws NotationError `unreadable`. */
export function statementOf(eq: Equation): Statement {
  let statement = statements.get(eq);
  if (!statement) statements.set(eq, (statement = read(eq.is)));
  return statement;
}

/** The name before the first `=`. */
const leftSide = /^\s*(\w+)\s*=/;

/** An equation as it is written; the cell is the first word of the id, e.g. `lstm.forget-gate`. */
export const equation = <const Id extends string>(
  id: Id,
  { says, symbols, is }: EquationSpec,
): Equation<Id> => ({
  id,
  cell: id.split('.', 1)[0] as Subject,
  says,
  symbols,
  is,
  defines: leftSide.exec(is)?.[1] ?? '',
});

/**
 * An equation that is known to be one.
 * @throws NotationError `unreadable` or `badEquation` when it is not.
 */
export function checkedEquation<const Id extends string>(id: Id, spec: EquationSpec): Equation<Id> {
  const bad = (says: string) => new NotationError('badEquation', `Equation ${id}: ${says}`);
  const eq = equation(id, spec);
  const { symbols } = eq;
  if (!cells.includes(eq.cell)) throw bad(`the id must begin with ${cells.join(', ')} and a dot.`);
  for (const [name, shape] of Object.entries(symbols)) {
    if (!symbolRow(name)) throw bad(`${name} is not in the symbol table.`);
    if (!isShape(shape)) throw bad(`${name} has no readable shape.`);
  }
  const { defines, term } = statementOf(eq);
  if (defines === undefined) throw bad('the left side is missing.');
  for (const name of [defines, ...namesIn(term)])
    if (!Object.hasOwn(symbols, name)) throw bad(`${name} is used but not declared.`);
  if (namesIn(term).includes(defines)) throw bad(`${defines} stands on both sides.`);

  // One calculation at a random point shows whether the shapes fit.
  const point = pointFor(symbols, 1, 0);
  try {
    const value = calculate(term, { ...point, lenient: false });
    const wanted = symbols[defines]!;
    if (!hasShape(value, wanted, point.dims))
      throw bad(`the right side is not ${shapeInWords(wanted)}.`);
  } catch (fault) {
    if (fault instanceof NotationError && fault.problem === 'wrongShape') throw bad(fault.message);
    throw fault;
  }
  return eq;
}
