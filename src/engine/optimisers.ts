/** Stochastic gradient descent with momentum, and Adam: one step from gradients to parameters, in place. */
import { EngineError } from './errors.js';
import type { Arena } from './arena.js';

/** What moves parameters by their gradients, in place. It holds the arrays that it was made for. */
export interface Optimiser {
  /**
   * Moves the parameters by one step; their memory (moments) is the optimiser's own.
   * @throws {EngineError} if the arrays are not as many, or not as long, as at its creation.
   */
  readonly step: (gradients: readonly Float64Array[]) => void;
}

function expectMatching(
  parameters: readonly Float64Array[],
  gradients: readonly Float64Array[],
): void {
  if (
    gradients.length !== parameters.length ||
    gradients.some((g, k) => g.length !== parameters[k].length)
  )
    throw new EngineError(
      `Expected gradients of ${parameters.map((p) => p.length).join(', ')} numbers, got ${gradients.map((g) => g.length).join(', ')}.`,
    );
}

function expectShare(name: string, value: number): void {
  if (!(value >= 0 && value < 1))
    throw new EngineError(`Expected ${name} to be in [0, 1), got ${value}.`);
}

function expectRate(rate: number): void {
  if (!(rate > 0 && rate < Infinity))
    throw new EngineError(`Expected the rate to be a number above 0, got ${rate}.`);
}

const momentsOf = (arena: Arena, parameters: readonly Float64Array[]): Float64Array[] =>
  parameters.map((p) => arena.alloc('state', p.length));

/**
 * Gradient descent with momentum μ, in PyTorch's convention: the rate stands outside the moment. μ = 0 is plain SGD.
 *
 *   v = μ v + g      θ -= rate · v
 *
 * The moments are arrays of class `state` in the arena; without momentum there are none.
 *
 * @example
 * ```ts
 * import { Arena, sgd } from 'bptt';
 *
 * const theta = Float64Array.of(1, 2);
 * const optimiser = sgd(new Arena(), [theta], { rate: 0.5, momentum: 0.5 });
 * optimiser.step([Float64Array.of(1, 0)]);
 * theta; // → [0.5, 2]
 * optimiser.step([Float64Array.of(0, 0)]); // the moment goes on
 * theta; // → [0.25, 2]
 * ```
 *
 * @throws {EngineError} unless the rate is above 0 and the momentum in [0, 1).
 */
export function sgd(
  arena: Arena,
  parameters: readonly Float64Array[],
  { rate, momentum = 0 }: { readonly rate: number; readonly momentum?: number },
): Optimiser {
  expectRate(rate);
  expectShare('the momentum', momentum);
  const moments = momentum === 0 ? [] : momentsOf(arena, parameters);
  return {
    step(gradients) {
      expectMatching(parameters, gradients);
      for (let k = 0; k < parameters.length; k++) {
        const [theta, g] = [parameters[k], gradients[k]];
        if (momentum === 0) {
          for (let j = 0; j < theta.length; j++) theta[j] -= rate * g[j]; // θ -= rate · g
          continue;
        }
        const v = moments[k];
        for (let j = 0; j < theta.length; j++) {
          v[j] = momentum * v[j] + g[j]; // v = μ v + g
          theta[j] -= rate * v[j]; // θ -= rate · v
        }
      }
    },
  };
}

/** Adam's step size, and its three constants: 0.9, 0.999 and 1e-8 unless told (Kingma & Ba 2015). */
export interface AdamOptions {
  /** How far a step goes, in units of the parameters; above 0. */
  readonly rate: number;
  /** β₁, the share of the old mean of gradients that is kept at each step; in [0, 1). */
  readonly beta1?: number;
  /** β₂, the same for the mean of their squares. */
  readonly beta2?: number;
  /** ε, added to √v̂; above 0. */
  readonly epsilon?: number;
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1), bias-corrected, ε outside the root:
 *
 *   m = β₁ m + (1 - β₁) g      v = β₂ v + (1 - β₂) g²
 *   θ -= rate · m̂ / (√v̂ + ε)   m̂ = m / (1 - β₁ᵗ)      v̂ = v / (1 - β₂ᵗ)
 *
 * The moments m and v are arrays of class `state` in the arena: two numbers for each parameter.
 *
 * @example
 * ```ts
 * import { adam, Arena } from 'bptt';
 *
 * const theta = Float64Array.of(0, 0);
 * const optimiser = adam(new Arena(), [theta], { rate: 0.1 });
 * optimiser.step([Float64Array.of(1000, -0.001)]); // the first step has the rate's length, whatever g is
 * Array.from(theta, (v) => v.toFixed(5)); // → ['-0.10000', '0.10000']
 * ```
 *
 * @throws {EngineError} unless the rate and epsilon are above 0, and beta1 and beta2 in [0, 1).
 */
export function adam(
  arena: Arena,
  parameters: readonly Float64Array[],
  { rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
): Optimiser {
  expectRate(rate);
  expectShare('beta1', beta1);
  expectShare('beta2', beta2);
  if (!(epsilon > 0)) throw new EngineError(`Expected epsilon to be above 0, got ${epsilon}.`);
  const ms = momentsOf(arena, parameters);
  const vs = momentsOf(arena, parameters);
  let power1 = 1; // β₁ᵗ
  let power2 = 1; // β₂ᵗ
  return {
    step(gradients) {
      expectMatching(parameters, gradients);
      power1 *= beta1;
      power2 *= beta2;
      for (let k = 0; k < parameters.length; k++) {
        const [theta, g, m, v] = [parameters[k], gradients[k], ms[k], vs[k]];
        for (let j = 0; j < theta.length; j++) {
          m[j] = beta1 * m[j] + (1 - beta1) * g[j]; // m = β₁ m + (1 - β₁) g
          v[j] = beta2 * v[j] + (1 - beta2) * g[j] * g[j]; // v = β₂ v + (1 - β₂) g²
          const mHat = m[j] / (1 - power1); // m̂ = m / (1 - β₁ᵗ)
          const vHat = v[j] / (1 - power2); // v̂ = v / (1 - β₂ᵗ)
          theta[j] -= (rate * mHat) / (Math.sqrt(vHat) + epsilon); // θ -= rate · m̂ / (√v̂ + ε)
        }
      }
    },
  };
}
