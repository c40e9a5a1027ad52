/** The equations as data: the table of contents of this room. */
export type { Shape, Value } from './shape.js';
export { NotationError, type NotationProblem } from './error.js';
export {
  checkedEquation,
  equation,
  type CellName,
  type Equation,
  type EquationSpec,
  type Subject,
} from './equation.js';
export { equationById, equationOf, equations, type EquationId } from './catalogue.js';
export { evaluate } from './evaluate.js';
export { expressionUnicode, toTex, toUnicode } from './print.js';
export { slipsOf, summandsOf, type Piece } from './slips.js';
export { symbolTex, symbolUnicode } from './symbols.js';
export { compare, type Verdict } from './compare.js';
export { legend } from './legend.js';
