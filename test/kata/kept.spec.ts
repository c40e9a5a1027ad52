/** The bridge for katas that are handed activations: its names, its rows, and the way back, against plain arithmetic. */
import { describe, expect, it } from 'vitest';
import { backThroughKept, keptByEngine } from '../../src/kata/kept.js';
import { drawValues } from '../../src/kata/cases.js';
import { matrix, sequence, vector } from '../../src/kata/values.js';
import { sigmoid } from '../../src/kata/learner.js';
import { throughEngine } from '../../src/kata/reference.js';
import type { EngineInput } from '../../src/kata/reference.js';
import type { Matrix, Sequence, ValueShape, Vector } from '../../src/kata/values.js';

const dims = { T: 4, D: 2, H: 3, O: 5, S: 6, K: 7, V: 8, N: 2, B: 9 };
const blocks = { lstm: ['f', 'i', 'c', 'o'], gru: ['z', 'r', 'h'] } as const;
type Kind = keyof typeof blocks;

const draw = (shape: ValueShape, seed: number) => drawValues({ value: shape }, dims, seed).value;

/** Inputs without a zero, each array from a seed of its own. */
const input = (kind: Kind) => ({
  xs: draw(sequence('D'), 1) as Sequence,
  h0: draw(vector('H'), 2) as Vector,
  ...(kind === 'lstm' ? { c0: draw(vector('H'), 3) as Vector } : {}),
  parameters: Object.fromEntries(
    blocks[kind].flatMap((block, k) => [
      [`W${block}`, draw(matrix('H', 'H+D'), 10 + k) as Matrix],
      [`b${block}`, draw(vector('H'), 20 + k) as Vector],
    ]),
  ) as Record<string, Matrix | Vector>,
});

const dhs = draw(sequence('H'), 4) as Sequence;
const dcs = draw(sequence('H'), 5) as Sequence;

/** Σ_t dhs[t] · h_t + dcs[t] · c_t. */
function loss(kind: Kind, given: EngineInput): number {
  const { h, c } = throughEngine(kind, given);
  const dot = (as: Sequence, bs: Sequence): number =>
    as.reduce((sum, a, t) => a.reduce((s, v, j) => s + v * bs[t]![j]!, sum), 0);
  return dot(dhs, h!) + (c ? dot(dcs, c) : 0);
}

/** dL/dv for one entry of an array that the loss reads: the array is put back as it was. */
function difference(array: Float64Array, j: number, measure: () => number): number {
  const [old, step] = [array[j]!, 1e-5];
  array[j] = old + step;
  const above = measure();
  array[j] = old - step;
  const below = measure();
  array[j] = old;
  return (above - below) / (2 * step);
}

const rowsOf = (value: Matrix | Vector): Float64Array[] =>
  value instanceof Float64Array ? [value] : value;

const apply = (W: Matrix, v: Vector, b: Vector): Vector =>
  b.map((bias, j) => bias + W[j]!.reduce((sum, w, k) => sum + w * v[k]!, 0));

const expectClose = (got: Vector, want: Vector): void => {
  for (const [j, v] of want.entries()) expect(got[j]).toBeCloseTo(v, 12);
};

describe('what the engine keeps', () => {
  it('is the gates, candidates and states of the LSTM by their names', () => {
    const { xs, h0, c0, parameters: p } = input('lstm');
    const kept = keptByEngine('lstm', { xs, h0, c0: c0!, parameters: p });
    let [h, c] = [h0, c0!];
    for (const [t, x] of xs.entries()) {
      const hx = Float64Array.of(...h, ...x);
      const a = (block: string) => apply(p[`W${block}`] as Matrix, hx, p[`b${block}`] as Vector);
      const [f, i, cTilde, o] = [
        a('f').map(sigmoid),
        a('i').map(sigmoid),
        a('c').map(Math.tanh),
        a('o').map(sigmoid),
      ];
      c = c.map((v, j) => f[j]! * v + i[j]! * cTilde[j]!);
      h = o.map((v, j) => v * Math.tanh(c[j]!));
      expectClose(kept.fs[t]!, f);
      expectClose(kept.is[t]!, i);
      expectClose(kept.cTildes[t]!, cTilde);
      expectClose(kept.os[t]!, o);
      expectClose(kept.cs[t]!, c);
      expectClose(kept.hs[t]!, h);
    }
  });

  it('is the gates, candidates and states of the GRU by their names', () => {
    const { xs, h0, parameters: p } = input('gru');
    const kept = keptByEngine('gru', { xs, h0, parameters: p });
    let h = h0;
    for (const [t, x] of xs.entries()) {
      const hx = Float64Array.of(...h, ...x);
      const z = apply(p.Wz as Matrix, hx, p.bz as Vector).map(sigmoid);
      const r = apply(p.Wr as Matrix, hx, p.br as Vector).map(sigmoid);
      const rhx = hx.map((v, k) => (k < r.length ? r[k]! * v : v));
      const hTilde = apply(p.Wh as Matrix, rhx, p.bh as Vector).map(Math.tanh);
      h = h.map((v, j) => (1 - z[j]!) * v + z[j]! * hTilde[j]!);
      expectClose(kept.zs[t]!, z);
      expectClose(kept.rs[t]!, r);
      expectClose(kept.hTildes[t]!, hTilde);
      expectClose(kept.hs[t]!, h);
    }
  });
});

describe.each(['lstm', 'gru'] as const)('the way back through the %s', (kind) => {
  it('gives the gradients that central differences give, of everything that went in', () => {
    const given = input(kind);
    const upstream = kind === 'lstm' ? { dhs, dcs } : { dhs };
    const got = backThroughKept(kind, given, keptByEngine(kind, given), upstream);
    const inputs: Record<string, Matrix | Vector> = {
      ...given.parameters,
      x: given.xs,
      h0: given.h0,
      ...(given.c0 ? { c0: given.c0 } : {}),
    };
    expect(Object.keys(got).sort()).toEqual(Object.keys(inputs).sort());
    for (const [name, value] of Object.entries(inputs))
      for (const [row, array] of rowsOf(value).entries())
        for (const j of array.keys()) {
          const numeric = difference(array, j, () => loss(kind, given));
          expect(rowsOf(got[name]!)[row]![j], `${name} ${row} ${j}`).toBeCloseTo(numeric, 8);
        }
  });

  it('starts from the numbers that it is handed, not from those of a forward pass', () => {
    const given = input(kind);
    const kept = keptByEngine(kind, given);
    const shut = (gates: Sequence): Sequence => gates.map((gate) => gate.map(() => 0));
    if (kind === 'lstm') {
      const { c0 } = backThroughKept(kind, given, { ...kept, fs: shut(kept.fs) }, { dhs, dcs });
      expect([...(c0 as Vector)]).toEqual([0, 0, 0]);
    } else {
      const { Wh } = backThroughKept(kind, given, { ...kept, rs: shut(kept.rs) }, { dhs });
      for (const row of Wh as Matrix) expect([...row.slice(0, 3)].map(Math.abs)).toEqual([0, 0, 0]);
    }
  });

  it('pairs the weights with the states that it is handed', () => {
    const given = input(kind);
    const kept = keptByEngine(kind, given);
    const doubled = kept.hs.map((h) => h.map((v) => 2 * v));
    const block = blocks[kind].at(-1)!;
    const plain = backThroughKept(kind, given, kept, { dhs })[`W${block}`] as Matrix;
    const other = backThroughKept(kind, given, { ...kept, hs: doubled }, { dhs })[
      `W${block}`
    ] as Matrix;
    expect(other[0]![0]).not.toBeCloseTo(plain[0]![0]!, 6);
    if (kind === 'lstm') expect(other[0]![3]).toBe(plain[0]![3]); // the columns of x know nothing of h
  });
});

it('goes back through the cells that it is handed: where all were empty, f and o get no gradient', () => {
  const given = { ...input('lstm'), c0: new Float64Array(3) };
  const kept = keptByEngine('lstm', given);
  const empty = kept.cs.map((c) => c.map(() => 0));
  const { bf, bi, bo } = backThroughKept('lstm', given, { ...kept, cs: empty }, { dhs });
  expect([...(bf as Vector), ...(bo as Vector)].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(Math.abs((bi as Vector)[0]!)).toBeGreaterThan(0);
});
