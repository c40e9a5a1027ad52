/** Clipping, SGD, Adam and the initialisers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  adam,
  clipGlobalNorm,
  fillNormal,
  forgetBias,
  forgetBiasFor,
  globalNorm,
  identity,
  orthogonal,
  rng,
  sgd,
  sigmoid,
  xavierUniform,
} from '../../src/engine/index.js';
import { distance, flat, golden, largest } from './golden-file.js';
import { math } from '../notation/mathjs.js';
import type { Nested } from './golden-file.js';

describe('clipping by global norm', () => {
  interface Case {
    label: string;
    max_norm: number;
    grads: Record<string, Nested>;
  }
  const { inputs, outputs, grads } = golden<{
    inputs: { cases: Case[] };
    outputs: { cases: { total_norm: number }[] };
    grads: { cases: { clipped_exact: Record<string, Nested> }[] };
  }>('clip_global_norm');

  it.each(inputs.cases.map((one, k) => [one.label, one, k] as const))(
    'agrees with the exact rule in the golden file: %s',
    (_, { max_norm, grads: given }, k) => {
      const names = Object.keys(given);
      const gradients = names.map((name) => flat(given[name]!));
      const norm = clipGlobalNorm(gradients, max_norm);
      const want = outputs.cases[k]!.total_norm;
      expect(Math.abs(norm - want)).toBeLessThanOrEqual(1e-12 * want);
      const clipped = names.map((name) => flat(grads.cases[k]!.clipped_exact[name]!));
      const scale = Math.max(...clipped.map(largest));
      names.forEach((name, at) =>
        expect(distance(gradients[at]!, clipped[at]!), name).toBeLessThanOrEqual(1e-12 * scale),
      );
    },
  );

  const arrays = fc.array(
    fc
      .array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { maxLength: 6 })
      .map((a) => Float64Array.from(a)),
    { minLength: 1, maxLength: 4 },
  );
  it('bounds the norm, keeps the direction, and does nothing below the threshold', () => {
    fc.assert(
      fc.property(arrays, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (gradients, max) => {
        const before = gradients.map((g) => g.slice());
        const norm = clipGlobalNorm(gradients, max);
        if (norm <= max) expect(gradients).toEqual(before);
        else {
          expect(globalNorm(gradients)).toBeLessThanOrEqual(max * (1 + 1e-14));
          expect(globalNorm(gradients)).toBeGreaterThanOrEqual(max * (1 - 1e-14));
          for (const [k, g] of gradients.entries())
            for (const [j, v] of g.entries())
              expect(Math.abs(v * norm - before[k]![j]! * max)).toBeLessThanOrEqual(
                1e-14 * norm * max,
              );
        }
      }),
    );
  });

  it('neither overflows nor underflows, and tells of what is not finite', () => {
    expect(globalNorm([Float64Array.of(3e200), Float64Array.of(-4e200)])).toBeCloseTo(5e200, -190);
    expect(globalNorm([Float64Array.of(3e-200, 4e-200)]) / 5e-200).toBeCloseTo(1, 14);
    for (const bad of [NaN, Infinity])
      for (const entries of [[1, bad, 2], [bad, 0], [0, bad], [bad]]) {
        const g = Float64Array.from(entries);
        expect(clipGlobalNorm([Float64Array.of(3), g], 1)).toBe(bad);
        expect([...g]).toEqual(entries);
      }
    expect(() => clipGlobalNorm([], 0)).toThrow(EngineError);
  });
});

describe('SGD', () => {
  it('by hand: θ = 1, rate 0.5, gradients 2 and 4', () => {
    const theta = Float64Array.of(1);
    const { step } = sgd(new Arena(), [theta], { rate: 0.5 });
    step([Float64Array.of(2)]);
    expect(theta[0]).toBe(0);
    step([Float64Array.of(4)]);
    expect(theta[0]).toBe(-2);
  });
  it('with momentum 0.5, by hand: v = 2, then 0.5 · 2 + 4 = 5', () => {
    const arena = new Arena();
    const theta = Float64Array.of(1);
    const { step } = sgd(arena, [theta], { rate: 0.5, momentum: 0.5 });
    step([Float64Array.of(2)]);
    expect(theta[0]).toBe(0);
    step([Float64Array.of(4)]);
    expect(theta[0]).toBe(-2.5);
    expect(arena.live.state).toBe(8);
  });
});

describe('Adam', () => {
  it('by hand: the first step is the rate long; after g = 1, -1 it is m̂ = -0.01/0.19, v̂ = 1', () => {
    const theta = Float64Array.of(0, 0);
    const { step } = adam(new Arena(), [theta], { rate: 0.1 });
    step([Float64Array.of(1, 1e-3)]);
    expect(Math.abs(theta[0]! - -0.1 / (1 + 1e-8))).toBeLessThanOrEqual(1e-16);
    expect(Math.abs(theta[1]! - (-0.1 * 1e-3) / (1e-3 + 1e-8))).toBeLessThanOrEqual(1e-16);
    const before = theta[0]!;
    step([Float64Array.of(-1, 0)]);
    const want = before + (0.1 * 0.01) / 0.19 / (1 + 1e-8);
    expect(Math.abs(theta[0]! - want)).toBeLessThanOrEqual(1e-15);
  });

  it('follows the algorithm of the paper in 50-digit arithmetic for 50 steps', () => {
    const big = math.create({ number: 'BigNumber', precision: 50 } as never);
    const $ = (x: number) => big.bignumber(x);
    const random = rng(7);
    const gradients = Array.from(
      { length: 50 },
      () => (2 * random() - 1) * 10 ** (4 * random() - 2),
    );
    const [rate, beta1, beta2, epsilon] = [0.01, 0.9, 0.999, 1e-8];
    const theta = Float64Array.of(0.25);
    const { step } = adam(new Arena(), [theta], { rate, beta1, beta2, epsilon });
    let [m, v, want] = [$(0), $(0), $(0.25)];
    gradients.forEach((g, k) => {
      step([Float64Array.of(g)]);
      m = $(beta1).times(m).plus($(1).minus(beta1).times(g));
      v = $(beta2).times(v).plus($(1).minus(beta2).times(g).times(g));
      const mHat = m.div($(1).minus($(beta1).pow(k + 1)));
      const vHat = v.div($(1).minus($(beta2).pow(k + 1)));
      want = want.minus($(rate).times(mHat).div(vHat.sqrt().plus(epsilon)));
      expect(want.minus(theta[0]!).abs().toNumber()).toBeLessThanOrEqual(1e-15);
    });
    expect(Math.abs(theta[0]! - 0.25)).toBeGreaterThan(0.01);
  });

  it('keeps two moments per parameter, and refuses what does not fit', () => {
    const arena = new Arena();
    const parameters = [new Float64Array(3), new Float64Array(2)];
    const { step } = adam(arena, parameters, { rate: 1 });
    expect(arena.live.state).toBe(2 * 8 * 5);
    expect(() => step([new Float64Array(3)])).toThrow(/Expected gradients of 3, 2 numbers, got 3/);
    expect(() => adam(arena, parameters, { rate: 0 })).toThrow(EngineError);
    expect(() => adam(arena, parameters, { rate: 1, beta1: 1 })).toThrow(EngineError);
  });
});

describe('initialisers', () => {
  it.each([
    [1, 1],
    [5, 5],
    [64, 64],
    [3, 9],
    [9, 3],
  ])('orthogonal: QᵀQ = I within 1e-14 at (%i, %i)', (m, n) => {
    const W = new Float64Array(m * n);
    orthogonal(W, m, n, rng(3));
    const byRows = m <= n;
    const [count, length] = byRows ? [m, n] : [n, m];
    const entry = (k: number, j: number) => (byRows ? W[k * n + j]! : W[j * n + k]!);
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++) {
        let dot = 0;
        for (let j = 0; j < length; j++) dot += entry(a, j) * entry(b, j);
        expect(Math.abs(dot - (a === b ? 1 : 0))).toBeLessThanOrEqual(1e-14);
      }
  });

  it('orthogonal keeps the length of a state over 1,000 products', () => {
    const n = 8;
    const W = new Float64Array(n * n);
    orthogonal(W, n, n, rng(4));
    let h = Array.from({ length: n }, (_, j) => j + 1);
    const length = Math.hypot(...h);
    for (let t = 0; t < 1000; t++)
      h = h.map((_, i) => h.reduce((sum, v, j) => sum + W[i * n + j]! * v, 0));
    expect(Math.hypot(...h) / length).toBeCloseTo(1, 11);
  });

  it('Xavier stays within √(6 / (m + n)), fills it, and has the variance 2 / (m + n)', () => {
    const [m, n] = [120, 80];
    const W = new Float64Array(m * n);
    xavierUniform(W, m, n, rng(5));
    const bound = Math.sqrt(6 / (m + n));
    expect(largest(W)).toBeLessThanOrEqual(bound);
    expect(largest(W)).toBeGreaterThan(0.99 * bound);
    // 9,600 draws: the standard error of this variance is 0.9 % of it.
    const variance = W.reduce((sum, w) => sum + w * w, 0) / W.length;
    expect(variance / (2 / (m + n))).toBeGreaterThan(0.95);
    expect(variance / (2 / (m + n))).toBeLessThan(1.05);
  });

  it('normal numbers have mean 0, variance 1 and fourth moment 3', () => {
    const z = new Float64Array(40_000);
    fillNormal(z, rng(6));
    const moment = (power: number) => z.reduce((sum, v) => sum + v ** power, 0) / z.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.02); // 4 standard errors
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  it('identity and forget bias', () => {
    const W = new Float64Array(4).fill(9);
    identity(W, 2, 0.5);
    expect([...W]).toEqual([0.5, 0, 0, 0.5]);
    const bf = new Float64Array(3);
    forgetBias(bf);
    expect([...bf]).toEqual([1, 1, 1]);
    expect(sigmoid(forgetBiasFor(100))).toBeCloseTo(0.99, 14);
  });

  it('refuses lengths that do not fit', () => {
    expect(() => identity(new Float64Array(3), 2)).toThrow(/Expected W to be \(2,2\)/);
    expect(() => forgetBiasFor(1)).toThrow(EngineError);
  });
});
