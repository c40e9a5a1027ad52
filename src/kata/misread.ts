/**
 * What comes of reading one input wrongly, or of handing an output back wrongly (handed-back.ts): the right
 * function on other inputs. That asks nothing of a definition, so it works for every kata. The numbers prove
 * what the learner's function is equal to; how it was written they do not say.
 */
import { copyValues, usedDims } from './cases.js';
import { compareMistakes, compareOutputs } from './compare.js';
import { listed } from './guess.js';
import { alike, handedBack, pairs } from './handed-back.js';
import { each, early, late, transposed, withoutLast, zeroRow } from './altered.js';
import { sigmoid } from './learner.js';
import type { Answered } from './guess.js';
import type { Kata } from './define.js';
import type { Misreading } from './handed-back.js';
import type { ValueShape, Values } from './values.js';

type Value = Values[string];

/** Fewer cases than this on which it differs from the reference prove nothing. */
const telling = 3;

/** One input that is not read. */
export const unread = (name: string): Misreading & Required<Pick<Misreading, 'reads'>> => ({
  says: `${name} plays no part: your numbers are those of ${name} = 0.`,
  reads: (given) => ({ ...given, [name]: each(given[name]!, () => 0) }),
});

/** One input read otherwise. */
function alone(name: string, shape: ValueShape): Misreading[] {
  const read = (says: string, f: (value: Value) => Value): Misreading => ({
    says,
    reads: (given) => ({ ...given, [name]: f(given[name]!) }),
  });
  const numbers = (of: (v: number) => number) => (value: Value) => each(value, of);
  const all = [
    read(
      `${name} plays no part: your numbers are those of ${name} = 0.`,
      numbers(() => 0),
    ),
    read(
      `${name} has the wrong sign: your numbers are those of -${name}.`,
      numbers((v) => -v),
    ),
    read(
      `${name} counts twice: your numbers are those of 2 ${name}.`,
      numbers((v) => 2 * v),
    ),
    read(
      `Your numbers are those of ${name} + 1: 1 is added to it.`,
      numbers((v) => v + 1),
    ),
    read(
      `Your numbers are those of ${name} - 1: 1 is taken off it.`,
      numbers((v) => v - 1),
    ),
  ];
  if (shape.kind === 'integer' || shape.kind === 'scalar') return all;
  all.push(
    read(`${name} goes through σ: your numbers are those of σ(${name}).`, numbers(sigmoid)),
    read(`${name} goes through tanh: your numbers are those of tanh(${name}).`, numbers(Math.tanh)),
  );
  const last = shape.kind === 'vector' ? 'entry' : 'row';
  if (shape.kind === 'vector' || shape.kind === 'sequence')
    all.push(
      read(
        `The last ${last} of ${name} plays no part: your numbers are those without it. A loop ends one short.`,
        withoutLast,
      ),
    );
  if (shape.kind === 'sequence')
    all.push(
      read(`You read ${name} from the last row to the first.`, (value) =>
        [...(value as Float64Array[])].reverse(),
      ),
      read(
        `You read ${name}[t + 1] where ${name}[t] belongs, and at the last step its own.`,
        (value) => late(value as Float64Array[], (rows) => rows.at(-1)!),
      ),
      read(
        `You read ${name}[t + 1] where ${name}[t] belongs, and at the last step nothing.`,
        (value) => late(value as Float64Array[], zeroRow),
      ),
      read(
        `You read ${name}[t - 1] where ${name}[t] belongs, and at the first step its own.`,
        (value) => early(value as Float64Array[], (rows) => rows[0]!),
      ),
      read(
        `You read ${name}[t - 1] where ${name}[t] belongs, and at the first step nothing.`,
        (value) => early(value as Float64Array[], zeroRow),
      ),
    );
  if (shape.kind === 'matrix' && shape.axes[0] === shape.axes[1])
    all.push(
      read(
        `Your numbers are those of ${name} transposed: ${name}[k][j] where ${name}[j][k] belongs.`,
        (value) => transposed(value as Float64Array[]),
      ),
    );
  return all;
}

/** Two inputs of one shape, or two lists of them: exchanged, or one in place of the other. */
function mixedUp(one: readonly string[], other: readonly string[]): Misreading[] {
  const put = (given: Values, from: readonly string[], to: readonly string[]): Values =>
    Object.fromEntries(to.map((name, k) => [name, given[from[k]!]!]));
  const [a, b] = [listed(one), listed(other)];
  const belong = one.length === 1 ? 'belongs' : 'belong';
  return [
    {
      says:
        one.length === 1
          ? `You have ${a} and ${b} exchanged.`
          : `You have ${a} exchanged with ${b}.`,
      reads: (given) => ({ ...given, ...put(given, one, other), ...put(given, other, one) }),
    },
    {
      says: `You use ${b} where ${a} ${belong}.`,
      reads: (given) => ({ ...given, ...put(given, other, one) }),
    },
    {
      says: `You use ${a} where ${b} ${belong}.`,
      reads: (given) => ({ ...given, ...put(given, one, other) }),
    },
  ];
}

/** Inputs mixed up: any two of one shape, and the blocks of a cell, W and b with the same letter. */
function together(inputs: readonly (readonly [string, ValueShape])[]): Misreading[] {
  const blocks = new Map<string, string[]>();
  for (const [name] of inputs)
    if (/^[Wb][a-z]+\d?$/.test(name))
      blocks.set(name.slice(1), [...(blocks.get(name.slice(1)) ?? []), name]);
  const shapeOf = new Map(inputs);
  const fits = ([a, b]: readonly [readonly string[], readonly string[]]): boolean =>
    a.length === b.length && a.every((name, k) => alike(shapeOf.get(name)!, shapeOf.get(b[k]!)!));
  const biases = inputs.filter(([name, { kind }]) => kind === 'vector' && name.startsWith('b'));
  const ofBiases = (says: string, f: (v: number) => number): Misreading => ({
    says,
    reads: (given) => ({
      ...given,
      ...Object.fromEntries(biases.map(([name]) => [name, each(given[name]!, f)])),
    }),
  });
  return [
    ...pairs(inputs.map(([name]) => [name])).filter(fits),
    ...pairs([...blocks.values()].filter((names) => names.length > 1)).filter(fits),
  ]
    .flatMap(([one, other]) => mixedUp(one, other))
    .concat(
      biases.length < 2
        ? []
        : [
            ofBiases('No bias plays a part: your numbers are those of biases that are 0.', () => 0),
            ofBiases('Every bias is added twice: your numbers are those of 2 b.', (v) => 2 * v),
          ],
    );
}

/** What the learner's numbers are equal to on every case, in a sentence; undefined if it is none of these. */
export function misread(kata: Kata, answered: readonly Answered[]): string | undefined {
  const inputs = Object.entries(kata.inputs);
  const all = [
    ...inputs.flatMap(([name, shape]) => alone(name, shape)),
    ...handedBack(kata),
    ...together(inputs),
  ];
  const extent = ({ case: one }: Answered): number =>
    Object.values(usedDims(kata, one)).reduce((product, size) => product * size, 1);
  const smallestFirst = [...answered].sort((a, b) => extent(a) - extent(b));
  const gives = (
    { reads, returns }: Misreading,
    { given }: Answered['case'],
  ): Values | undefined => {
    try {
      const got = kata.reference(copyValues(reads?.(given) ?? given));
      return returns?.(got, given) ?? got;
    } catch {
      return undefined; // a reference may refuse what no case gives it, e.g. a length below 1
    }
  };
  return all.find((one) => {
    let shown = 0;
    const reproduces = smallestFirst.every(({ case: at, expected, got }) => {
      const values = gives(one, at);
      if (!values || compareMistakes(values, got) === 'different') return false;
      if (!compareOutputs(expected, values).same) shown++;
      return true;
    });
    return reproduces && shown >= telling;
  })?.says;
}
