/**
 * What a wrong pass through the equations (backward.ts) lacks or has too much of. Two questions: does one of
 * the candidates (candidates.ts) give all of the learner's numbers; and, where none does, what of each
 * output's error (yours - right) is made of that output's own terms.
 */
import { candidatesOf } from './candidates.js';
import { chainOf, gather, steps, stepsGiven } from './backward.js';
import { combination } from './regress.js';
import { compareOutputs, findNumber } from './compare.js';
import { listed } from './guess.js';
import type { Answered } from './guess.js';
import type { Candidate } from './candidates.js';
import type { Chain, Step } from './backward.js';
import type { Kata } from './define.js';
import type { Values } from './values.js';

type Value = Values[string];

/** The cases whose errors are regressed: hundreds of equations for a dozen unknowns. */
const enough = 16;

/** What would give the learner's numbers, in a sentence. */
export interface Explained {
  readonly says: string;
  readonly outputs: readonly string[];
}

const same = (expected: Value, got: Value): boolean =>
  compareOutputs({ value: expected }, { value: got }).same;

/** `lacks W_zᵀ da_z`, `has dh on top`: an output's error as multiples of its own terms and of other gradients. */
function inWords(coefficient: number, term: string, own: boolean): string {
  const near = (n: number): boolean => Math.abs(coefficient - n) < 1e-6;
  const written = (factor: number): string => String(Number(factor.toPrecision(4)));
  if (own && near(-1)) return `lacks ${term}`;
  if (own && near(1)) return `has ${term} twice`;
  if (own && near(-2)) return `has ${term} with the wrong sign`;
  if (own) return `has ${written(1 + coefficient)} times ${term}`;
  if (near(1)) return `has ${term} on top`;
  return near(-1) ? `has ${term} taken off` : `has ${written(coefficient)} times ${term} on top`;
}

const flat = (value: Value): number[] => {
  const numbers: number[] = [];
  findNumber(value, (v) => void numbers.push(v));
  return numbers;
};

/** Regresses the error of one output on the summands of its equation, and on the other gradients of its shape. */
async function terms(chain: Chain, name: string, answered: readonly Answered[]) {
  const { summandsOf, symbolUnicode } = await import('../notation/index.js');
  const { symbol, by } = chain.outputs.get(name)!;
  const eq = chain.equations.get(symbol) ?? chain.equations.get('dhx')!;
  const half = eq.defines === symbol ? undefined : symbol === 'dhPrev' ? 'h' : 'x';
  const known = answered.map(({ case: { given } }) => ({ given, all: steps(chain, given)! }));
  const names = Object.keys(eq.symbols).filter((one) => one !== eq.defines);
  const own = summandsOf(eq).map(({ says, value }) => ({
    says: half ? `the ${half} part of ${says}` : says,
    own: true,
    at: (step: Step) => {
      const all = value(Object.fromEntries(names.map((one) => [one, step(one)!])));
      const H = (step('hPrev') as Float64Array | undefined)?.length ?? 0;
      if (!half || !(all instanceof Float64Array)) return all;
      return half === 'h' ? all.slice(0, H) : all.slice(H);
    },
  }));
  const given = stepsGiven(chain, known[0]!.given)[0]!;
  const gradients = [...Object.keys(given), ...chain.equations.keys()].filter(
    (one) =>
      one.startsWith('d') && one !== symbol && !own.some(({ says }) => says === symbolUnicode(one)),
  );
  const others = [...new Set(gradients)].map((one) => ({
    says: symbolUnicode(one),
    own: false,
    at: (step: Step) => step(one),
  }));
  const columns = [...own, ...others].flatMap(({ says, own, at }) => {
    const parts = known.map(({ all }, k) => {
      const values = all.map(at);
      const size = flat(answered[k]!.expected[name]!).length;
      const whole = values.includes(undefined) ? [] : flat(gather(by, values as Value[]));
      return whole.length === size ? whole : undefined;
    });
    return parts.includes(undefined)
      ? []
      : [{ says, own, column: Float64Array.from(parts.flatMap((part) => part!)) }];
  });
  const want = Float64Array.from(answered.flatMap(({ expected }) => flat(expected[name]!)));
  const got = Float64Array.from(answered.flatMap((one) => flat(one.got[name]!)));
  const found = combination(
    got.map((v, k) => v - want[k]!),
    columns.map(({ column }) => column),
    want.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-6),
  )?.map((coefficient, k) => ({ coefficient, ...columns[k]! }));
  const present = found?.filter(({ coefficient }) => Math.abs(coefficient) > 1e-7) ?? [];
  if (present.length === 0 || present.length > 3) return undefined;
  const phrases = present.map((one) => inWords(one.coefficient, one.says, one.own));
  return phrases.every((phrase) => phrase.startsWith('lacks '))
    ? `lacks ${listed(present.map((one) => one.says))}`
    : listed(phrases);
}

/** The one slip that gives all of the learner's numbers, or, for each wrong output that has one, what it lacks or has too much of. */
export async function chainRule(
  kata: Kata,
  answered: readonly Answered[],
): Promise<{ readonly whole?: Explained; readonly parts: readonly Explained[] }> {
  const chain = await chainOf(kata);
  if (!chain?.outputs.size) return { parts: [] };
  const names = [...chain.outputs.keys()];
  const off = names.filter((name) =>
    answered.some(({ expected, got }) => !same(expected[name]!, got[name]!)),
  );
  const [probe] = [...answered].sort(
    (a, b) => flat(a.got[names[0]!]!).length - flat(b.got[names[0]!]!).length,
  );
  const explains = (candidate: Candidate, one: Answered, outputs: readonly string[]) => {
    if (outputs.length === 0) return [];
    const values = candidate.gives(one.case.given) ?? {};
    return outputs.filter(
      (name) => values[name] !== undefined && same(values[name], one.got[name]!),
    );
  };
  const candidates = (await candidatesOf(chain, probe!.case.given))
    .map((candidate) => ({ candidate, on: explains(candidate, probe!, names) }))
    .map(({ candidate, on }) => ({
      candidate,
      on,
      outputs: on.filter((name) => off.includes(name)),
      /** Whether it leaves right what the learner has right. */
      alone: candidate.byOutput || on.length === names.length,
    }))
    .filter(({ outputs }) => outputs.length > 0)
    .sort(
      (a, b) =>
        b.outputs.length - a.outputs.length ||
        Number(b.alone) - Number(a.alone) ||
        b.on.length - a.on.length,
    );

  const parts: Explained[] = [];
  let left = [...off];
  for (const { candidate, outputs, alone } of candidates) {
    const wanted = outputs.filter((name) => left.includes(name));
    if (wanted.length === 0) continue;
    const explained = answered.reduce((some, one) => explains(candidate, one, some), wanted);
    if (explained.length === 0) continue;
    const whole = alone && explained.length === off.length;
    const says =
      whole && !candidate.byOutput
        ? `Your ${candidate.says}`
        : `In your ${listed(explained)}, ${candidate.says}`;
    if (whole) return { whole: { says, outputs: explained }, parts: [] };
    parts.push({ says, outputs: explained });
    left = left.filter((name) => !explained.includes(name));
  }
  for (const name of left) {
    const says = await terms(chain, name, answered.slice(0, enough));
    if (says !== undefined) parts.push({ says: `Your ${name} ${says}.`, outputs: [name] });
  }
  return { parts };
}
