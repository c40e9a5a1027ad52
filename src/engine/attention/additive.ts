/**
 * Additive attention (Bahdanau, Cho & Bengio 2015) of queries s over states h, e.g. an LSTM's outputs:
 *
 *   u_t = tanh(Wa s + Ua h_t + ba)      e_t = va · u_t      w = softmax(e)      context = Σ_t w_t h_t
 *
 * `project` gives Ua h for all t at once; `attend` is one query of each sequence, so that a decoder can
 * ask step by step. `additiveAttention` puts J queries that are known beforehand.
 */
import { EngineError } from '../errors.js';
import { expectArrays, expectSizes, slabOf } from '../slab.js';
import { fillUniform } from '../rng.js';
import { kernels } from '../kernels/current.js';
import { softmaxRows, softmaxRowsBackward } from './softmax.js';
import { tanh } from '../elementary.js';
import type { Arena, Slab } from '../arena.js';
import type { Rng } from '../rng.js';

/** Sizes. All are integers of at least 1. */
export interface AdditiveDims {
  /** States that are attended to. */
  readonly T: number;
  /** Sequences in the batch. */
  readonly B: number;
  /** Columns of a state h and of a context. */
  readonly H: number;
  /** Columns of a query s. */
  readonly S: number;
  /** Attention size: the length of u. */
  readonly A: number;
}

/** The names of additive attention: Wa (A,S) meets the query, Ua (A,H) the states, ba (A), va (A). */
export type AdditiveParameter = 'Wa' | 'Ua' | 'ba' | 'va';

/** The shapes of those parameters, in numbers. */
export const additiveShapes = ({ H, S, A }: Pick<AdditiveDims, 'H' | 'S' | 'A'>) => ({
  ...{ Wa: [A, S], Ua: [A, H], ba: [A], va: [A] },
});

/** uniform(±1/√A) from a seed, or zero where no rng is given. */
export function createAdditiveParameters(
  arena: Arena,
  dims: Pick<AdditiveDims, 'H' | 'S' | 'A'>,
  random?: Rng,
): Slab<AdditiveParameter> {
  const parameters = slabOf(arena, 'parameters', additiveShapes(dims));
  const bound = 1 / Math.sqrt(dims.A);
  if (random) fillUniform(parameters.slab, random, -bound, bound);
  return parameters;
}

/** P (T,B,A) += Ua h. */
export function project(
  P: Float64Array,
  h: Float64Array,
  { Ua }: { readonly Ua: Float64Array },
  { T, B, H, A }: AdditiveDims,
): void {
  kernels.addABt(P, A, h, H, Ua, H, T * B, A, H);
}

/** What one query per sequence computes, and what its backward pass needs. */
export interface Attended {
  /** tanh(Wa s + Ua h_t + ba) for every state: (B,T,A). */
  readonly u: Float64Array;
  /** How much each state counts: w (B,T), shares of 1; 0 at padding. */
  readonly weights: Float64Array;
  /** Σ_t w_t h_t: (B,H). */
  readonly context: Float64Array;
}

/**
 * One query s (B,S) of each sequence over h (T,B,H), of which P (T,B,A) is the projection. Writes u and
 * the weights, adds to the context, and uses a (A) as scratch. Padded states (T,B) get the weight 0.
 */
export function attend(
  { u, weights, context }: Attended,
  { s, h, P }: { readonly s: Float64Array; readonly h: Float64Array; readonly P: Float64Array },
  { Wa, ba, va }: Slab<AdditiveParameter>,
  { T, B, H, S, A }: AdditiveDims,
  a: Float64Array,
  keyPadding?: Uint8Array,
): void {
  for (let n = 0; n < B; n++) {
    kernels.addABt(a, A, s.subarray(n * S), S, Wa, S, 1, A, S, ba); // a = Wa s + ba
    for (let t = 0; t < T; t++) {
      const row = (n * T + t) * A;
      let e = 0;
      for (let j = 0; j < A; j++) {
        u[row + j] = tanh(a[j] + P[(t * B + n) * A + j]); // u_t = tanh(Wa s + Ua h_t + ba)
        e += va[j] * u[row + j]; // e_t = va · u_t
      }
      weights[n * T + t] = keyPadding?.[t * B + n] ? -Infinity : e;
    }
    softmaxRows(weights.subarray(n * T), T, 1, T); // w = softmax(e)
    kernels.addAB(
      context.subarray(n * H),
      H,
      weights.subarray(n * T),
      T,
      h.subarray(n * H),
      B * H,
      1,
      H,
      T,
    ); // context = Σ_t w_t h_t
  }
}

/**
 * Back from dcontext (B,H) of one `attend`, adding to ds (B,S), dh (T,B,H), dP (T,B,A) and the parameters'
 * gradients except dUa, which `projectBackward` takes from dP. Uses de (T) and da (A) as scratch.
 *
 *   dw_t = dcontext · h_t      de = w ⊙ (dw - Σ w dw)      du_t = de_t va      da_t = du_t ⊙ (1 - u_t²)
 */
export function attendBackward(
  { u, weights }: Attended,
  { s, h }: { readonly s: Float64Array; readonly h: Float64Array },
  { Wa, va }: Slab<AdditiveParameter>,
  { T, B, H, S, A }: AdditiveDims,
  dcontext: Float64Array,
  d: Slab<AdditiveParameter> & {
    readonly s: Float64Array;
    readonly h: Float64Array;
    readonly P: Float64Array;
  },
  de: Float64Array,
  da: Float64Array,
): void {
  for (let n = 0; n < B; n++) {
    const w = weights.subarray(n * T, (n + 1) * T);
    const dc = dcontext.subarray(n * H);
    de.fill(0);
    da.fill(0);
    kernels.addABt(de, T, dc, H, h.subarray(n * H), B * H, 1, T, H); // dw_t = dcontext · h_t
    softmaxRowsBackward(de, w, T, 1, T); // de = w ⊙ (dw - Σ w dw)
    kernels.addAtB(d.h.subarray(n * H), B * H, w, T, dc, H, T, H, 1); // dh_t += w_t dcontext
    for (let t = T - 1; t >= 0; t--) {
      const row = (n * T + t) * A;
      for (let j = 0; j < A; j++) {
        const uj = u[row + j];
        const dat = de[t] * va[j] * (1 - uj * uj); // da_t = de_t va ⊙ (1 - u_t²)
        d.va[j] += de[t] * uj; // dva = Σ_t de_t u_t
        d.P[(t * B + n) * A + j] += dat;
        da[j] += dat; // da = Σ_t da_t
      }
    }
    kernels.addAB(d.s.subarray(n * S), S, da, A, Wa, S, 1, S, A); // ds = Waᵀ da
    kernels.addAtB(d.Wa, S, da, A, s.subarray(n * S), S, A, S, 1); // dWa += da sᵀ
    kernels.addRows(d.ba, da, A, 1); // dba += da
  }
}

/** dh += Uaᵀ dP and dUa += Σ_t dP_t h_tᵀ, once for all queries. */
export function projectBackward(
  dP: Float64Array,
  h: Float64Array,
  { Ua }: { readonly Ua: Float64Array },
  { T, B, H, A }: AdditiveDims,
  d: { readonly Ua: Float64Array; readonly h: Float64Array },
): void {
  kernels.addAB(d.h, H, dP, A, Ua, H, T * B, H, A); // dh += Uaᵀ dP
  kernels.addAtB(d.Ua, H, dP, A, h, H, A, H, T * B); // dUa += Σ_t dP_t h_tᵀ
}

/** What J queries gave, and what the backward pass needs. Lives as long as its arena's scope. */
export interface AdditiveRun {
  /** The sizes, and the number J of queries of each sequence. */
  readonly dims: AdditiveDims & {
    /** Queries of each sequence. */
    readonly J: number;
  };
  /** The parameters that it ran with. */
  readonly parameters: Slab<AdditiveParameter>;
  /** The queries (J,B,S): the caller's array. */
  readonly s: Float64Array;
  /** The states (T,B,H): the caller's array. */
  readonly h: Float64Array;
  /** Of each query: u (B,T,A), weights (B,T), context (B,H), as views of the arrays below. */
  readonly steps: readonly Attended[];
  /** How much each state counts for each query: (J,B,T). */
  readonly weights: Float64Array;
  /** (J,B,H); zero where every state is padding. */
  readonly context: Float64Array;
}

/** The three arrays of J queries and their views by query. */
export function attendedSteps(arena: Arena, J: number, { T, B, H, A }: AdditiveDims) {
  const u = arena.alloc('tape', J * B * T * A);
  const weights = arena.alloc('tape', J * B * T);
  const context = arena.alloc('tape', J * B * H);
  const steps = Array.from({ length: J }, (_, j): Attended => ({
    u: u.subarray(j * B * T * A, (j + 1) * B * T * A),
    weights: weights.subarray(j * B * T, (j + 1) * B * T),
    context: context.subarray(j * B * H, (j + 1) * B * H),
  }));
  return { u, weights, context, steps };
}

/**
 * Additive attention (Bahdanau, Cho & Bengio 2015) of J queries s (J,B,S) over states h (T,B,H):
 *
 *   u_t = tanh(Wa s + Ua h_t + ba)      e_t = va · u_t      w = softmax(e)      context = Σ_t w_t h_t
 *
 * @example
 * ```ts
 * import { additiveAttention, additiveAttentionBackward, Arena, createAdditiveParameters } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { J: 1, T: 2, B: 1, H: 1, S: 1, A: 3 };
 * const parameters = createAdditiveParameters(arena, dims); // all zero: every state counts the same
 * const given = { s: Float64Array.of(1), h: Float64Array.of(10, 20) };
 * const run = additiveAttention(arena, dims, parameters, given);
 * run.context; // → [15]
 * additiveAttentionBackward(arena, run, Float64Array.of(1)).h; // → [0.5, 0.5]
 * ```
 *
 * @param keyPadding (T,B), 1 where a state is padding and no query may see it
 * @throws {EngineError} if a size or an array's length does not fit.
 */
export function additiveAttention(
  arena: Arena,
  dims: AdditiveDims & { readonly J: number },
  parameters: Slab<AdditiveParameter>,
  { s, h }: { readonly s: Float64Array; readonly h: Float64Array },
  keyPadding?: Uint8Array,
): AdditiveRun {
  const { J, T, B, H, S, A } = dims;
  expectSizes({ ...dims });
  expectArrays({ ...additiveShapes(dims), s: [J, B, S], h: [T, B, H] }, { ...parameters, s, h });
  if (keyPadding && keyPadding.length !== T * B)
    throw new EngineError(
      `Expected keyPadding to be (T,B) = (${T},${B}), got ${keyPadding.length} entries.`,
    );
  const { weights, context, steps } = attendedSteps(arena, J, dims);
  arena.scope(() => {
    const P = arena.alloc('workspace', T * B * A);
    const a = arena.alloc('workspace', A);
    project(P, h, parameters, dims);
    for (let j = 0; j < J; j++)
      attend(steps[j], { s: s.subarray(j * B * S), h, P }, parameters, dims, a, keyPadding);
  });
  return { dims, parameters, s, h, steps, weights, context };
}

/** From dL/d(context) (J,B,H) to the parameters, s (J,B,S) and h (T,B,H). @throws {EngineError} if it does not fit. */
export function additiveAttentionBackward(
  arena: Arena,
  run: AdditiveRun,
  dcontext: Float64Array,
): Slab<AdditiveParameter> & { readonly s: Float64Array; readonly h: Float64Array } {
  const { dims, parameters, s, h, steps } = run;
  const { J, T, B, H, S, A } = dims;
  expectArrays({ 'the gradient of context': [J, B, H] }, { 'the gradient of context': dcontext });
  const gradients = {
    ...slabOf(arena, 'gradients', additiveShapes(dims)),
    s: arena.alloc('gradients', s.length),
    h: arena.alloc('gradients', h.length),
  };
  arena.scope(() => {
    const dP = arena.alloc('workspace', T * B * A);
    const de = arena.alloc('workspace', T);
    const da = arena.alloc('workspace', A);
    for (let j = J - 1; j >= 0; j--)
      attendBackward(
        steps[j],
        { s: s.subarray(j * B * S), h },
        parameters,
        dims,
        dcontext.subarray(j * B * H),
        { ...gradients, s: gradients.s.subarray(j * B * S), P: dP },
        de,
        da,
      );
    projectBackward(dP, h, parameters, dims, gradients);
  });
  return gradients;
}
