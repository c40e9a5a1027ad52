/** Cards whose answer is an equation of the catalogue: the text is taken from there, never retyped. */
import { equationOf, type EquationId, type Shape } from '../../notation/index.js';

/**
 * Answer, symbols and link of an equation card.
 * @param where names that the question gives by their pre-activation, { f: 'sigmoid(af)' }: an answer may use either.
 * @throws RangeError if there is no such equation.
 */
export function equationAnswer(
  id: EquationId,
  where: Readonly<Record<string, `${'sigmoid' | 'tanh'}(${string})`>> = {},
): {
  answer: string;
  symbols: Readonly<Record<string, Shape>>;
  where: Readonly<Record<string, string>>;
  equations: readonly EquationId[];
} {
  const eq = equationOf(id);
  const within = Object.entries(where).map(
    ([name, is]) => [is.slice(is.indexOf('(') + 1, -1), eq.symbols[name]!] as const,
  );
  const symbols = { ...eq.symbols, ...Object.fromEntries(within) };
  return { answer: eq.is, symbols, where, equations: [id] };
}
