/**
 * Scaled dot-product attention (Vaswani et al. 2017), with the whole T×T matrix of weights:
 *
 *   S = Q Kᵀ / √dk      P = softmax(mask(S))      O = P V
 *
 * for every sequence and head by itself. Q (Tq,B,heads·dk), K (Tk,B,heads·dk), V (Tk,B,heads·dv) and
 * O (Tq,B,heads·dv) are time-major, head by head in columns; P is (B,heads,Tq,Tk). The same numbers
 * without P in memory: online-softmax.ts. One query at a time: kv-cache.ts.
 */
import { acceptAttention, scaleAndMask } from './mask.js';
import { expectArrays } from '../slab.js';
import { kernels } from '../kernels/current.js';
import { softmaxRows, softmaxRowsBackward } from './softmax.js';
import type { Arena, ByteCounts } from '../arena.js';
import type { AttentionDims, Mask } from './mask.js';

/** `inference` keeps no weights; `training` keeps what backward needs. */
export type AttentionMode = 'inference' | 'training';

/** Queries, keys and values, time-major, heads side by side in the columns. */
export interface AttentionInputs {
  /** (Tq,B,heads·dk) */
  readonly Q: Float64Array;
  /** (Tk,B,heads·dk) */
  readonly K: Float64Array;
  /** (Tk,B,heads·dv) */
  readonly V: Float64Array;
}

/** What naive attention gave, and what attentionBackward needs. Lives as long as its arena's scope. */
export interface AttentionRun extends AttentionInputs {
  /** The sizes that it ran with. */
  readonly dims: AttentionDims;
  /** What was hidden from the queries. */
  readonly mask: Mask;
  /** (Tq,B,heads·dv); zero where a query sees no key. */
  readonly out: Float64Array;
  /** P (B,heads,Tq,Tk); empty after inference. */
  readonly weights: Float64Array;
}

/** The shapes of Q, K, V and out, in numbers. */
export const attentionShapes = ({ Tq, Tk, B, heads, dk, dv }: AttentionDims) => ({
  Q: [Tq, B, heads * dk],
  K: [Tk, B, heads * dk],
  V: [Tk, B, heads * dv],
  out: [Tq, B, heads * dv],
});

/** Where head a of sequence n begins in Q and K, in V and out, and the distance from one step to the next. */
export const headAt = ({ B, heads, dk, dv }: AttentionDims, n: number, a: number) => ({
  qk: (n * heads + a) * dk,
  vo: (n * heads + a) * dv,
  ldqk: B * heads * dk,
  ldvo: B * heads * dv,
});

/**
 * softmax(Q Kᵀ / √dk) V, head by head (Vaswani et al. 2017), with the whole matrix of weights. A query that sees no
 * key gives zero.
 *
 * @example
 * ```ts
 * import { attention, Arena } from 'bptt';
 *
 * const dims = { Tq: 1, Tk: 2, B: 1, heads: 1, dk: 1, dv: 1 };
 * const [Q, K, V] = [Float64Array.of(0), Float64Array.of(3, -3), Float64Array.of(10, 20)];
 * const { out, weights } = attention(new Arena(), dims, { Q, K, V });
 * weights; // → [0.5, 0.5]
 * out; // → [15]
 * ```
 *
 * @throws {EngineError} if a size or an array's length does not fit.
 */
export function attention(
  arena: Arena,
  dims: AttentionDims,
  { Q, K, V }: AttentionInputs,
  mask: Mask = {},
  mode: AttentionMode = 'training',
): AttentionRun {
  const { Tq, Tk, B, heads, dk, dv } = dims;
  acceptAttention(dims, mask);
  const { out: _, ...inputs } = attentionShapes(dims);
  expectArrays(inputs, { Q, K, V });
  const scale = 1 / Math.sqrt(dk);
  const out = arena.alloc('state', Tq * B * heads * dv);
  const weights = arena.alloc('tape', mode === 'training' ? B * heads * Tq * Tk : 0);

  arena.scope(() => {
    const reused = mode === 'training' ? undefined : arena.alloc('workspace', Tq * Tk);
    for (let n = 0; n < B; n++) {
      for (let a = 0; a < heads; a++) {
        const { qk, vo, ldqk, ldvo } = headAt(dims, n, a);
        const start = (n * heads + a) * Tq * Tk;
        const P = reused?.fill(0) ?? weights.subarray(start, start + Tq * Tk);
        kernels.addABt(P, Tk, Q.subarray(qk), ldqk, K.subarray(qk), ldqk, Tq, Tk, dk); // S = Q Kᵀ
        scaleAndMask(P, n, scale, dims, mask); // … / √dk
        softmaxRows(P, Tk, Tq, Tk); // P = softmax(mask(S))
        kernels.addAB(out.subarray(vo), ldvo, P, Tk, V.subarray(vo), ldvo, Tq, dv, Tk); // O = P V
      }
    }
  });
  return { dims, mask, Q, K, V, out, weights };
}

/**
 * From dL/dO (Tq,B,heads·dv) to dL/dQ, dL/dK and dL/dV:
 *
 *   dV = Pᵀ dO      dP = dO Vᵀ      dS = P ⊙ (dP - rowsum(P ⊙ dP))
 *   dQ = dS K / √dk      dK = dSᵀ Q / √dk
 *
 * @throws {EngineError} if dO does not fit, or if the run was for inference.
 */
export function attentionBackward(
  arena: Arena,
  run: AttentionRun,
  dout: Float64Array,
): AttentionInputs {
  const { dims, Q, K, V, weights } = run;
  const { Tq, Tk, B, heads, dk, dv } = dims;
  expectArrays(
    { weights: [B, heads, Tq, Tk], 'the gradient of out': [Tq, B, heads * dv] },
    { weights, 'the gradient of out': dout },
  );
  const scale = 1 / Math.sqrt(dk);
  const dQ = arena.alloc('gradients', Q.length);
  const dK = arena.alloc('gradients', K.length);
  const dV = arena.alloc('gradients', V.length);

  arena.scope(() => {
    const dS = arena.alloc('workspace', Tq * Tk);
    for (let n = 0; n < B; n++) {
      for (let a = 0; a < heads; a++) {
        const { qk, vo, ldqk, ldvo } = headAt(dims, n, a);
        const P = weights.subarray((n * heads + a) * Tq * Tk, (n * heads + a + 1) * Tq * Tk);
        const dO = dout.subarray(vo);
        kernels.addAtB(dV.subarray(vo), ldvo, P, Tk, dO, ldvo, Tk, dv, Tq); // dV = Pᵀ dO
        dS.fill(0);
        kernels.addABt(dS, Tk, dO, ldvo, V.subarray(vo), ldvo, Tq, Tk, dv); // dP = dO Vᵀ
        softmaxRowsBackward(dS, P, Tk, Tq, Tk); // dS = P ⊙ (dP - rowsum(P ⊙ dP))
        for (let j = 0; j < dS.length; j++) dS[j] *= scale; // … / √dk
        kernels.addAB(dQ.subarray(qk), ldqk, dS, Tk, K.subarray(qk), ldqk, Tq, dk, Tk); // dQ = dS K
        kernels.addAtB(dK.subarray(qk), ldqk, dS, Tk, Q.subarray(qk), ldqk, Tk, dk, Tq); // dK = dSᵀ Q
      }
    }
  });
  return { Q: dQ, K: dK, V: dV };
}

/**
 * The peak bytes by class, beside Q, K, V and dO, which are the caller's: of `attention` alone for
 * `inference`, of `attention` and then `attentionBackward` for `training`. Both are O(Tq·Tk).
 *
 * @example
 * ```ts
 * import { bytesOfAttention } from 'bptt';
 *
 * const dims = { Tq: 1024, Tk: 1024, B: 1, heads: 8, dk: 64, dv: 64 };
 * bytesOfAttention(dims, 'training').tape; // → 8 * 8 * 1024 * 1024
 * ```
 */
export function bytesOfAttention(
  { Tq, Tk, B, heads, dk, dv }: AttentionDims,
  mode: AttentionMode,
): ByteCounts {
  const training = mode === 'training';
  return {
    parameters: 0,
    state: 8 * Tq * B * heads * dv,
    tape: training ? 8 * B * heads * Tq * Tk : 0,
    workspace: 8 * Tq * Tk,
    gradients: training ? 8 * B * heads * (Tq * dk + Tk * dk + Tk * dv) : 0,
  };
}
