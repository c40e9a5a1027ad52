/** The gradients of layers, with lengths, against both oracles: five-point differences and dual numbers through the textbook. */
import { describe, expect, it } from 'vitest';
import {
  Arena,
  bidirectional,
  bidirectionalBackward,
  cellKinds,
  cells,
  createParameters,
  rng,
  stacked,
  stackedBackward,
} from '../../src/engine/index.js';
import { checkGradient } from '../../src/check/index.js';
import { textbookParameters, textbookSteps } from '../../src/check/textbook/cells.js';
import { drawn } from './recurrent-cases.js';
import type { Arrays, CellKind, Dims, Rng } from '../../src/engine/index.js';
import type { Algebra, Differentiable, Tensor } from '../../src/check/index.js';
import type { StepValues } from '../../src/check/textbook/cells.js';

/** The textbook over one sequence: the h of every step. */
function textbook<S>(
  ops: Algebra<S>,
  kind: CellKind,
  H: number,
  flatParameters: Readonly<Record<string, readonly S[]>>,
  xs: readonly (readonly S[])[],
  initial: Readonly<Record<string, readonly S[]>>,
): (readonly S[])[] {
  const p = textbookParameters({ Why: [], by: [], ...flatParameters });
  const zero = Array.from({ length: H }, () => ops.constant(0));
  let state: StepValues<S> = { h: initial.h0 ?? zero, c: initial.c0 ?? zero };
  return xs.map((x) => (state = textbookSteps[kind](ops, p, x, state)).h!);
}

/** Σ upstream ⊙ h over sequences of their own length, with h (rows of one sequence) from `hs`. */
function weighed<S>(
  ops: Algebra<S>,
  upstream: Float64Array,
  B: number,
  lengths: readonly number[],
  hs: (n: number) => readonly (readonly S[])[],
): S {
  let loss = ops.constant(0);
  for (let n = 0; n < B; n++)
    for (const [t, h] of hs(n).slice(0, lengths[n]).entries())
      h.forEach(
        (v, j) =>
          (loss = ops.add(loss, ops.mul(ops.constant(upstream[(t * B + n) * h.length + j]!), v))),
      );
  return loss;
}

const gradcheckSizes = { T: 4, B: 2, D: 2, H: 3, seed: 5 };

/** Parameters and initial states as tensors whose names are prefixed, e.g. `forward.Wf`. */
function tensorsOf(kind: CellKind, prefix: string, dims: Dims, random: Rng): Tensor[] {
  const cell = cells[kind];
  const table = { ...cell.parameters, ...cell.initial };
  const values: Arrays = createParameters(new Arena(), cell, dims, { random });
  return Object.entries(table)
    .map(([name, axes]) => {
      const array = values[name] ?? drawn(dims.B * dims.H, random);
      return {
        name: `${prefix}.${name}`,
        shape: [array.length],
        axes: axes.slice(0, 1),
        values: array,
      };
    })
    .filter((tensor) => tensor.values.length > 0);
}
const under = <V>(named: Readonly<Record<string, V>>, prefix: string): Record<string, V> =>
  Object.fromEntries(
    Object.entries(named)
      .filter(([name]) => name.startsWith(`${prefix}.`))
      .map(([name, value]) => [name.slice(prefix.length + 1), value]),
  );

describe.each(cellKinds)('%s', (kind) => {
  const { T, B, D, H } = gradcheckSizes;
  const lengths = [4, 2];

  function check(
    tensors: Tensor[],
    parts: {
      loss: (arena: Arena, named: Arrays) => number;
      gradient: (arena: Arena, named: Arrays) => Arrays;
      over: <S>(ops: Algebra<S>, named: Readonly<Record<string, readonly S[]>>) => S;
    },
  ) {
    const name = <V>(values: readonly V[]): Record<string, V> =>
      Object.fromEntries(tensors.map((tensor, k) => [tensor.name, values[k]!]));
    const problem: Differentiable = {
      tensors,
      loss: (values) => parts.loss(new Arena(), name(values)),
      gradient: (values) => {
        const gradients = parts.gradient(new Arena(), name(values));
        return tensors.map((tensor) => gradients[tensor.name]!);
      },
      lossOver: (ops, values) => parts.over(ops, name(values)),
    };
    const report = checkGradient(problem, { T, B });
    expect(report.faults).toEqual([]);
    expect(report.tensors.filter((tensor) => !tensor.passed)).toEqual([]);
    expect(report.passed).toBe(true);
    const silent = report.tensors.filter((tensor) => tensor.norm === 0);
    expect(silent.map((tensor) => tensor.name)).toEqual([]);
  }
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, j) => sum + v * b[j]!, 0);
  const xTensor = (random: Rng): Tensor => ({
    name: 'x',
    shape: [T, B, D],
    axes: ['T', 'B', 'D'],
    values: drawn(T * B * D, random),
  });
  const rowsOf = <S>(x: readonly S[], n: number): (readonly S[])[] =>
    Array.from({ length: lengths[n]! }, (_, t) => x.slice((t * B + n) * D, (t * B + n + 1) * D));
  const initialOf = <S>(named: Readonly<Record<string, readonly S[]>>, n: number) =>
    Object.fromEntries(
      ['h0', 'c0'].flatMap((s) =>
        named[s] ? [[s, named[s].slice(n * H, (n + 1) * H)] as const] : [],
      ),
    );
  const slabOf = (arena: Arena, of: CellKind, dims: Dims, named: Arrays) => {
    const parameters = createParameters(arena, cells[of], dims);
    for (const name of Object.keys(cells[of].parameters))
      if (named[name]) parameters[name]!.set(named[name]);
    return parameters;
  };
  const statesOf = (of: CellKind, named: Arrays): Arrays =>
    Object.fromEntries(Object.keys(cells[of].initial).map((name) => [name, named[name]!]));

  it('bidirectional, with lengths', () => {
    const random = rng(gradcheckSizes.seed);
    const dims: Dims = { T, B, D, H };
    const upstream = drawn(T * B * 2 * H, random);
    const ways = ['forward', 'backward'] as const;
    const tensors = [xTensor(random), ...ways.flatMap((way) => tensorsOf(kind, way, dims, random))];
    const run = (arena: Arena, named: Arrays) => {
      const [forward, backward] = ways.map((way) => under(named, way));
      return bidirectional(
        arena,
        cells[kind],
        dims,
        {
          forward: slabOf(arena, kind, dims, forward!),
          backward: slabOf(arena, kind, dims, backward!),
        },
        {
          x: named.x!,
          lengths,
          initial: { forward: statesOf(kind, forward!), backward: statesOf(kind, backward!) },
        },
      );
    };
    check(tensors, {
      loss: (arena, named) => dot(upstream, run(arena, named).h),
      gradient: (arena, named) => {
        const d = bidirectionalBackward(arena, run(arena, named), { h: upstream });
        return Object.fromEntries([
          ['x', d.x],
          ...ways.flatMap((way) =>
            Object.entries(d[way] as Arrays).map(([name, a]) => [`${way}.${name}`, a]),
          ),
        ]) as Arrays;
      },
      over: (ops, named) =>
        weighed(ops, upstream, B, lengths, (n) => {
          const xs = rowsOf(named.x!, n);
          const [left, right] = ways.map((way) => {
            const own = under(named, way);
            const read = way === 'forward' ? xs : [...xs].reverse();
            return textbook(ops, kind, H, own, read, initialOf(own, n));
          });
          return left!.map((h, t) => [...h, ...right![xs.length - 1 - t]!]);
        }),
    });
  });

  it('two layers, the upper a GRU of another size, with lengths', () => {
    const random = rng(gradcheckSizes.seed + 1);
    const upper = 2;
    const upstream = drawn(T * B * upper, random);
    const lowDims: Dims = { T, B, D, H };
    const highDims: Dims = { T, B, D: H, H: upper };
    const tensors = [
      xTensor(random),
      ...tensorsOf(kind, 'low', lowDims, random),
      ...tensorsOf('gru', 'high', highDims, random).filter(({ name }) => name !== 'high.h0'),
    ];
    const run = (arena: Arena, named: Arrays) => {
      const [low, high] = [under(named, 'low'), under(named, 'high')];
      return stacked(
        arena,
        [
          { cell: cells[kind], H, parameters: slabOf(arena, kind, lowDims, low) },
          { cell: cells.gru, H: upper, parameters: slabOf(arena, 'gru', highDims, high) },
        ],
        { T, B, D },
        { x: named.x!, lengths, initial: [statesOf(kind, low)] },
      );
    };
    check(tensors, {
      loss: (arena, named) => dot(upstream, run(arena, named).h),
      gradient: (arena, named) => {
        const d = stackedBackward(arena, run(arena, named), { h: upstream });
        return Object.fromEntries([
          ['x', d.x],
          ...(['low', 'high'] as const).flatMap((prefix, l) =>
            Object.entries(d.layers[l]!.gradients as Arrays).map(([n, a]) => [`${prefix}.${n}`, a]),
          ),
        ]) as Arrays;
      },
      over: (ops, named) =>
        weighed(ops, upstream, B, lengths, (n) => {
          const low = under(named, 'low');
          const below = textbook(ops, kind, H, low, rowsOf(named.x!, n), initialOf(low, n));
          return textbook(ops, 'gru', upper, under(named, 'high'), below, {});
        }),
    });
  });
});
