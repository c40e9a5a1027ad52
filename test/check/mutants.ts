/** Every planted mistake there is, over all cells and attention, as gradients to judge. It judges nothing. */
import { cellKinds } from '../../src/engine/index.js';
import { cellProblem, planted, plantedMistakes } from '../../src/check/index.js';
import { attentionRecipe } from '../../src/check/attention-problem.js';
import { problemOf } from '../../src/check/recipe.js';
import { attentionMistakes, plantedAttention } from './planted-attention.js';
import type { CellKind, Dims } from '../../src/engine/index.js';
import type { Differentiable } from '../../src/check/index.js';

export const lossScales = [1, 1e-3, 1e-6, 1e6];

/** One problem: the engine's right gradient, and a wrong one under each name. */
export interface Mutants {
  readonly of: string;
  readonly problem: Differentiable;
  readonly wrong: ReadonlyMap<string, readonly Float64Array[]>;
}

/**
 * The problem with each of its losses computed once: they are the same whatever gradient is claimed, and a
 * problem has dozens of those.
 */
function remembering(problem: Differentiable): Differentiable {
  const known = new Map<string, number>();
  const loss: Differentiable['loss'] = (values) => {
    const key = values.map(({ buffer }) => Buffer.from(buffer).toString('latin1')).join('');
    const loss = known.get(key) ?? problem.loss(values);
    known.set(key, loss);
    return loss;
  };
  return { ...problem, loss };
}

export const dimsOf = (kind: CellKind, T: number, B: number, D: number, H: number): Dims => ({
  T,
  B,
  D,
  H,
  ...(kind === 'rnn' ? { O: 2 } : {}),
});

function ofCell(kind: CellKind, lossScale: number): Mutants {
  const dims = dimsOf(kind, 20, 1, 2, 3);
  const problem = cellProblem(kind, dims, 1, { lossScale });
  const values = Object.fromEntries(problem.tensors.map((tensor) => [tensor.name, tensor.values]));
  const wrong = Object.keys(plantedMistakes[kind]).map((mistake) => {
    const gradients = planted(kind, mistake, dims, values, problem.upstream);
    return [mistake, problem.tensors.map(({ name }) => gradients[name]!)] as const;
  });
  return { of: kind, problem: remembering(problem), wrong: new Map(wrong) };
}

/** The gradient of attention with a mistake, on the problem that the engine's has. */
export function attentionWith(mistake: string, lossScale: number): Differentiable {
  const sizes = { T: 6, d: 4 };
  const dims = { Tq: 6, Tk: 6, B: 1, heads: 1, dk: 4, dv: 4 };
  return problemOf(
    {
      ...attentionRecipe('naive', dims, { causal: true }),
      gradient: (values, upstream) => plantedAttention(mistake, sizes, values, upstream),
    },
    1,
    lossScale,
  );
}

function ofAttention(lossScale: number): Mutants {
  const dims = { Tq: 6, Tk: 6, B: 1, heads: 1, dk: 4, dv: 4 };
  const problem = problemOf(attentionRecipe('naive', dims, { causal: true }), 1, lossScale);
  const values = problem.tensors.map((tensor) => tensor.values);
  const wrong = Object.keys(attentionMistakes).map(
    (mistake) => [mistake, attentionWith(mistake, lossScale).gradient(values)] as const,
  );
  return { of: 'attention', problem: remembering(problem), wrong: new Map(wrong) };
}

/** All mistakes at one loss scale. */
export const mutantsAt = (lossScale: number): Mutants[] => [
  ...cellKinds.map((kind) => ofCell(kind, lossScale)),
  ofAttention(lossScale),
];
