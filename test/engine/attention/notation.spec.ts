/** The equations of src/notation/attention.ts and training.ts against the engine's numbers. */
import { describe, expect, it } from 'vitest';
import {
  Arena,
  adam,
  additiveAttention,
  additiveAttentionBackward,
  attention,
  attentionBackward,
  clipGlobalNorm,
  createAdditiveParameters,
  createMultiHeadParameters,
  fillUniform,
  meanSquaredError,
  multiHead,
  multiHeadBackward,
  onlineAttention,
  onlineAttentionBackward,
  rng,
  sgd,
  softmaxCrossEntropy,
} from '../../../src/engine/index.js';
import { equationById, equations, evaluate } from '../../../src/notation/index.js';
import type { EquationId, Value } from '../../../src/notation/index.js';

const checked = new Set<string>();
const values = (seed: number) => {
  const random = rng(seed);
  return (length: number): Float64Array => {
    const array = new Float64Array(length);
    fillUniform(array, random, -1, 1);
    return array;
  };
};
const rowsOf = (array: Float64Array, m: number): Float64Array[] =>
  Array.from({ length: m }, (_, j) =>
    array.slice((j * array.length) / m, ((j + 1) * array.length) / m),
  );
const flat = (value: Value): number[] =>
  typeof value === 'number'
    ? [value]
    : value instanceof Float64Array
      ? [...value]
      : value.flatMap((row) => [...row]);

/** The equation's left side, worked from the known values, is the engine's; it then joins the known values. */
function expectSame(
  id: EquationId,
  known: Record<string, Value>,
  engine?: ArrayLike<number>,
): void {
  const eq = equationById(id)!;
  const got = evaluate(eq, known);
  checked.add(id);
  known[eq.defines] = got;
  if (!engine) return;
  const scale = Math.max(...Array.from(engine, Math.abs));
  expect(scale, `${id}: all zero says nothing`).toBeGreaterThan(0);
  expect(flat(got), id).toHaveLength(engine.length);
  for (const [j, v] of flat(got).entries())
    expect(Math.abs(v - engine[j]!), `${id}[${j}]`).toBeLessThanOrEqual(1e-13 * scale);
}

describe.each([1, 2, 3])('at seed %i', (seed) => {
  it('scaled dot-product attention', () => {
    const draw = values(seed);
    const [T, D, H] = [5, 3, 4];
    const [Q, K, V, dcontext] = [draw(D), draw(T * D), draw(T * H), draw(H)];
    const arena = new Arena();
    const run = attention(arena, { Tq: 1, Tk: T, B: 1, heads: 1, dk: D, dv: H }, { Q, K, V });
    const d = attentionBackward(arena, run, dcontext);
    const known: Record<string, Value> = { Q, K: rowsOf(K, T), V: rowsOf(V, T), D, dcontext };
    expectSame('attention.scores', known);
    expectSame('attention.weights', known, run.weights);
    expectSame('attention.context', known, run.out);
    expectSame('attention.backward.weights', known);
    expectSame('attention.backward.scores', known);
    expectSame('attention.backward.query', known, d.Q);
    expectSame('attention.backward.keys', known, d.K);
    expectSame('attention.backward.values', known, d.V);
  });

  it('online softmax, key after key', () => {
    const draw = values(seed);
    const [T, D, H] = [5, 3, 4];
    const [Q, K, V, dcontext] = [draw(D), draw(T * D), draw(T * H), draw(H)];
    const arena = new Arena();
    const dims = { Tq: 1, Tk: T, B: 1, heads: 1, dk: D, dv: H };
    const run = onlineAttention(arena, dims, { Q, K, V });
    const d = onlineAttentionBackward(arena, run, dcontext);
    const known: Record<string, Value> = { Q, K: rowsOf(K, T), V: rowsOf(V, T), D, dcontext };
    expectSame('attention.scores', known);
    Object.assign(known, { topPrev: -Infinity, sumPrev: 0, partialPrev: new Float64Array(H) });
    rowsOf(V, T).forEach((value, j) => {
      Object.assign(known, { value, score: (known.e as Float64Array)[j]! });
      expectSame('attention.online.maximum', known);
      expectSame('attention.online.sum', known);
      expectSame('attention.online.context', known);
      Object.assign(known, { topPrev: known.top, sumPrev: known.sum, partialPrev: known.partial });
    });
    expectSame('attention.online.finish', known, run.out);
    expectSame('attention.online.log-sum-exp', known, run.logSumExp);
    expectSame('attention.online.backward.weights', known);
    expectSame('attention.backward.weights', known);
    expectSame('attention.online.backward.mean', known);
    expectSame('attention.online.backward.scores', known);
    expectSame('attention.backward.query', known, d.Q);
    expectSame('attention.backward.keys', known, d.K);
    expectSame('attention.backward.values', known, d.V);
  });

  it('multi-head self-attention of one step', () => {
    const draw = values(seed);
    const [E, heads] = [6, 2];
    const arena = new Arena();
    const p = createMultiHeadParameters(arena, { E }, rng(seed));
    const [x, dy] = [draw(E), draw(E)];
    const run = multiHead(arena, { Tq: 1, Tk: 1, B: 1, E, heads }, p, { x });
    const d = multiHeadBackward(arena, run, dy);
    const { Wq, Wk, Wv, Wo, bq, bk, bv, bo: bout } = p;
    const known: Record<string, Value> = {
      ...{ x, dy, bq, bk, bv, bout, Wq: rowsOf(Wq, E), Wk: rowsOf(Wk, E), Wv: rowsOf(Wv, E) },
      Wout: rowsOf(Wo, E),
    };
    expectSame('attention.multi-head.query', known, run.heads.Q);
    expectSame('attention.multi-head.key', known, run.heads.K);
    expectSame('attention.multi-head.value', known, run.heads.V);
    known.heads = known.value!; // one step attends to itself alone
    expectSame('attention.multi-head.output', known, run.out);
    expectSame('attention.multi-head.backward.heads', known);
    expectSame('attention.multi-head.backward.Wout', known, d.Wo);
    expectSame('attention.multi-head.backward.bout', known, d.bo);
    // A weight of 1 that cannot change: nothing goes back to query and key. Over several steps, below.
    Object.assign(known, { dQ: d.bq, dkey: d.bk, dvalue: known.dheads });
    expectSame('attention.multi-head.backward.Wv', known, d.Wv);
    expectSame('attention.multi-head.backward.input', known, d.x);
  });

  it('multi-head cross-attention: Wq by the queries, Wk by the keys', () => {
    const draw = values(seed);
    const [E, Tk] = [4, 3];
    const arena = new Arena();
    const p = createMultiHeadParameters(arena, { E }, rng(seed));
    const [x, memory, dy] = [draw(E), draw(Tk * E), draw(E)];
    const run = multiHead(arena, { Tq: 1, Tk, B: 1, E, heads: 1 }, p, { x, memory });
    const d = multiHeadBackward(arena, run, dy);
    const dheads = Float64Array.from({ length: E }, (_, j) =>
      dy.reduce((sum, v, k) => sum + v * p.Wo[k * E + j]!, 0),
    );
    const { Q, K, V } = attentionBackward(arena, run.heads, dheads);
    expectSame('attention.multi-head.backward.Wq', { x, dQ: Q }, d.Wq);
    const parts = { Wk: new Float64Array(E * E), Wv: new Float64Array(E * E) };
    rowsOf(memory, Tk).forEach((row, j) => {
      const known: Record<string, Value> = {
        x: row,
        dkey: rowsOf(K, Tk)[j]!,
        dvalue: rowsOf(V, Tk)[j]!,
      };
      for (const name of ['Wk', 'Wv'] as const) {
        expectSame(`attention.multi-head.backward.${name}`, known);
        flat(known[`d${name}`]!).forEach((v, k) => (parts[name][k]! += v));
      }
    });
    for (const name of ['Wk', 'Wv'] as const)
      parts[name].forEach((v, k) => expect(Math.abs(v - d[name][k]!)).toBeLessThanOrEqual(1e-14));
  });

  it('additive attention', () => {
    const draw = values(seed);
    const [T, S, H, A] = [2, 3, 4, 5];
    const arena = new Arena();
    const p = createAdditiveParameters(arena, { H, S, A }, rng(seed));
    const [s, h, dcontext] = [draw(S), draw(T * H), draw(H)];
    const run = additiveAttention(arena, { J: 1, T, B: 1, H, S, A }, p, { s, h });
    const d = additiveAttentionBackward(arena, run, dcontext);
    const states = rowsOf(h, T).map((state): Record<string, Value> => ({
      ...{ s, h: state, Wa: rowsOf(p.Wa, A), Ua: rowsOf(p.Ua, A), ba: p.ba, va: p.va },
    }));
    states.forEach((known, t) => {
      const u = run.steps[0]!.u.slice(t * A, (t + 1) * A);
      expectSame('attention.additive.hidden', known, u);
      expectSame('attention.additive.score', known);
    });
    const all: Record<string, Value> = {
      e: Float64Array.from(states, (known) => known.score as number),
      ...{ V: rowsOf(h, T), dcontext },
    };
    expectSame('attention.weights', all, run.weights);
    expectSame('attention.context', all, run.context);
    expectSame('attention.backward.weights', all);
    expectSame('attention.backward.scores', all);
    const sums: Record<string, number[]> = {};
    states.forEach((known, t) => {
      known.dscore = (all.de as Float64Array)[t]!;
      for (const part of ['va', 'hidden', 'query', 'Wa', 'Ua', 'ba'] as const) {
        const id = `attention.additive.backward.${part}` as const;
        expectSame(id, known);
        const { defines } = equationById(id)!;
        sums[defines] = flat(known[defines]!).map((v, j) => v + (sums[defines]?.[j] ?? 0));
      }
    });
    for (const name of ['va', 's', 'Wa', 'Ua', 'ba'] as const) {
      const scale = Math.max(...d[name].map(Math.abs));
      sums[`d${name}`]!.forEach((v, j) =>
        expect(Math.abs(v - d[name][j]!), `d${name}`).toBeLessThanOrEqual(1e-13 * (scale + 1)),
      );
    }
  });

  it('losses, clipping and optimisers', () => {
    const draw = values(seed);
    const O = 4;
    const arena = new Arena();
    const y = draw(O);
    const one = Float64Array.from({ length: O }, (_, j) => Number(j === 2));
    const ce = softmaxCrossEntropy(arena, { N: 1, C: O }, y, [2]);
    const known: Record<string, Value> = { y, O, target: one };
    expectSame('training.cross-entropy', known, [ce.loss]);
    expectSame('training.backward.cross-entropy', known, ce.gradient);
    known.target = draw(O);
    const mse = meanSquaredError(arena, { N: 1, C: O }, y, known.target);
    expectSame('training.mean-squared-error', known, [mse.loss]);
    expectSame('training.backward.mean-squared-error', known, mse.gradient);

    const [theta, dtheta, second] = [draw(3), draw(3), draw(3)];
    const [rate, momentum, maxNorm, beta1, beta2, epsilon] = [0.1, 0.5, 0.1, 0.9, 0.99, 1e-8];
    const step: Record<string, Value> = { dtheta, maxNorm, rate, momentum, beta1, beta2 };
    const clipped = dtheta.slice();
    expectSame('training.norm', step, [clipGlobalNorm([clipped], maxNorm)]);
    expectSame('training.clip', step, clipped);

    const moved = theta.slice();
    const descent = sgd(arena, [moved], { rate, momentum });
    Object.assign(step, { theta: theta.slice(), mPrev: new Float64Array(3) });
    for (const gradient of [dtheta, second]) {
      descent.step([gradient]);
      step.dtheta = gradient;
      expectSame('training.momentum', step);
      expectSame('training.sgd', step, moved);
      Object.assign(step, { mPrev: step.m, theta: step.thetaNext });
    }

    const other = theta.slice();
    const optimiser = adam(arena, [other], { rate, beta1, beta2, epsilon });
    Object.assign(step, { mPrev: new Float64Array(3), vPrev: new Float64Array(3) });
    Object.assign(step, { theta: theta.slice(), epsilon });
    [dtheta, second].forEach((gradient, k) => {
      optimiser.step([gradient]);
      Object.assign(step, { dtheta: gradient, N: k + 1 });
      expectSame('training.adam-first-moment', step);
      expectSame('training.adam-second-moment', step);
      expectSame('training.adam-first-corrected', step);
      expectSame('training.adam-second-corrected', step);
      expectSame('training.adam', step, other);
      Object.assign(step, { mPrev: step.m, vPrev: step.v, theta: step.thetaNext });
    });
  });
});

it('every equation of attention and training was worked', () => {
  const all = equations.filter(({ cell }) => cell === 'attention' || cell === 'training');
  expect([...checked].sort()).toEqual(all.map(({ id }) => id).sort());
});
