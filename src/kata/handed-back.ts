/** Right outputs, handed back wrongly: under another's name, a step late, through one function more. */
import { axesOf } from './values.js';
import { each, early, plus, softmax, withoutLast, zeroRow } from './altered.js';
import { sigmoid } from './learner.js';
import type { Kata } from './define.js';
import type { ValueShape, Values } from './values.js';

type Value = Values[string];

/** A way to be the right function and give other numbers. */
export interface Misreading {
  /** What the learner's numbers are equal to, addressed to them. */
  readonly says: string;
  readonly reads?: (given: Values) => Values;
  readonly returns?: (got: Values, given: Values) => Values;
}

/** Whether two shapes are the same. */
export const alike = (a: ValueShape, b: ValueShape): boolean =>
  JSON.stringify([a.kind, axesOf(a)]) === JSON.stringify([b.kind, axesOf(b)]);

/** All pairs of a list. */
export const pairs = <A>(all: readonly A[]): (readonly [A, A])[] =>
  all.flatMap((one, k) => all.slice(k + 1).map((other) => [one, other] as const));

/** All ways to hand them back. */
export function handedBack(kata: Kata): Misreading[] {
  const outputs = Object.entries(kata.outputs);
  const same = pairs(outputs).filter(([[, a], [, b]]) => alike(a, b));
  return [
    ...same.flatMap(([[a], [b]]): Misreading[] => [
      {
        says: `You return ${a} under the name ${b}, and ${b} under the name ${a}.`,
        returns: (got) => ({ ...got, [a]: got[b]!, [b]: got[a]! }),
      },
      { says: `Your ${b} is ${a} once more.`, returns: (got) => ({ ...got, [b]: got[a]! }) },
      { says: `Your ${a} is ${b} once more.`, returns: (got) => ({ ...got, [a]: got[b]! }) },
    ]),
    ...outputs
      .filter(([, { kind }]) => kind === 'sequence' || kind === 'vectors')
      .flatMap(([name]): Misreading[] => [
        ...['nothing', `${name.slice(0, -1)}0`].map((first): Misreading => ({
          says: `Your ${name} comes one step late: ${name}[t] is what belongs in ${name}[t - 1], and ${name}[0] is ${first}.`,
          returns: (got, given) => {
            const rows = got[name] as Float64Array[];
            const before = given[first] as Float64Array | undefined;
            return { ...got, [name]: early(rows, before ? () => before : zeroRow) };
          },
        })),
        {
          says: `The last row of your ${name} is 0: a loop ends one short.`,
          returns: (got) => ({ ...got, [name]: withoutLast(got[name]!) }),
        },
        {
          says: `Your ${name} stands in reverse order.`,
          returns: (got) => ({ ...got, [name]: [...(got[name] as Float64Array[])].reverse() }),
        },
        {
          says: `Every row of your ${name} is its last: one array, pushed again and again.`,
          returns: (got) => {
            const rows = got[name] as Float64Array[];
            return { ...got, [name]: rows.map(() => rows.at(-1)!) };
          },
        },
      ]),
    ...outputs.flatMap(([name, shape]) =>
      Object.entries(kata.inputs)
        .filter(([, other]) => alike(shape, other) && 'axes' in shape)
        .map(([input]): Misreading => ({
          says: `Your ${name} has ${input} added to it.`,
          returns: (got, given) => ({ ...got, [name]: plus(got[name]!, given[input]!) }),
        })),
    ),
    ...outputs
      .filter(([, { kind }]) => kind !== 'integer')
      .flatMap(([name]): Misreading[] => {
        const last = (says: string, f: (value: Value) => Value): Misreading => ({
          says,
          returns: (got) => ({ ...got, [name]: f(got[name]!) }),
        });
        const rows = (value: Value): Value =>
          typeof value === 'number'
            ? value
            : value instanceof Float64Array
              ? softmax(value)
              : value.map(softmax);
        return [
          last(`Your ${name} goes through tanh once more.`, (v) => each(v, Math.tanh)),
          last(`Your ${name} goes through σ, which does not belong there.`, (v) =>
            each(v, sigmoid),
          ),
          last(`Your ${name} goes through a softmax, which does not belong there.`, rows),
          last(`Your ${name} is 1 - ${name}.`, (v) => each(v, (u) => 1 - u)),
          last(`Your ${name} is squared.`, (v) => each(v, (u) => u * u)),
        ];
      }),
  ];
}
