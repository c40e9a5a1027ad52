/**
 * Multi-head attention (Vaswani et al. 2017), self or cross, with biases:
 *
 *   q = x Wqᵀ + bq      k = m Wkᵀ + bk      v = m Wvᵀ + bv
 *   head_a = attention(q_a, k_a, v_a)      out = [head_1 … head_A] Woᵀ + bo
 *
 * x (Tq,B,E) asks, the memory m (Tk,B,E) answers; in self-attention m is x. Head a owns the columns
 * a·E/A … (a+1)·E/A - 1 of q, k and v. Wo and bo are the output projection, not the LSTM's output gate.
 * The heads attend with the T×T matrix (naive) or without it (online). Step by step: multi-head-stream.ts.
 */
import { EngineError } from '../errors.js';
import { attention, attentionBackward } from './scaled-dot-product.js';
import { onlineAttention, onlineAttentionBackward } from './online-softmax.js';
import { expectArrays, expectSizes, slabOf } from '../slab.js';
import { fillUniform } from '../rng.js';
import { kernels } from '../kernels/current.js';
import type { Arena, Slab } from '../arena.js';
import type { AttentionRun } from './scaled-dot-product.js';
import type { OnlineAttentionRun } from './online-softmax.js';
import type { Mask } from './mask.js';
import type { Rng } from '../rng.js';

/** Sizes. All are integers of at least 1, and E is a multiple of heads. */
export interface MultiHeadDims {
  /** Steps of x: queries. */
  readonly Tq: number;
  /** Steps of the memory: keys and values; in self-attention Tq. */
  readonly Tk: number;
  /** Sequences in the batch. */
  readonly B: number;
  /** Model size: columns of x, of the memory and of the output. */
  readonly E: number;
  /** Heads, each of E / heads columns. */
  readonly heads: number;
}

/** The names of the four projections, of queries, keys, values and the output: W (E,E), b (E). */
export type MultiHeadParameter = 'Wq' | 'bq' | 'Wk' | 'bk' | 'Wv' | 'bv' | 'Wo' | 'bo';

/** Weights (E,E), rows are output units, and biases (E). */
export const multiHeadShapes = ({ E }: Pick<MultiHeadDims, 'E'>) => ({
  ...{ Wq: [E, E], bq: [E], Wk: [E, E], bk: [E] },
  ...{ Wv: [E, E], bv: [E], Wo: [E, E], bo: [E] },
});

/** uniform(±1/√E) from a seed, or zero where no rng is given. */
export function createMultiHeadParameters(
  arena: Arena,
  dims: Pick<MultiHeadDims, 'E'>,
  random?: Rng,
): Slab<MultiHeadParameter> {
  const parameters = slabOf(arena, 'parameters', multiHeadShapes(dims));
  const bound = 1 / Math.sqrt(dims.E);
  if (random) fillUniform(parameters.slab, random, -bound, bound);
  return parameters;
}

/** What the heads keep for backward, by the form of their attention. */
export interface HeadsOf {
  /** With the weights (B,heads,Tq,Tk). */
  readonly naive: AttentionRun;
  /** Without them. */
  readonly online: OnlineAttentionRun;
}
/**
 * How the heads compute their attention: with the (Tq,Tk) weights of each, or with the online softmax and without them.
 */
export type AttentionForm = keyof HeadsOf;

/** @throws {EngineError} unless the sizes are positive integers and the heads share E evenly. */
export function expectHeads(dims: Pick<MultiHeadDims, 'E' | 'heads'>): void {
  const { E, heads } = dims;
  expectSizes({ ...dims });
  if (E % heads !== 0)
    throw new EngineError(`Expected E to be a multiple of heads, got E = ${E}, heads = ${heads}.`);
}

/** What one multi-head layer gave, and what multiHeadBackward needs. Lives as long as its arena's scope. */
export interface MultiHeadRun<F extends AttentionForm = 'naive'> {
  /** The sizes that it ran with. */
  readonly dims: MultiHeadDims;
  /** The parameters that it ran with. */
  readonly parameters: Slab<MultiHeadParameter>;
  /** (Tq,B,E): the caller's array. */
  readonly x: Float64Array;
  /** The memory (Tk,B,E), or undefined in self-attention. */
  readonly memory: Float64Array | undefined;
  /** (Tq,B,E) */
  readonly out: Float64Array;
  /** q, k, v by head, heads side by side (Tq,B,E), and weights (B,heads,Tq,Tk) or their log-sum-exp. */
  readonly heads: HeadsOf[F];
}

/**
 * Multi-head attention with biases (Vaswani et al. 2017): of x (Tq,B,E) over a memory m (Tk,B,E), or over itself.
 *
 *   q = x Wqᵀ + bq      k = m Wkᵀ + bk      v = m Wvᵀ + bv
 *   head_a = attention(q_a, k_a, v_a)      out = [head_1 … head_A] Woᵀ + bo
 *
 * @example
 * ```ts
 * import { Arena, createMultiHeadParameters, multiHead, multiHeadBackward, rng } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { Tq: 6, Tk: 6, B: 2, E: 8, heads: 4 };
 * const parameters = createMultiHeadParameters(arena, dims, rng(7));
 * const x = new Float64Array(6 * 2 * 8).fill(1);
 * const run = multiHead(arena, dims, parameters, { x }, { causal: true }, 'online');
 * const { Wq } = multiHeadBackward(arena, run, new Float64Array(6 * 2 * 8).fill(1));
 * Wq.length; // → 8 * 8
 * ```
 *
 * @param form with the matrix of weights (`naive`) or without it (`online`): the same numbers up to rounding
 * @throws {EngineError} if a size or an array's length does not fit.
 */
export function multiHead<F extends AttentionForm = 'naive'>(
  arena: Arena,
  dims: MultiHeadDims,
  parameters: Slab<MultiHeadParameter>,
  given: { readonly x: Float64Array; readonly memory?: Float64Array },
  mask: Mask = {},
  form: F = 'naive' as F,
): MultiHeadRun<F> {
  const { Tq, Tk, B, E, heads } = dims;
  expectHeads(dims);
  const { x, memory } = given;
  if (!memory && Tk !== Tq)
    throw new EngineError(
      `Without a memory x attends to itself: expected Tk = Tq = ${Tq}, got ${Tk}.`,
    );
  expectArrays(
    { ...multiHeadShapes(dims), x: [Tq, B, E], memory: [Tk, B, E] },
    { ...parameters, x, memory: memory ?? x },
  );
  const { Wq, bq, Wk, bk, Wv, bv, Wo, bo } = parameters;
  const project = (from: Float64Array, W: Float64Array, b: Float64Array): Float64Array => {
    const rows = from.length / E;
    const to = arena.alloc('tape', rows * E, 'anything');
    kernels.addABt(to, E, from, E, W, E, rows, E, E, b);
    return to;
  };
  const Q = project(x, Wq, bq); // q = x Wqᵀ + bq
  const K = project(memory ?? x, Wk, bk); // k = m Wkᵀ + bk
  const V = project(memory ?? x, Wv, bv); // v = m Wvᵀ + bv
  const size = E / heads;
  const attend = form === 'online' ? onlineAttention : attention;
  const run = attend(arena, { Tq, Tk, B, heads, dk: size, dv: size }, { Q, K, V }, mask);
  const out = project(run.out, Wo, bo); // out = [head_1 … head_A] Woᵀ + bo
  return { dims, parameters, x, memory, out, heads: run as HeadsOf[F] };
}

/** dL/d(name) for every parameter, x and the memory. */
export type MultiHeadGradients = Slab<MultiHeadParameter> & {
  /** (Tq,B,E); in self-attention all three ways back to x together. */
  readonly x: Float64Array;
  /** (Tk,B,E); empty in self-attention. */
  readonly memory: Float64Array;
};

/**
 * From dL/d(out) (Tq,B,E) to every parameter, x and the memory:
 *
 *   dWo = Σ_t dout_t heads_tᵀ      dbo = Σ_t dout_t      dheads = dout Wo
 *   dWq = Σ_t dq_t x_tᵀ            dbq = Σ_t dq_t        dx = dq Wq      dm = dk Wk + dv Wv
 *
 * @throws {EngineError} if the gradient does not fit.
 */
export function multiHeadBackward(
  arena: Arena,
  run: MultiHeadRun<AttentionForm>,
  dout: Float64Array,
): MultiHeadGradients {
  const { dims, parameters, x, memory, heads } = run;
  const { Tq, B, E } = dims;
  const { Wq, Wk, Wv, Wo } = parameters;
  expectArrays({ 'the gradient of out': [Tq, B, E] }, { 'the gradient of out': dout });
  const d = slabOf(arena, 'gradients', multiHeadShapes(dims));
  const dx = arena.alloc('gradients', x.length);
  const dmemory = arena.alloc('gradients', memory?.length ?? 0);

  arena.scope(() => {
    const dheads = arena.alloc('workspace', heads.out.length);
    const unproject = (
      dto: Float64Array,
      from: Float64Array,
      W: Float64Array,
      dfrom: Float64Array,
      dW: Float64Array,
      db: Float64Array,
    ): void => {
      const rows = from.length / E;
      kernels.addAB(dfrom, E, dto, E, W, E, rows, E, E);
      kernels.addAtB(dW, E, dto, E, from, E, E, E, rows);
      kernels.addRows(db, dto, E, rows);
    };
    unproject(dout, heads.out, Wo, dheads, d.Wo, d.bo); // dheads = dout Wo, dWo = Σ_t dout_t heads_tᵀ
    const {
      Q: dq,
      K: dk,
      V: dv,
    } = 'logSumExp' in heads
      ? onlineAttentionBackward(arena, heads, dheads)
      : attentionBackward(arena, heads, dheads);
    const m = memory ?? x;
    const dm = memory ? dmemory : dx;
    unproject(dq, x, Wq, dx, d.Wq, d.bq); // dx = dq Wq, dWq = Σ_t dq_t x_tᵀ
    unproject(dk, m, Wk, dm, d.Wk, d.bk); // dm = dk Wk …
    unproject(dv, m, Wv, dm, d.Wv, d.bv); // … + dv Wv
  });
  return { ...d, x: dx, memory: dmemory };
}
