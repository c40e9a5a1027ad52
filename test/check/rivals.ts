/**
 * The acceptance rules of two checkers in wide use, written anew from their sources, for a scalar loss:
 * what they would have said of a gradient. Random numbers are ours, so a draw is one of theirs in distribution.
 */
import { fillNormal } from '../../src/engine/index.js';
import type { Differentiable } from '../../src/check/index.js';

type Gradient = readonly Float64Array[];
/** Says whether a claimed gradient is accepted. */
export type Rule = (claimed: Gradient) => boolean;

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, v, j) => sum + v * b[j]!, 0);
/** numpy's and torch's allclose: |a - n| ≤ atol + rtol |n|. */
const close = (a: number, n: number, atol: number, rtol: number): boolean =>
  Math.abs(a - n) <= atol + rtol * Math.abs(n);

/** (L(θ + ε u) - L(θ - ε u)) / 2ε, for directions of all tensors; those that are left out stay. */
function along(problem: Differentiable, u: readonly (Float64Array | undefined)[], epsilon: number): number {
  const at = (sign: number): Float64Array[] =>
    problem.tensors.map(({ values }, k) => values.map((v, j) => v + sign * epsilon * (u[k]?.[j] ?? 0)));
  return (problem.loss(at(1)) - problem.loss(at(-1))) / (2 * epsilon);
} // prettier-ignore

/** torch.autograd.gradcheck, slow mode: each entry by central differences, eps 1e-6, atol 1e-5, rtol 1e-3. */
export function torchSlow(problem: Differentiable): Rule {
  const numeric = problem.tensors.map(({ values }, k) =>
    values.map((_, j) => {
      const unit = values.map((_v, i) => (i === j ? 1 : 0));
      return along(problem, problem.tensors.map((_t, i) => (i === k ? unit : undefined)), 1e-6);
    }),
  ); // prettier-ignore
  return (claimed) =>
    numeric.every((n, k) => n.every((v, j) => close(claimed[k]![j]!, v, 1e-5, 1e-3)));
}

/**
 * torch.autograd.gradcheck, fast mode: of each tensor one projection on u, uniform in [0, 1) and scaled to
 * length 1, and atol scaled by the sum of u.
 */
export function torchFast(problem: Differentiable, random: () => number): Rule {
  const projections = problem.tensors.map(({ values }, k) => {
    const raw = values.map(() => random());
    const size = Math.sqrt(dot(raw, raw));
    const u = raw.map((v) => v / size);
    return { u, n: along(problem, problem.tensors.map((_t, i) => (i === k ? u : undefined)), 1e-6) };
  }); // prettier-ignore
  return (claimed) =>
    projections.every(({ u, n }, k) =>
      close(dot(claimed[k]!, u), n, 1e-5 * u.reduce((sum, v) => sum + v, 0), 1e-3),
    );
}

/** jax.test_util.check_grads, reverse mode, order 1, float64: one Gaussian direction over all arguments, eps 1e-4, atol = rtol = 1e-5. */
export function jax(problem: Differentiable, random: () => number): Rule {
  const u = problem.tensors.map(({ values }) => {
    const direction = new Float64Array(values.length);
    fillNormal(direction, random);
    return direction;
  });
  const cotangent = new Float64Array(1);
  fillNormal(cotangent, random);
  const c = cotangent[0]!;
  const n = c * along(problem, u, 1e-4);
  return (claimed) =>
    close(claimed.reduce((sum, g, k) => sum + c * dot(g, u[k]!), 0), n, 1e-5, 1e-5); // prettier-ignore
}
