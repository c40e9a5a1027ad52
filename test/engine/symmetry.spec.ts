/** Two laws of every cell beside laws.spec.ts: units have no order, and backward is the adjoint of the derivative. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellKinds, createParameters, resolve } from '../../src/engine/index.js';
import { cellProblem } from '../../src/check/index.js';
import { duals } from '../../src/check/algebra.js';
import { drawn, expectNear, recurrentCase, shapes } from './recurrent-cases.js';
import type { Arrays, Dims } from '../../src/engine/index.js';

/** Rows and columns that count hidden units, in another order. */
function permuted(
  array: Float64Array,
  axes: readonly string[],
  dims: Dims,
  order: readonly number[],
): Float64Array {
  const sizes = resolve(axes as never, dims);
  const to = array.slice();
  for (let j = 0; j < array.length; j++) {
    let [rest, target, stride] = [j, 0, 1];
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const index = rest % sizes[axis]!;
      rest = Math.floor(rest / sizes[axis]!);
      const counts = axes[axis] === 'H' || (axes[axis] === 'H+D' && index < dims.H);
      target += stride * (counts ? order[index]! : index);
      stride *= sizes[axis]!;
    }
    to[target] = array[j]!;
  }
  return to;
}

describe.each(cellKinds)('%s', (kind) => {
  it('does not care how its hidden units are numbered', () => {
    fc.assert(
      fc.property(shapes(), fc.infiniteStream(fc.nat()), (sizes, picks) => {
        const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, sizes);
        const order = Array.from({ length: dims.H }, (_, j) => j);
        for (let j = dims.H - 1; j > 0; j--) {
          const other = picks.next().value! % (j + 1);
          [order[j], order[other]] = [order[other]!, order[j]!];
        }
        const axes: Readonly<Record<string, readonly string[]>> = {
          ...cell.parameters,
          ...cell.initial,
          ...cell.outputs,
          ...cell.finals,
          x: ['T', 'B', 'D'],
        };
        const renamed = (arrays: Arrays): Arrays =>
          Object.fromEntries(
            Object.entries(arrays)
              .filter(([name]) => name !== 'slab')
              .map(([name, array]) => [name, permuted(array, axes[name]!, dims, order)]),
          );
        const other = createParameters(arena, cell, dims);
        for (const [name, array] of Object.entries(renamed(parameters))) other[name]!.set(array);
        const one = cell.forward(arena, dims, parameters, given);
        const two = cell.forward(arena, dims, other, { ...renamed(given), x: given.x });
        for (const [name, array] of Object.entries(renamed(one.outputs)))
          expectNear(two.outputs[name]!, array, 1e-12, name, 1);
        const d = cell.backward(arena, two, renamed(upstream)).gradients as Arrays;
        const wanted = renamed(cell.backward(arena, one, upstream).gradients);
        const scale = Math.max(...Object.values(wanted).flatMap((a) => [...a].map(Math.abs)));
        for (const [name, array] of Object.entries(wanted))
          expectNear(d[name]!, array, 1e-12, name, scale);
      }),
    );
  });

  it('⟨v, J u⟩ by dual numbers is ⟨Jᵀ v, u⟩ by backward, for any direction u', () => {
    fc.assert(
      fc.property(shapes(12), ({ T, B, D, H, seed }) => {
        const dims: Dims = { T, B, D, H, ...(kind === 'rnn' ? { O: 2 } : {}) };
        const problem = cellProblem(kind, dims, seed);
        const { random } = recurrentCase(kind, { T, B, D, H, seed: seed + 1 });
        const values = problem.tensors.map((tensor) => tensor.values);
        const u = values.map((array) => drawn(array.length, random));
        const lifted = values.map((array, k) => Array.from(array, (v, j) => ({ v, d: u[k]![j]! })));
        const forwards = problem.lossOver!(duals, lifted).d;
        let [backwards, scale] = [0, 0];
        problem.gradient(values).forEach((gradient, k) =>
          gradient.forEach((g, j) => {
            backwards += g * u[k]![j]!;
            scale += Math.abs(g * u[k]![j]!);
          }),
        );
        expect(Math.abs(forwards - backwards)).toBeLessThanOrEqual(1e-12 * scale);
      }),
    );
  });
});
