/**
 * Every backward equation against the forward equations: their derivative by complex step and by
 * central differences, both calculated by mathjs and not by this room's own arithmetic.
 */
import type { MathScalarType, Matrix } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { equations, evaluate, type CellName, type Value } from '../../src/notation/index.js';
import { column, compiled, functions, grid, math, type Number, type Scope } from './mathjs.js';
import { valuesFor } from './point.js';

/** What arrives at the cell from outside, and where: L = Σ gradient · symbol. */
const arriving: Record<CellName, Record<string, string>> = {
  rnn: { dy: 'y', dhNext: 'h' },
  lstm: { dh: 'h', dcNext: 'c' },
  gru: { dh: 'h' },
  'lstm-peephole': { dh: 'h', dcNext: 'c' },
  'lstm-peephole-forget': { dh: 'h', dcNext: 'c' },
  'lstm-coupled': { dh: 'h', dcNext: 'c' },
  'gru-reset-after': { dh: 'h' },
};
/** A gradient in a pre-activation is the derivative in the bias that is added to it. */
const added: Record<string, string> = {
  ...{ da: 'bh', daf: 'bf', dai: 'bi', dac: 'bc', dao: 'bo', daz: 'bz', dar: 'br', dah: 'bh' },
};

const flat = (value: Value): number[] =>
  typeof value === 'number'
    ? [value]
    : value instanceof Float64Array
      ? [...value]
      : value.flatMap((row) => [...row]);

const isForward = (id: string) => !id.includes('.backward.') && !id.endsWith('.parameters');

/** L with `step` added to entry k of one symbol, whether it is given or calculated on the way. */
function lossOf(cell: CellName, given: Record<string, Value>) {
  const forward = equations
    .filter((eq) => eq.cell === cell && isForward(eq.id))
    .map((eq) => ({ defines: eq.defines, code: compiled(eq.is) }));
  const order = cell === 'lstm' ? reorder(forward) : forward;
  return (name: string, k: number, step: Number): Number => {
    const scope: Scope = new Map<string, unknown>(functions);
    const put = (symbol: string, value: unknown) => {
      if (symbol === name) {
        const sizes = math.size(value as never) as unknown as {
          toArray?: () => number[];
        } & number[];
        const columns = (sizes.toArray?.() ?? sizes)[1]!;
        const index: [number, number] = [Math.floor(k / columns), k % columns];
        const matrix = math.clone(value) as ReturnType<typeof column>;
        matrix.set(index, math.add(matrix.get(index) as never, step as never));
        value = matrix;
      }
      scope.set(symbol, value);
    };
    for (const [symbol, value] of Object.entries(given))
      put(symbol, value instanceof Float64Array ? column(value) : grid(value as Float64Array[]));
    for (const { defines, code } of order) {
      code.evaluate(scope);
      put(defines, scope.get(defines));
    }
    let sum: MathScalarType = 0;
    for (const [gradient, symbol] of Object.entries(arriving[cell])) {
      const products = math.dotMultiply(scope.get(gradient) as Matrix, scope.get(symbol) as Matrix);
      sum = math.add(sum, math.sum(products));
    }
    return sum as Number;
  };
}
const reorder = <E extends { defines: string }>(list: E[]): E[] =>
  ['f', 'i', 'cTilde', 'o', 'c', 'h'].map((name) => list.find((one) => one.defines === name)!);

function worked(cell: CellName, dims: Record<string, number>, seed: number) {
  const own = equations.filter((eq) => eq.cell === cell && !eq.id.endsWith('.parameters'));
  const defined = new Set(
    own.filter((eq) => !Object.hasOwn(arriving[cell], eq.defines)).map((eq) => eq.defines),
  );
  const shapes = Object.assign({}, ...own.map((eq) => eq.symbols)) as Record<
    string,
    readonly string[]
  >;
  const leaves = Object.fromEntries(Object.entries(shapes).filter(([name]) => !defined.has(name)));
  const given = valuesFor(leaves, dims, seed);
  const values = { ...given };
  const forward = own.filter((eq) => isForward(eq.id));
  for (const eq of cell === 'lstm' ? reorder(forward) : forward)
    values[eq.defines] = evaluate(eq, values);
  return { given, values, backward: own.filter((eq) => eq.id.includes('.backward.')) };
}

const sizes = [
  { H: 3, D: 2, O: 4 },
  { H: 1, D: 3, O: 2 },
  { H: 2, D: 1, O: 1 },
];

describe.each(Object.keys(arriving) as CellName[])('%s', (cell) => {
  it.each(sizes.map((dims, k) => [JSON.stringify(dims), dims, k + 11] as const))(
    'backward is the derivative of forward at %s',
    (_, dims, seed) => {
      const { given, values, backward } = worked(cell, dims, seed);
      const loss = lossOf(cell, given);
      const slope = (name: string, k: number) => ({
        complex: (loss(name, k, math.complex(0, 1e-30)) as { im: number }).im / 1e-30,
        central: ((loss(name, k, 1e-5) as number) - (loss(name, k, -1e-5) as number)) / 2e-5,
      });
      expect(backward.length).toBeGreaterThan(5);
      for (const eq of backward) {
        const value = evaluate(eq, values);
        values[eq.defines] = value;
        const got = flat(value);
        const targets =
          eq.defines === 'dhx' ? ['hPrev', 'x'] : [added[eq.defines] ?? eq.defines.slice(1)];
        const places = targets.flatMap((name) =>
          flat(given[name] ?? values[name]!).map((__, k) => [name, k] as const),
        );
        expect(got, eq.id).toHaveLength(places.length);
        places.forEach(([name, k], at) => {
          const { complex, central } = slope(name, k);
          expect(
            Math.abs(got[at]! - complex),
            `${eq.id}: d${name}[${k}], complex step`,
          ).toBeLessThan(1e-13);
          expect(
            Math.abs(got[at]! - central),
            `${eq.id}: d${name}[${k}], differences`,
          ).toBeLessThan(1e-8);
        });
      }
    },
  );
});
