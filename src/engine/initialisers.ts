/** Starting values of weights W (m,n), row-major, m units that each read n numbers. The seed is an argument. */
import { EngineError } from './errors.js';
import { fillUniform } from './rng.js';
import { log } from './logarithm.js';
import type { Rng } from './rng.js';

function expectMatrix(W: Float64Array, m: number, n: number): void {
  if (W.length !== m * n)
    throw new EngineError(`Expected W to be (${m},${n}), ${m * n} numbers, got ${W.length}.`);
}

/** W (m,n) := uniform(±√(6 / (m + n))) (Glorot & Bengio 2010): the variance 2 / (m + n) keeps signals both ways at one size. @throws {EngineError} unless W has m·n numbers. */
export function xavierUniform(W: Float64Array, m: number, n: number, random: Rng): void {
  expectMatrix(W, m, n);
  const bound = Math.sqrt(6 / (m + n));
  fillUniform(W, random, -bound, bound);
}

/** Fills an array with independent standard normal numbers (Marsaglia's polar method). */
export function fillNormal(array: Float64Array, random: Rng): void {
  for (let j = 0; j < array.length; j++) {
    let u = 0;
    let s = 0;
    do {
      u = 2 * random() - 1;
      const v = 2 * random() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    array[j] = u * Math.sqrt((-2 * log(s)) / s);
  }
}

/**
 * A random orthogonal W (Saxe, McClelland & Ganguli 2014), uniform over all of them: W Wᵀ = I where
 * m <= n (orthonormal rows), Wᵀ W = I where m >= n (orthonormal columns). Gram–Schmidt of normal vectors,
 * each made orthogonal twice, which is enough for full precision.
 *
 * @example
 * ```ts
 * import { orthogonal, rng } from 'bptt';
 *
 * const W = new Float64Array(2 * 2);
 * orthogonal(W, 2, 2, rng(7));
 * const dot = W[0]! * W[2]! + W[1]! * W[3]!; // of the two rows
 * Math.abs(dot) < 1e-15; // → true
 * ```
 *
 * @throws {EngineError} unless W has m·n numbers.
 */
export function orthogonal(W: Float64Array, m: number, n: number, random: Rng): void {
  expectMatrix(W, m, n);
  fillNormal(W, random);
  // Vector k begins at k · step, and its entries lie `stride` apart.
  const [count, length, step, stride] = m <= n ? [m, n, n, 1] : [n, m, 1, n];
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let j = 0; j < length; j++) sum += W[a * step + j * stride] * W[b * step + j * stride];
    return sum;
  };
  for (let k = 0; k < count; k++) {
    for (let pass = 0; pass < 2; pass++)
      for (let earlier = 0; earlier < k; earlier++) {
        const shadow = dot(k, earlier);
        for (let j = 0; j < length; j++)
          W[k * step + j * stride] -= shadow * W[earlier * step + j * stride]; // w_k -= (w_k · w_e) w_e
      }
    const norm = Math.sqrt(dot(k, k));
    for (let j = 0; j < length; j++) W[k * step + j * stride] /= norm;
  }
}

/** W (n,n) = size · I: a state that copies itself at the start (Le, Jaitly & Hinton 2015, for ReLU units). @throws {EngineError} unless W has n² numbers. */
export function identity(W: Float64Array, n: number, size = 1): void {
  expectMatrix(W, n, n);
  W.fill(0);
  for (let j = 0; j < n; j++) W[j * n + j] = size;
}

/**
 * A forget bias (H) that starts the gate near 1: σ(1) = 0.73 remembers for a few steps (Gers, Schmidhuber
 * & Cummins 2000; Jozefowicz et al. 2015), σ(b) = 1 - 1/T for about T.
 */
export function forgetBias(bf: Float64Array, value = 1): void {
  bf.fill(value);
}

/**
 * The forget bias for which a gate keeps its cell for about T steps: σ(b) = 1 - 1/T, so b = ln(T - 1).
 *
 * @example
 * ```ts
 * import { forgetBiasFor } from 'bptt';
 *
 * forgetBiasFor(2); // → 0
 * ```
 *
 * @throws {EngineError} unless T is above 1.
 */
export function forgetBiasFor(T: number): number {
  if (!(T > 1)) throw new EngineError(`Expected T to be above 1, got ${T}.`);
  return log(T - 1);
}
