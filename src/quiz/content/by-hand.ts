/** An equation of the catalogue for one unit and one input, in plain numbers: what is worked by hand. */
import { equationOf, evaluate, type EquationId, type Value } from '../../notation/index.js';

/**
 * The left side of an equation with H = D = 1. A matrix (H, H+D) is a pair, every other one a number.
 * @throws RangeError if there is no such equation.
 */
export function byHand(
  id: EquationId,
  values: Readonly<Record<string, number | readonly [number, number]>>,
): number {
  const eq = equationOf(id);
  const given = Object.entries(values).map(([name, value]): [string, Value] => {
    const row = Float64Array.of(...(typeof value === 'number' ? [value] : value));
    return [name, eq.symbols[name]?.length === 2 ? [row] : row];
  });
  return (evaluate(eq, Object.fromEntries(given)) as Float64Array)[0]!;
}
