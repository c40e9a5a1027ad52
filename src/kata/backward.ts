/**
 * A kata that goes backward, run through the equations of the notation step by step: every equation can be
 * replaced, and so can what becomes of a step's results. Diagnosis puts slips in and sees whose numbers come
 * out. It is not the reference, which is the engine; a test holds the two together.
 */
import type { Equation, Piece, Subject as EquationSubject } from '../notation/index.js';
import type { Kata } from './define.js';
import type { Values } from './values.js';

/** How a definition says which equations give its outputs. */
export interface Backward {
  /** Whose `.backward.` equations: those of the kata's own list come first. */
  readonly of: EquationSubject;
  /** The symbols that each step is given, first step first. A kata of one step has one. */
  readonly steps: (given: Values) => Values[];
  /** What a step hands to the one before it, and to which of its symbols it is added: dhPrev → dh. */
  readonly carries?: Readonly<Record<string, string>>;
  /** Whether what comes back to step t from the one after it is cut off. */
  readonly cut?: (given: Values, t: number) => boolean;
  /** The symbol of an output that has another name. dxs is dx at each step, dh0 and dc0 are what is carried past the first. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The ways in which the terms of the steps become an output. */
export type Gathering = 'each step' | 'the first step' | 'all steps added up';

export interface Chain {
  readonly backward: Backward;
  /** The equation that defines a symbol. */
  readonly equations: ReadonlyMap<string, Equation>;
  /** The outputs that the equations give, each with its symbol and how it is gathered. */
  readonly outputs: ReadonlyMap<string, { readonly symbol: string; readonly by: Gathering }>;
  readonly evaluate: (eq: Equation, values: Values) => Values[string];
}

/** dhx is [dh₋, dx]: the two outputs of the one equation. */
const partsOf: Readonly<Record<string, 'h' | 'x'>> = { dhPrev: 'h', dx: 'x' };
const usualNames: Readonly<Record<string, string>> = { dxs: 'dx', dh0: 'dhPrev', dc0: 'dcPrev' };

/** The chain of a kata that declares one. */
export async function chainOf(kata: Kata): Promise<Chain | undefined> {
  const { backward } = kata;
  if (!backward) return undefined;
  const { equationById, equations, evaluate } = await import('../notation/index.js');
  const own = kata.equations.map(equationById).filter((eq) => eq !== undefined);
  const cell = equations.filter((eq) => eq.id.startsWith(`${backward.of}.backward.`));
  const byName = new Map<string, Equation>([...cell, ...own].map((eq) => [eq.defines, eq]));
  const { carries = {} } = backward;
  const outputs = Object.entries(kata.outputs).flatMap(([name, shape]) => {
    const symbol = backward.names?.[name] ?? usualNames[name] ?? name;
    if (!byName.has(symbol) && !(partsOf[symbol] && byName.has('dhx'))) return [];
    const each = 'axes' in shape && shape.axes[0] === 'T';
    const by: Gathering = each
      ? 'each step'
      : Object.hasOwn(carries, symbol)
        ? 'the first step'
        : 'all steps added up';
    return [[name, { symbol, by }] as const];
  });
  return { backward, equations: byName, outputs: new Map(outputs), evaluate };
}

/** One equation of the chain with a slip in it, or one thing that is carried and was not. */
export interface Replaced {
  readonly symbol: string;
  readonly by: Piece['value'] | 'not carried' | 'carried alone';
}

/** The symbols of a step, those that were computed included; a symbol is computed when it is asked for. */
export type Step = (symbol: string) => Values[string] | undefined;

function stepOf(chain: Chain, given: Values, replaced: Replaced | undefined): Step {
  const known: Values = { ...given };
  const asked = new Set<string>(); // a symbol that needs itself has no value
  const of: Step = (symbol) => {
    if (Object.hasOwn(known, symbol)) return known[symbol];
    if (asked.has(symbol)) return undefined;
    asked.add(symbol);
    const value = computed(symbol);
    if (value !== undefined) known[symbol] = value;
    return value;
  };
  const computed = (symbol: string): Values[string] | undefined => {
    const eq = chain.equations.get(symbol);
    const part = partsOf[symbol];
    if (!eq && part) {
      const [dhx, h] = [of('dhx'), known.hPrev];
      if (!(dhx instanceof Float64Array) || !(h instanceof Float64Array)) return undefined;
      return part === 'h' ? dhx.slice(0, h.length) : dhx.slice(h.length);
    }
    if (!eq) return undefined;
    const needs = Object.keys(eq.symbols).filter((name) => name !== eq.defines);
    if (!needs.every((name) => of(name) !== undefined)) return undefined;
    if (replaced?.symbol === symbol && typeof replaced.by === 'function') return replaced.by(known);
    return chain.evaluate(eq, known);
  };
  return of;
}

/** All steps of the way back, first step first. @returns undefined where a slip leaves something without a value */
export function steps(chain: Chain, given: Values, replaced?: Replaced): Step[] | undefined {
  const { backward } = chain;
  const carries = Object.entries(backward.carries ?? {});
  const all = backward.steps(given);
  const done: Step[] = [];
  for (let t = all.length - 1; t >= 0; t--) {
    const symbols = { ...all[t]! };
    const after = backward.cut?.(given, t + 1) ? undefined : done[t + 1];
    for (const [from, to] of after ? carries : []) {
      const came = after!(from);
      if (came === undefined) return undefined;
      if (replaced?.symbol === from && replaced.by === 'not carried') continue;
      const own = replaced?.symbol === from && replaced.by === 'carried alone' ? 0 : 1;
      symbols[to] = sum(came, scaled(symbols[to]!, own));
    }
    done[t] = stepOf(chain, symbols, replaced);
  }
  return done;
}

/** One output from the value of its symbol at every step. */
export function gather(by: Gathering, values: readonly Values[string][]): Values[string] {
  if (by === 'each step') return values as Float64Array[];
  return by === 'the first step' ? values[0]! : values.reduce(sum);
}

/** The outputs that the equations give. */
export function outputsOf(chain: Chain, all: readonly Step[]): Values | undefined {
  const outputs: Values = {};
  for (const [name, { symbol, by }] of chain.outputs) {
    const values = all.map((step) => step(symbol));
    if (values.some((value) => value === undefined)) return undefined;
    outputs[name] = gather(by, values as Values[string][]);
  }
  return outputs;
}

/** a + b, entry by entry. */
export const sum = (a: Values[string], b: Values[string]): Values[string] => {
  if (typeof a === 'number') return a + (b as number);
  if (a instanceof Float64Array) return a.map((v, k) => v + (b as Float64Array)[k]!);
  return a.map((row, j) => row.map((v, k) => v + (b as Float64Array[])[j]![k]!));
};

/** s a, entry by entry. */
export const scaled = (a: Values[string], s: number): Values[string] => {
  if (typeof a === 'number') return s * a;
  return a instanceof Float64Array ? a.map((v) => s * v) : a.map((row) => row.map((v) => s * v));
};
