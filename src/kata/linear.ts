/**
 * A backward pass is linear in the upstream gradient: s times as much comes in, s times as much goes out. The law
 * that says so, the cases with large upstream gradients, and the commonest way to break it: clipping, told by its bound.
 */
import { compareOutputs, findNumber } from './compare.js';
import { each, scaled } from './altered.js';
import type { Answered } from './guess.js';
import type { Backward } from './backward.js';
import type { Values } from './values.js';

/** A power of two, so that scaling rounds nothing. */
const strength = 1024;

/** The values with those of some names scaled. */
const times = (values: Values, by: number, isScaled: (name: string) => boolean): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isScaled(name) ? scaled(value, by) : value,
    ]),
  );

/** A case whose upstream gradients are large; as it is where a kata has none. */
export const strong = (given: Values, { upstream = [] }: Partial<Backward> = {}): Values =>
  times(given, strength, (name) => upstream.includes(name));

/** The law for a kata with these upstream gradients; its gradients are the outputs whose names begin with d. */
export const linearIn = (upstream: readonly string[]) => ({
  name: `${strength} times ${upstream.join(' and ')} gives ${strength} times every gradient`,
  change: (given: Values): Values => strong(given, { upstream }),
  holds: (_: Values, got: Values, before: Values): boolean =>
    compareOutputs(times(before, strength, isGradient), got).same,
});

const isGradient = (name: string): boolean => name.startsWith('d');

/** Outputs whose gradients are clipped at ±1: what breaks the law. */
export const clipped = (outputs: Values): Values =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      isGradient(name) ? cut(value, 1) : value,
    ]),
  );

/** The outputs that are cut off at ± a bound, the same in all cases, and nothing else is wrong; undefined if that is not so. */
export function clipping(
  answered: readonly Answered[],
): { readonly outputs: readonly string[]; readonly bound: number } | undefined {
  const outputs = new Set<string>();
  let bound: number | undefined;
  for (const { expected, got } of answered)
    for (const [name, value] of Object.entries(expected)) {
      const mine = { [name]: got[name]! };
      if (compareOutputs({ [name]: value }, mine).same) continue;
      bound ??= largest(got[name]!);
      if (bound === 0 || !compareOutputs({ [name]: cut(value, bound) }, mine).same)
        return undefined;
      outputs.add(name);
    }
  return bound === undefined ? undefined : { outputs: [...outputs], bound };
}

function largest(value: Values[string]): number {
  let most = 0;
  findNumber(value, (v) => void (most = Math.max(most, Math.abs(v))));
  return most;
}

/** Every number of a value, brought into ±bound. */
const cut = (value: Values[string], bound: number): Values[string] =>
  each(value, (v) => Math.max(-bound, Math.min(bound, v)));
