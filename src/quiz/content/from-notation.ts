/** Cards whose answer is an equation of the catalogue: the text is taken from there, never retyped. */
import { equationOf, type EquationId, type Shape } from '../../notation/index.js';

/** Answer, symbols and link of an equation card. @throws RangeError if there is no such equation. */
export function equationAnswer(id: EquationId): {
  answer: string;
  symbols: Readonly<Record<string, Shape>>;
  equations: readonly EquationId[];
} {
  const eq = equationOf(id);
  return { answer: eq.is, symbols: eq.symbols, equations: [id] };
}
