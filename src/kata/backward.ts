/**
 * A kata run through the equations of the notation step by step, backward or forward: equations can be
 * replaced, and so can what becomes of a step's results. Diagnosis puts slips in and sees whose numbers come
 * out. It is not the reference, which is the engine; a test holds the two together.
 */
import { plus } from './altered.js';
import type { Equation, Piece, Subject as EquationSubject } from '../notation/index.js';
import type { Kata } from './define.js';
import type { ValueShape, Values } from './values.js';

/** Another pass through the same equations, with the same slips: its steps, each as a function from symbols to values. */
export type Through = (steps: Values[]) => ((symbol: string) => Values[string])[];

/** How a definition says which equations give its outputs, on the forward pass. */
export interface Forward {
  /**
   * The symbols that each step is given, first step first; the states before the first one are given to all. Where a
   * step reads what another pass computes, as layer 2 reads layer 1, that pass goes `through` the same equations.
   */
  readonly steps: (given: Values, through: Through) => Values[];
  /** What a step hands to the next one, and which of its symbols it is there: h → hPrev. */
  readonly carries?: Readonly<Record<string, string>>;
  /** The symbol of an output that has another name. hs, cs and ys are h, c and y at each step. */
  readonly names?: Readonly<Record<string, string>>;
}

/** How a definition says which equations give its outputs, on the way back. */
export interface Backward {
  /** Whose `.backward.` equations: those of the kata's own list come first. */
  readonly of: EquationSubject;
  /** The symbols that each step is given, first step first. A kata of one step has one. */
  readonly steps: (given: Values) => Values[];
  /** What a step hands to the one before it, and to which of its symbols it is added: dhPrev → dh. */
  readonly carries?: Readonly<Record<string, string>>;
  /** Whether what comes back to step t from the one after it is cut off. */
  readonly cut?: (given: Values, t: number) => boolean;
  /** The inputs that are gradients from outside: the outputs that are gradients are linear in them. */
  readonly upstream?: readonly string[];
  /** The symbol of an output that has another name. dxs is dx at each step, dh0 and dc0 are what is carried past the first. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The ways in which the terms of the steps become an output. */
export type Gathering = 'each step' | 'the first step' | 'the last step' | 'all steps added up';

export interface Chain {
  readonly direction: 'forward' | 'backward';
  readonly walk: Forward & Pick<Backward, 'cut'>;
  /** The equation that defines a symbol. */
  readonly equations: ReadonlyMap<string, Equation>;
  /** The outputs that the equations give, each with its symbol and how it is gathered. */
  readonly outputs: ReadonlyMap<string, { readonly symbol: string; readonly by: Gathering }>;
  readonly evaluate: (eq: Equation, values: Values) => Values[string];
}

/** dhx is [dh₋, dx]: the two outputs of the one equation. */
const partsOf: Readonly<Record<string, 'h' | 'x'>> = { dhPrev: 'h', dx: 'x' };
const usualNames: Readonly<Record<string, string>> = {
  ...{ dxs: 'dx', dh0: 'dhPrev', dc0: 'dcPrev' },
  ...{ hs: 'h', cs: 'c', ys: 'y' },
};

/** Whether an output has something of every step: its first axis is T. */
export const isEachStep = (shape: ValueShape): boolean => 'axes' in shape && shape.axes[0] === 'T';

/** The chain of a kata that declares one, or of one step whose outputs are what its own equations define. */
export async function chainOf(kata: Kata): Promise<Chain | undefined> {
  const { equationById, equations, evaluate } = await import('../notation/index.js');
  const own = kata.equations.map(equationById).filter((eq) => eq !== undefined);
  const plain = Object.keys(kata.outputs).every((name) => own.some((eq) => eq.defines === name));
  const oneStep: Forward = { steps: (given) => [kata.symbols?.(given) ?? given] };
  const walk = kata.backward ?? kata.forward ?? (plain ? oneStep : undefined);
  if (!walk) return undefined;
  const direction = kata.backward ? 'backward' : 'forward';
  const cell = kata.backward
    ? equations.filter((eq) => eq.id.startsWith(`${kata.backward!.of}.backward.`))
    : [];
  const byName = new Map<string, Equation>([...cell, ...own].map((eq) => [eq.defines, eq]));
  const { carries = {} } = walk;
  const outputs = Object.entries(kata.outputs).flatMap(([name, shape]) => {
    const symbol = walk.names?.[name] ?? usualNames[name] ?? name;
    if (!byName.has(symbol) && !(partsOf[symbol] && byName.has('dhx'))) return [];
    const by: Gathering = isEachStep(shape)
      ? 'each step'
      : Object.hasOwn(carries, symbol)
        ? kata.backward
          ? 'the first step'
          : 'the last step'
        : 'all steps added up';
    return [[name, { symbol, by }] as const];
  });
  return { direction, walk, equations: byName, outputs: new Map(outputs), evaluate };
}

/** What is done wrong on the walk. */
export interface Replaced {
  /** The equations with a slip in them, by the symbol that they define. */
  readonly equations?: Readonly<Record<string, Piece['value']>>;
  /** The first step has no slip: it begins with what was given, not with what a step before it made. */
  readonly firstIsRight?: true;
  /** What is carried and was not, takes the place of what it belongs to, or is all that the steps before it sent as well. */
  readonly carries?: Readonly<Record<string, 'not carried' | 'carried alone' | 'added up'>>;
}

/** The symbols of a step, those that were computed included; a symbol is computed when it is asked for. */
export type Step = (symbol: string) => Values[string] | undefined;

function stepOf(chain: Chain, given: Values, slips: Replaced['equations'] = {}): Step {
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
    if (Object.hasOwn(slips, symbol)) return slips[symbol]!(known);
    return chain.evaluate(eq, known);
  };
  return of;
}

/** What each step is given, by itself: without what other steps hand to it. */
export const stepsGiven = (chain: Chain, given: Values, replaced: Replaced = {}): Values[] =>
  chain.walk.steps(
    given,
    (all) => (pass(chain, given, all, replaced) ?? []) as ReturnType<Through>,
  );

/** All steps of the walk, first step first. @returns undefined where a slip leaves something without a value */
export const steps = (chain: Chain, given: Values, replaced: Replaced = {}): Step[] | undefined =>
  pass(chain, given, stepsGiven(chain, given, replaced), replaced);

function pass(
  chain: Chain,
  given: Values,
  all: readonly Values[],
  replaced: Replaced,
): Step[] | undefined {
  const { walk, direction } = chain;
  const forward = direction === 'forward';
  const carries = Object.entries(walk.carries ?? {});
  const done: Step[] = [];
  const sums: Values = {}; // all that was sent so far
  for (let n = 0; n < all.length; n++) {
    const t = forward ? n : all.length - 1 - n;
    const symbols = { ...all[t]! };
    const from = walk.cut?.(given, t + 1) ? undefined : done[forward ? t - 1 : t + 1];
    for (const [sent, into] of from ? carries : []) {
      const how = replaced.carries?.[sent];
      let came = from!(sent);
      if (came === undefined) return undefined;
      if (how === 'added up') came = sums[sent] = sums[sent] ? plus(sums[sent], came) : came;
      if (how === 'not carried') continue;
      symbols[into] = forward || how === 'carried alone' ? came : plus(came, symbols[into]!);
    }
    const slips = replaced.firstIsRight && t === 0 ? undefined : replaced.equations;
    done[t] = stepOf(chain, symbols, slips);
  }
  return done;
}

/** The step that an output is of, if it is of one alone. */
export const oneStepOf = (by: Gathering | undefined, count: number): number | undefined =>
  by === 'the first step' ? 0 : by === 'the last step' ? count - 1 : undefined;

/** One output from the value of its symbol at every step. */
export function gather(by: Gathering, values: readonly Values[string][]): Values[string] {
  if (by === 'each step') return values as Float64Array[];
  const t = oneStepOf(by, values.length);
  return t === undefined ? values.reduce(plus) : values[t]!;
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
