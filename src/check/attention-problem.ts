/**
 * Attentions, sizes and a seed as something to differentiate: L = Σ upstream ⊙ output, with random inputs,
 * parameters and upstream gradients. The recurrent cells have cell-problem.ts, the encoder–decoder has
 * encoder-decoder-problem.ts.
 */
import {
  Arena,
  additiveAttention,
  additiveAttentionBackward,
  additiveShapes,
  attention,
  attentionBackward,
  attentionShapes,
  createAdditiveParameters,
  createMultiHeadParameters,
  multiHead,
  multiHeadBackward,
  multiHeadShapes,
  onlineAttention,
  onlineAttentionBackward,
} from '../engine/index.js';
import { attendAdditively, attendTo } from './textbook/attention.js';
import { column, problemOf } from './recipe.js';
import { affine, rows } from './textbook/vectors.js';
import type { Named, Recipe } from './recipe.js';
import type { AdditiveDims, Arrays, AttentionDims, Mask, MultiHeadDims } from '../engine/index.js';
import type { Algebra } from './algebra.js';
import type { Differentiable } from './differentiable.js';
import type { Vec } from './textbook/vectors.js';

/** Attention of every sequence and head by the textbook: (Tq,B,heads·dv), flat. */
function textbookAttention<S>(
  ops: Algebra<S>,
  { Tq, Tk, B, heads, dk, dv }: AttentionDims,
  { causal, keyPadding }: Mask,
  { Q, K, V }: { Q: Vec<S>; K: Vec<S>; V: Vec<S> },
): S[] {
  const out: S[] = new Array<S>(Tq * B * heads * dv);
  for (let block = 0; block < B * heads; block++) {
    const n = Math.floor(block / heads);
    const q = column(Q, Tq, B * heads * dk, block * dk, dk);
    const k = column(K, Tk, B * heads * dk, block * dk, dk);
    const v = column(V, Tk, B * heads * dv, block * dv, dv);
    q.forEach((query, i) => {
      const sees = (j: number) => !(causal && j > i + Tk - Tq) && !keyPadding?.[j * B + n];
      attendTo(ops, query, k, v, sees).forEach((value, j) => {
        out[i * B * heads * dv + block * dv + j] = value;
      });
    });
  }
  return out;
}

/** Scaled dot-product attention, with the T×T matrix (`naive`) or by tiles (`online`). */
export const attentionProblem = (
  kind: 'naive' | 'online',
  dims: AttentionDims,
  seed: number,
  mask: Mask = {},
): Differentiable => problemOf(attentionRecipe(kind, dims, mask), seed);

/** What that problem is made of: for a backward pass that is not the engine's. */
export function attentionRecipe(
  kind: 'naive' | 'online',
  dims: AttentionDims,
  mask: Mask = {},
): Recipe {
  const { out, ...shapes } = attentionShapes(dims);
  const given = (values: Arrays) => ({ Q: values.Q!, K: values.K!, V: values.V! });
  return {
    shapes,
    axes: {},
    outLength: out.reduce((a, b) => a * b, 1),
    output: (values) =>
      (kind === 'naive' ? attention : onlineAttention)(new Arena(), dims, given(values), mask).out,
    gradient: (values, upstream) => {
      const arena = new Arena();
      return {
        ...(kind === 'naive'
          ? attentionBackward(arena, attention(arena, dims, given(values), mask), upstream)
          : onlineAttentionBackward(
              arena,
              onlineAttention(arena, dims, given(values), mask),
              upstream,
            )),
      };
    },
    textbook: (ops, values) =>
      textbookAttention(ops, dims, mask, { Q: values.Q!, K: values.K!, V: values.V! }),
  };
}

/** Multi-head attention; with `cross` the memory is an input of its own. */
export function multiHeadProblem(
  dims: MultiHeadDims,
  seed: number,
  { cross = false, mask = {} }: { readonly cross?: boolean; readonly mask?: Mask } = {},
): Differentiable {
  const { Tq, Tk, B, E, heads } = dims;
  const shapes = {
    ...multiHeadShapes(dims),
    x: [Tq, B, E],
    ...(cross ? { memory: [Tk, B, E] } : {}),
  };
  const run = (arena: Arena, values: Arrays) => {
    const parameters = createMultiHeadParameters(arena, dims);
    for (const name of Object.keys(multiHeadShapes(dims)) as 'Wq'[])
      parameters[name].set(values[name]!);
    const given = { x: values.x!, ...(cross ? { memory: values.memory! } : {}) };
    return multiHead(arena, dims, parameters, given, mask);
  };
  return problemOf(
    {
      shapes,
      axes: {},
      outLength: Tq * B * E,
      output: (values) => run(new Arena(), values).out,
      gradient: (values, upstream) => {
        const arena = new Arena();
        return { ...multiHeadBackward(arena, run(arena, values), upstream) };
      },
      textbook: (ops, values) => {
        const project = <S>(o: Algebra<S>, from: Vec<S>, W: Vec<S>, b: Vec<S>): S[] =>
          rows(from, from.length / E).flatMap((row) => affine(o, rows(W, E), row, b));
        const m = cross ? values.memory! : values.x!;
        const Q = project(ops, values.x!, values.Wq!, values.bq!);
        const K = project(ops, m, values.Wk!, values.bk!);
        const V = project(ops, m, values.Wv!, values.bv!);
        const sizes = { Tq, Tk, B, heads, dk: E / heads, dv: E / heads };
        return project(
          ops,
          textbookAttention(ops, sizes, mask, { Q, K, V }),
          values.Wo!,
          values.bo!,
        );
      },
    },
    seed,
  );
}

/** The parameters of additive attention as the textbook reads them. */
export const additiveOf = <S>(values: Named<S>, A: number) => ({
  Wa: rows(values.Wa!, A),
  Ua: rows(values.Ua!, A),
  ba: values.ba!,
  va: values.va!,
});

/** Additive attention of J queries over states. */
export function additiveProblem(
  dims: AdditiveDims & { readonly J: number },
  seed: number,
): Differentiable {
  const { J, T, B, H, S, A } = dims;
  const run = (arena: Arena, values: Arrays) => {
    const parameters = createAdditiveParameters(arena, dims);
    for (const name of Object.keys(additiveShapes(dims)) as 'Wa'[])
      parameters[name].set(values[name]!);
    return additiveAttention(arena, dims, parameters, { s: values.s!, h: values.h! });
  };
  return problemOf(
    {
      shapes: { ...additiveShapes(dims), s: [J, B, S], h: [T, B, H] },
      axes: { h: ['T', 'B', 'H'] },
      outLength: J * B * H,
      output: (values) => run(new Arena(), values).context,
      gradient: (values, upstream) => {
        const arena = new Arena();
        return { ...additiveAttentionBackward(arena, run(arena, values), upstream) };
      },
      textbook: (ops, values) =>
        Array.from({ length: J * B }, (_, row) =>
          attendAdditively(
            ops,
            additiveOf(values, A),
            values.s!.slice(row * S, (row + 1) * S),
            column(values.h!, T, B * H, (row % B) * H, H),
          ),
        ).flat(),
    },
    seed,
  );
}
