/**
 * What can be done wrong on a walk through a kata's equations (backward.ts): a slip in an equation, the same
 * slip in all that invite it, something that is not carried on, terms that are gathered wrongly. Each can be
 * run; whose numbers it gives is chain-rule.ts's question.
 */
import { scaled } from './altered.js';
import { gather, outputsOf, steps, stepsGiven } from './backward.js';
import { listed } from './guess.js';
import type { Chain, Gathering, Replaced } from './backward.js';
import type { Equation, Piece } from '../notation/index.js';
import type { Values } from './values.js';

type Value = Values[string];

export interface Candidate {
  /** In a sentence without «your». */
  readonly says: string;
  readonly gives: (given: Values) => Values | undefined;
  /** Whether one output may have it and another not. */
  readonly byOutput: boolean;
}

/** The symbols that outputs and carries are computed from, given those that every step has. */
function computed(chain: Chain, given: Values): Equation[] {
  const found = new Map<string, Equation>();
  const visit = (symbol: string): void => {
    const eq = chain.equations.get(symbol);
    if (!eq && chain.equations.has('dhx') && (symbol === 'dhPrev' || symbol === 'dx')) visit('dhx');
    if (!eq || found.has(symbol) || Object.hasOwn(given, symbol)) return;
    found.set(symbol, eq);
    for (const name of Object.keys(eq.symbols)) if (name !== symbol) visit(name);
  };
  for (const { symbol } of chain.outputs.values()) visit(symbol);
  for (const symbol of Object.keys(chain.walk.carries ?? {})) visit(symbol);
  return [...found.values()];
}

const doing = (chain: Chain, says: string, replaced: Replaced): Candidate => ({
  says,
  gives: (at) => {
    const all = steps(chain, at, replaced);
    return all && outputsOf(chain, all);
  },
  byOutput: false,
});

/** Every slip in every equation, and each in all equations that invite it. */
async function slips(chain: Chain, given: Values, long: boolean): Promise<Candidate[]> {
  const { slipsOf, symbolUnicode, toUnicode } = await import('../notation/index.js');
  const { names = {} } = chain.walk;
  /** An output by its own name where that is another one. */
  const named = (symbol: string): string =>
    Object.keys(names).find((output) => names[output] === symbol) ?? symbolUnicode(symbol);
  const all = computed(chain, given).flatMap((eq) => slipsOf(eq).map((slip) => ({ eq, slip })));
  const same = new Map<string, Map<Equation, Piece>>(); // by what the slip says, its equations
  for (const { eq, slip } of all)
    same.set(slip.says, (same.get(slip.says) ?? new Map<Equation, Piece>()).set(eq, slip));
  return [
    ...all.flatMap(({ eq, slip }) =>
      candidates(`${named(eq.defines)} ${slip.says}`, `It is ${toUnicode(eq)}.`, [[eq, slip]]),
    ),
    ...[...same].flatMap(([says, found]) => {
      const equations = [...found];
      if (equations.length < 2) return [];
      const [first, ...others] = equations.map(([eq]) => named(eq.defines));
      const [eq] = equations[0]!;
      return candidates(
        `${first} ${says}, and so ${others.length > 1 ? 'have' : 'has'} ${listed(others)}`,
        `It is ${toUnicode(eq)}.`,
        equations,
      );
    }),
  ];

  function candidates(
    says: string,
    right: string,
    equations: readonly (readonly [Equation, Piece])[],
  ): Candidate[] {
    const replaced: Replaced = {
      equations: Object.fromEntries(equations.map(([eq, slip]) => [eq.defines, slip.value])),
    };
    const everywhere = doing(chain, `${says}. ${right}`, replaced);
    if (!long || !/ where \S*₋ belongs/.test(says)) return [everywhere];
    const later = `${says}, in all steps but the first. ${right}`;
    return [everywhere, doing(chain, later, { ...replaced, firstIsRight: true })];
  }
}

/** Everything carried that was not, or was carried alone. */
async function miscarried(chain: Chain): Promise<Candidate[]> {
  const { symbolUnicode } = await import('../notation/index.js');
  const carries = Object.entries(chain.walk.carries ?? {});
  const back = chain.direction === 'backward';
  const notCarried = (some: typeof carries, says: string): Candidate[] => {
    const forgotten = doing(chain, says, {
      carries: Object.fromEntries(some.map(([sent]) => [sent, 'not carried'])),
    });
    if (!back) return [forgotten];
    const unset = [...chain.outputs].filter(
      ([, { symbol, by }]) => by === 'the first step' && some.some(([sent]) => sent === symbol),
    );
    const gives: Candidate['gives'] = (given) => {
      const got = forgotten.gives(given);
      return (
        got && {
          ...got,
          ...Object.fromEntries(unset.map(([name]) => [name, scaled(got[name]!, 0)])),
        }
      );
    };
    return [forgotten, { ...forgotten, gives }]; // what is never carried is never set either: dh0 stays zero
  };
  /** What is carried is never set anew: each step adds to it. */
  const addedUp = (some: typeof carries, sent: string): Candidate[] => {
    const replaced: Replaced = {
      carries: Object.fromEntries(some.map(([one]) => [one, 'added up'])),
    };
    const says = `${sent} is added to what is carried already: step t gets it from all later steps, not from step t + 1 alone. Begin every step with zeros, or write = where you have +=.`;
    const ends = [...chain.outputs].filter(
      ([, { symbol, by }]) => by === 'the first step' && some.some(([one]) => one === symbol),
    );
    const gives: Candidate['gives'] = (given) => {
      const all = steps(chain, given, replaced);
      const got = all && outputsOf(chain, all);
      const total = (symbol: string): Value | undefined => {
        const values = all!.map((step) => step(symbol));
        return values.includes(undefined)
          ? undefined
          : gather('all steps added up', values as Value[]);
      };
      return (
        got && {
          ...got,
          ...Object.fromEntries(ends.map(([name, { symbol }]) => [name, total(symbol)!])),
        }
      );
    };
    return [{ says, gives, byOutput: false }, doing(chain, says, replaced)];
  };
  const each = carries.flatMap(([from, to]) => {
    const [sent, into] = [symbolUnicode(from), symbolUnicode(to)];
    if (!back)
      return notCarried(
        [[from, to]],
        `${sent} is not carried on: the ${into} of every step is what was given, not the ${sent} of the step before.`,
      );
    return [
      ...notCarried(
        [[from, to]],
        `${sent} is not carried on: step t's ${into} also needs what step t + 1 sends back.`,
      ),
      doing(
        chain,
        `${sent} takes the place of ${into}: what step t + 1 sends back is added to step t's own.`,
        { carries: { [from]: 'carried alone' } },
      ),
      ...addedUp([[from, to]], sent),
    ];
  });
  const names = listed(carries.map(([sent]) => symbolUnicode(sent)));
  const none = `${names} are not carried on: every step ${back ? 'knows its own loss only' : 'begins with what was given'}.`;
  return [...each, ...(carries.length > 1 ? notCarried(carries, none) : [])];
}

/** What becomes of right terms that are gathered wrongly. */
const gatherings: readonly {
  readonly by: Gathering;
  readonly says: string;
  readonly wrongly: (values: readonly Value[]) => readonly Value[];
}[] = [
  {
    by: 'all steps added up',
    says: 'there is the term of the first step only, where the loop ends: you write = where += belongs',
    wrongly: (values) => values.slice(0, 1),
  },
  {
    by: 'all steps added up',
    says: 'there is the term of the last step only, where a sum over all steps belongs',
    wrongly: (values) => values.slice(-1),
  },
  {
    by: 'all steps added up',
    says: 'the term of the first step is missing',
    wrongly: (values) => values.slice(1),
  },
  {
    by: 'all steps added up',
    says: 'the term of the last step is missing',
    wrongly: (values) => values.slice(0, -1),
  },
  {
    by: 'the first step',
    says: 'the last step back is missing: there is what comes back to the state after the first step',
    wrongly: (values) => values.slice(1),
  },
  {
    by: 'each step',
    says: 'the steps stand in reverse order',
    wrongly: (values) => [...values].reverse(),
  },
];

/** The outputs of the right walk, gathered otherwise. */
function gathered(
  chain: Chain,
  given: Values,
  wrongly: (values: readonly Value[], by: Gathering) => Value | undefined,
): Values | undefined {
  const all = steps(chain, given);
  if (!all || all.length < 2) return undefined;
  const outputs: Values = {};
  for (const [name, { symbol, by }] of chain.outputs) {
    const values = all.map((step) => step(symbol));
    const value = values.includes(undefined) ? undefined : wrongly(values as Value[], by);
    if (value !== undefined) outputs[name] = value;
  }
  return outputs;
}

const misgathered = (chain: Chain): Candidate[] =>
  gatherings.map(({ by, says, wrongly }) => ({
    says: `${says}.`,
    gives: (given) =>
      gathered(chain, given, (values, own) =>
        own === by ? gather(by, wrongly(values)) : undefined,
      ),
    byOutput: true,
  }));

/** The way back ends one step early: its first step adds nothing, and nothing is sent past it. */
const endsEarly = (chain: Chain): Candidate => ({
  says: 'way back ends before the first step, t = 0: its terms are missing, and nothing goes through it.',
  gives: (given) =>
    gathered(chain, given, (values, by) => {
      if (by === 'the first step') return values[1];
      if (by === 'all steps added up') return gather(by, values.slice(1));
      return gather(by, [scaled(values[0]!, 0), ...values.slice(1)]);
    }),
  byOutput: false,
});

/** Everything of this chain that a learner may have done; `given` is a case, for the number of its steps. */
export async function candidatesOf(chain: Chain, given: Values): Promise<Candidate[]> {
  const [first, second] = stepsGiven(chain, given);
  const inEquations = await slips(chain, first!, second !== undefined);
  if (!second) return inEquations;
  const back = chain.direction === 'backward' ? [endsEarly(chain)] : [];
  return [...inEquations, ...(await miscarried(chain)), ...misgathered(chain), ...back];
}
