/**
 * A cell, sizes and a seed as something to differentiate: L = Σ over all outputs and final states of
 * upstream ⊙ output, with random parameters, inputs, initial states and upstream gradients.
 */
import { Arena, cells, createParameters, fillUniform, resolve, rng } from '../engine/index.js';
import { planted } from './planted/planted.js';
import { dot } from './textbook/vectors.js';
import { textbookParameters, textbookSteps } from './textbook/cells.js';
import type { Algebra } from './algebra.js';
import type { Arrays, CellKind, Dims, Shape } from '../engine/index.js';
import type { Differentiable, Tensor } from './differentiable.js';
import type { Vec } from './textbook/vectors.js';

export interface CellProblem extends Differentiable {
  readonly kind: CellKind;
  readonly dims: Dims;
  readonly seed: number;
  /** dL/d(output), by output and final-state name. */
  readonly upstream: Arrays;
}

export interface CellProblemOptions {
  /** Multiplies every upstream gradient, and so the loss and all its gradients. */
  readonly lossScale?: number;
  /** The id of a planted mistake: its wrong backward pass then stands in for the engine's. */
  readonly mistake?: string;
}

const filled = (length: number, random: () => number, size: number): Float64Array => {
  const array = new Float64Array(length);
  fillUniform(array, random, -size, size);
  return array;
};

/** Builds the problem. The seed decides every number in it. */
export function cellProblem(
  kind: CellKind,
  dims: Dims,
  seed: number,
  options: CellProblemOptions = {},
): CellProblem {
  const { lossScale = 1, mistake } = options;
  const cell = cells[kind];
  const random = rng(seed);
  const parameters = createParameters(new Arena(), cell, dims, { random });
  const size = (shape: Shape): number => resolve(shape, dims).reduce((a, b) => a * b, 1);
  const tensor = (name: string, shape: Shape, values: Float64Array): Tensor => ({
    name,
    shape: resolve(shape, dims),
    axes: shape,
    values,
  });
  const tensors = [
    ...Object.entries(cell.parameters).map(([name, shape]) =>
      tensor(name, shape, parameters[name]!),
    ),
    ...Object.entries(cell.initial).map(([name, shape]) =>
      tensor(name, shape, filled(size(shape), random, 1)),
    ),
    tensor('x', ['T', 'B', 'D'], filled(size(['T', 'B', 'D']), random, 1)),
  ].filter(({ values }) => values.length > 0);
  const upstream: Arrays = Object.fromEntries(
    Object.entries({ ...cell.outputs, ...cell.finals }).map(([name, shape]) => [
      name,
      filled(size(shape), random, lossScale),
    ]),
  );

  const weighed = Object.entries(upstream);

  const named = <V>(values: readonly V[]): Record<string, V> =>
    Object.fromEntries(tensors.map(({ name }, k) => [name, values[k]!]));

  /** A forward pass of the engine at these values, in a scope of its own: what leaves the body must be copied. */
  const withRun = <R>(
    values: readonly Float64Array[],
    body: (arena: Arena, run: ReturnType<typeof cell.forward>) => R,
  ): R => {
    const arena = new Arena();
    return arena.scope(() => {
      const at = arena.slab('parameters', cell.parameters, dims);
      const given: Record<string, Float64Array> = {};
      for (const [k, { name }] of tensors.entries()) {
        const array =
          at[name] ?? (given[name] = arena.alloc('state', values[k]!.length, 'anything'));
        array.set(values[k]!);
      }
      return body(arena, cell.forward(arena, dims, at, { ...given, x: given.x! }));
    });
  };

  return {
    kind,
    dims,
    seed,
    tensors,
    upstream,
    loss: (values) =>
      withRun(values, (_, run) => {
        const outputs: Arrays = { ...run.outputs, ...run.finals };
        let sum = 0;
        for (const [name, gradient] of weighed) {
          const output = outputs[name]!;
          for (let j = 0; j < gradient.length; j++) sum += gradient[j]! * output[j]!;
        }
        return sum;
      }),
    gradient: (values) => {
      if (mistake !== undefined) {
        const wrong = planted(kind, mistake, dims, named(values), upstream);
        return tensors.map(({ name }) => wrong[name]!);
      }
      return withRun(values, (arena, run) => {
        const { gradients } = cell.backward(arena, run, upstream);
        return tensors.map(({ name }) => gradients[name]!.slice());
      });
    },
    lossOver: (ops, values) => textbookLoss(ops, kind, dims, named(values), upstream),
  };
}

/** The same loss by the textbook cells: sequence by sequence, step by step. */
function textbookLoss<S>(
  ops: Algebra<S>,
  kind: CellKind,
  dims: Dims,
  values: Readonly<Record<string, readonly S[]>>,
  upstream: Arrays,
): S {
  const { T, B, D, H } = dims;
  const parameters = textbookParameters({ Why: [], by: [], ...values });
  const [weights, outputs]: [S[], S[]] = [[], []];
  const weigh = (gradient: Float64Array | undefined, row: number, output: Vec<S> = []): void => {
    if (!gradient) return;
    output.forEach((_, j) => weights.push(ops.constant(gradient[row * output.length + j]!)));
    outputs.push(...output);
  };
  for (let n = 0; n < B; n++) {
    let state: Readonly<Record<string, readonly S[]>> = {
      h: values.h0!.slice(n * H, (n + 1) * H),
      c: values.c0?.slice(n * H, (n + 1) * H) ?? [],
    };
    for (let t = 0; t < T; t++) {
      const row = t * B + n;
      state = textbookSteps[kind](ops, parameters, values.x!.slice(row * D, (row + 1) * D), state);
      for (const name of ['h', 'c', 'y']) weigh(upstream[name], row, state[name]);
    }
    weigh(upstream.hT, n, state.h);
    weigh(upstream.cT, n, state.c);
  }
  return dot(ops, weights, outputs);
}
