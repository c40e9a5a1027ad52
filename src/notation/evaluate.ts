/** An equation with given values: its left side in numbers. Not fast: for checks, cards and lessons. */
import { calculate } from './calculate.js';
import { statementOf, type Equation } from './equation.js';
import { NotationError } from './error.js';
import type { Quantity } from './quantity.js';
import { deduceDims, quantityOf, valueOf, type Value } from './shape.js';
import { namesIn } from './term.js';

/**
 * The value of the equation's left side. H, D … are deduced from the values; names that the right
 * side does not use are ignored. Nothing that was given is changed or returned.
 * @throws NotationError `missingSymbol` when a value is not given, `wrongShape` when one does not fit
 *   its shape or the others.
 */
export function evaluate(eq: Equation, values: Readonly<Record<string, Value>>): Value {
  const { term } = statementOf(eq);
  const given = new Map<string, Quantity>();
  for (const name of namesIn(term)) {
    const shape = Object.hasOwn(eq.symbols, name) ? eq.symbols[name] : undefined;
    if (!shape)
      throw new NotationError('badEquation', `Equation ${eq.id} uses ${name} undeclared.`);
    if (!Object.hasOwn(values, name))
      throw new NotationError('missingSymbol', `Equation ${eq.id} needs a value for ${name}.`);
    given.set(name, quantityOf(name, values[name], shape));
  }
  const dims = deduceDims(given, eq.symbols);
  return valueOf(calculate(term, { valueOf: (name) => given.get(name)!, dims, lenient: false }));
}
