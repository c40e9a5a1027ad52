/** Our parameters in PyTorch's order: there and back is where we were, and its documented equations give our h. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  cells,
  createParameters,
  fillUniform,
  rng,
  sigmoid,
  tanh,
} from '../../src/engine/index.js';
import type { Arrays, Cell, Dims } from '../../src/engine/index.js';

type Kind = 'rnn' | 'lstm' | 'gru-reset-after';
type Named = Arrays & { readonly slab: Float64Array };
interface Theirs {
  readonly weight_ih: Float64Array;
  readonly weight_hh: Float64Array;
  readonly bias_ih: Float64Array;
  readonly bias_hh: Float64Array;
}
interface Layout {
  readonly modules: Record<Kind, string>;
  readonly toTorch: (kind: Kind, dims: Dims, parameters: Named) => Theirs;
  readonly fromTorch: (kind: Kind, dims: Dims, parameters: Named, theirs: Theirs) => Float64Array;
  readonly sharedBiases: (kind: Kind, dims: Dims, theirs: Theirs) => [Float64Array, Float64Array];
}
const { fromTorch, modules, sharedBiases, toTorch } = (await import(
  new URL('torch-layout.js', import.meta.url).href
)) as Layout;
const kinds = Object.keys(modules) as Kind[];

/** A cell with every parameter drawn, and x. */
function drawn(kind: Kind, dims: Dims, seed: number) {
  const random = rng(seed);
  const cell: Cell = cells[kind];
  const parameters = createParameters(new Arena(), cell, dims, { random }) as unknown as Named;
  const x = new Float64Array(dims.T * dims.B * dims.D);
  for (const array of [parameters.slab, x]) fillUniform(array, random, -1, 1);
  return { cell, parameters, x };
}

/** The next states of one sequence, from both sides' sums: a_i = W_i x + b_i, a_h = W_h h + b_h. */
const steps: Record<
  Kind,
  (onX: number[][], onH: number[][], h: number[], c: number[]) => { h: number[]; c: number[] }
> = {
  rnn: ([x], [a], _h, c) => ({ h: x!.map((v, j) => tanh(v + a![j]!)), c }),
  lstm: (onX, onH, _h, c) => {
    const [i, f, g, o] = onX.map((row, k) => row.map((v, j) => v + onH[k]![j]!));
    const next = c.map((v, j) => sigmoid(f![j]!) * v + sigmoid(i![j]!) * tanh(g![j]!));
    return { h: next.map((v, j) => sigmoid(o![j]!) * tanh(v)), c: next };
  },
  'gru-reset-after': (onX, onH, h, c) => {
    const [r, z] = [0, 1].map((k) => onX[k]!.map((v, j) => sigmoid(v + onH[k]![j]!)));
    const n = onX[2]!.map((v, j) => tanh(v + r![j]! * onH[2]![j]!));
    return { h: h.map((v, j) => (1 - z![j]!) * n[j]! + z![j]! * v), c };
  },
};

/** h (T,B,H) by the equations in PyTorch's documentation of the module, on its own arrays. */
function documented(kind: Kind, { T, B, D, H }: Dims, theirs: Theirs, x: Float64Array): number[] {
  const blocks = theirs.bias_ih.length / H;
  const sums = (W: Float64Array, b: Float64Array, v: ArrayLike<number>): number[][] =>
    Array.from({ length: blocks }, (_, k) =>
      Array.from({ length: H }, (_, j) => {
        const row = k * H + j;
        return Array.from(v).reduce(
          (sum, value, n) => sum + W[row * v.length + n]! * value,
          b[row]!,
        );
      }),
    );
  const zero = (): number[] => new Array<number>(H).fill(0);
  const states = Array.from({ length: B }, () => ({ h: zero(), c: zero() }));
  return Array.from({ length: T }, (_, t) =>
    states.map(({ h, c }, n) => {
      const row = t * B + n;
      const onX = sums(theirs.weight_ih, theirs.bias_ih, x.subarray(row * D, (row + 1) * D));
      states[n] = steps[kind](onX, sums(theirs.weight_hh, theirs.bias_hh, h), h, c);
      return states[n].h;
    }),
  ).flat(2);
}

const size = fc.integer({ min: 1, max: 4 });
const given = [fc.record({ T: size, B: size, D: size, H: size }), fc.nat()] as const;

describe.each(kinds)('the parameters of %s in PyTorch’s order', (kind) => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(...given, (dims, seed) => {
        const { parameters } = drawn(kind, dims, seed);
        const back = fromTorch(kind, dims, parameters, toTorch(kind, dims, parameters));
        expect(back).toEqual(parameters.slab);
      }),
    );
  });

  it('give our h by the equations of its documentation', () => {
    fc.assert(
      fc.property(...given, (dims, seed) => {
        const { cell, parameters, x } = drawn(kind, dims, seed);
        const { h } = cell.forward(new Arena(), dims, parameters, { x }).outputs;
        const theirs = documented(kind, dims, toTorch(kind, dims, parameters), x);
        const apart = theirs.map((value, j) => Math.abs(value - h![j]!));
        expect(theirs.length).toBe(h!.length);
        expect(Math.max(...apart)).toBeLessThan(1e-13);
      }),
    );
  });

  it('leave its second bias zero wherever it is added to the first', () => {
    const dims = { T: 1, B: 1, D: 2, H: 3 };
    const { parameters } = drawn(kind, dims, 5);
    const theirs = toTorch(kind, dims, parameters);
    const [first, second] = sharedBiases(kind, dims, theirs);
    expect(first).toEqual(theirs.bias_ih.subarray(0, first.length));
    expect(second).toEqual(new Float64Array(first.length));
    // What is not shared is a parameter of ours.
    expect(theirs.bias_hh.length - first.length).toBe(parameters.bhh?.length ?? 0);
  });
});
