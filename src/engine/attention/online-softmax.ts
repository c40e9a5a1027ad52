/**
 * Attention without the T×T matrix (Milakov & Gimelshein 2018; Dao et al. 2022): tile after tile of
 * scores with a running maximum m, a running sum l and an unfinished output, which shrink whenever a
 * larger score turns up. Same numbers as scaled-dot-product.ts, same Tq·Tk·d work, O(T) extra bytes.
 *
 *   m' = max(m, max_j s_j)     l' = l e^(m-m') + Σ_j e^(s_j-m')     O' = O e^(m-m') + Σ_j e^(s_j-m') v_j
 *
 * Kept for backward: the log-sum-exp of each row, L = m + ln l, from which P = e^(S - L) tile by tile.
 */
import { acceptAttention } from './mask.js';
import { attentionShapes, headAt } from './scaled-dot-product.js';
import { expectArrays } from '../slab.js';
import { kernels } from '../kernels/current.js';
import { log } from '../logarithm.js';
import { onlineSoftmaxRoom } from '../kernels/online-softmax.js';
import type { Arena, ByteCounts } from '../arena.js';
import type { AttentionDims, Mask } from './mask.js';
import type { AttentionInputs, AttentionMode } from './scaled-dot-product.js';

/**
 * What online attention gave: no weights, only one number for each row of them, from which backward finds them again.
 */
export interface OnlineAttentionRun extends AttentionInputs {
  /** The sizes that it ran with. */
  readonly dims: AttentionDims;
  /** What was hidden from the queries. */
  readonly mask: Mask;
  /** (Tq,B,heads·dv); zero where a query sees no key. */
  readonly out: Float64Array;
  /** L (B,heads,Tq): the log-sum-exp of each row of scores; -∞ where a query sees no key. */
  readonly logSumExp: Float64Array;
}

/** The padding as numbers, a sequence in a row: (B,Tk), or empty where there is none. */
function hiddenKeys(arena: Arena, { Tk, B }: AttentionDims, { keyPadding }: Mask): Float64Array {
  const hidden = arena.alloc('workspace', keyPadding ? B * Tk : 0);
  for (let n = 0; n * Tk < hidden.length; n++)
    for (let j = 0; j < Tk; j++) hidden[n * Tk + j] = keyPadding?.[j * B + n] ? 1 : 0;
  return hidden;
}

/**
 * softmax(Q Kᵀ / √dk) V without the matrix of weights (Milakov & Gimelshein 2018; Dao et al. 2022): tile after tile
 * of keys, with a running maximum m and a running sum l. The numbers of `attention` up to rounding, its work, and
 * O(Tq + Tk) bytes beside Q, K, V and the output.
 *
 *   m' = max(m, max_j s_j)     l' = l e^(m-m') + Σ_j e^(s_j-m')     O' = O e^(m-m') + Σ_j e^(s_j-m') v_j
 *
 * @example
 * ```ts
 * import { Arena, onlineAttention, onlineAttentionBackward } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { Tq: 1, Tk: 2, B: 1, heads: 1, dk: 1, dv: 1 };
 * const [Q, K, V] = [Float64Array.of(0), Float64Array.of(3, -3), Float64Array.of(10, 20)];
 * const run = onlineAttention(arena, dims, { Q, K, V });
 * run.out; // → [15]
 * onlineAttentionBackward(arena, run, Float64Array.of(1)).V; // → [0.5, 0.5]
 * ```
 *
 * @throws {EngineError} if a size or an array's length does not fit.
 */
export function onlineAttention(
  arena: Arena,
  dims: AttentionDims,
  { Q, K, V }: AttentionInputs,
  mask: Mask = {},
): OnlineAttentionRun {
  const { Tq, B, heads, dv } = dims;
  acceptAttention(dims, mask);
  const { out: _, ...inputs } = attentionShapes(dims);
  expectArrays(inputs, { Q, K, V });
  const out = arena.alloc('state', Tq * B * heads * dv);
  const logSumExp = arena.alloc('tape', B * heads * Tq); // m until the end

  arena.scope(() => {
    const room = arena.alloc('workspace', onlineSoftmaxRoom(dims).forward, 'anything');
    const l = arena.alloc('workspace', logSumExp.length);
    const hidden = hiddenKeys(arena, dims, mask);
    const causal = mask.causal === true;
    kernels.onlineSoftmax.forward(out, logSumExp, l, room, Q, K, V, hidden, dims, causal);
    for (let row = 0; row < l.length; row++) logSumExp[row] += log(l[row]); // L = m + ln l
    eachQuery(dims, (row, start) => {
      if (l[row] !== 0) for (let j = start; j < start + dv; j++) out[j] /= l[row]; // O = O / l
    });
  });
  return { dims, mask, Q, K, V, out, logSumExp };
}

/** Every row of scores (B,heads,Tq), and where its query's row of the output begins. */
function eachQuery(dims: AttentionDims, body: (row: number, start: number) => void): void {
  const { Tq, B, heads } = dims;
  for (let n = 0; n < B; n++)
    for (let a = 0; a < heads; a++) {
      const { vo, ldvo } = headAt(dims, n, a);
      for (let i = 0; i < Tq; i++) body((n * heads + a) * Tq + i, vo + i * ldvo);
    }
}

/**
 * From dL/dO (Tq,B,heads·dv) to dL/dQ, dL/dK and dL/dV, computing the tiles of P again:
 *
 *   P = e^(S - L)      δ_i = dO_i · O_i (= Σ_j P_ij dP_ij)      dS = P ⊙ (dP - δ)
 *   dV = Pᵀ dO      dP = dO Vᵀ      dQ = dS K / √dk      dK = dSᵀ Q / √dk
 *
 * @throws {EngineError} if dO does not fit.
 */
export function onlineAttentionBackward(
  arena: Arena,
  run: OnlineAttentionRun,
  dout: Float64Array,
): AttentionInputs {
  const { dims, mask, Q, K, V, out, logSumExp } = run;
  const { Tq, B, heads, dv } = dims;
  expectArrays({ 'the gradient of out': [Tq, B, heads * dv] }, { 'the gradient of out': dout });
  const dQ = arena.alloc('gradients', Q.length);
  const dK = arena.alloc('gradients', K.length);
  const dV = arena.alloc('gradients', V.length);

  arena.scope(() => {
    const room = arena.alloc('workspace', onlineSoftmaxRoom(dims).backward, 'anything');
    const delta = arena.alloc('workspace', logSumExp.length);
    const hidden = hiddenKeys(arena, dims, mask);
    eachQuery(dims, (row, start) => {
      for (let j = start; j < start + dv; j++) delta[row] += dout[j] * out[j]; // δ_i = dO_i · O_i
    });
    kernels.onlineSoftmax.backward(
      ...([dQ, dK, dV, room, Q, K, V, dout, logSumExp, delta, hidden] as const),
      dims,
      mask.causal === true,
    );
  });
  return { Q: dQ, K: dK, V: dV };
}

/**
 * The peak bytes by class, beside Q, K, V and dO, which are the caller's: of `onlineAttention` alone for
 * `inference`, of it and then `onlineAttentionBackward` for `training`. Both are O(Tq + Tk). Of the mask,
 * only padding takes bytes.
 */
export function bytesOfOnlineAttention(
  dims: AttentionDims,
  mode: AttentionMode,
  { keyPadding }: Mask = {},
): ByteCounts {
  const { Tq, Tk, B, heads, dk, dv } = dims;
  const room = onlineSoftmaxRoom(dims);
  const training = mode === 'training';
  return {
    parameters: 0,
    state: 8 * Tq * B * heads * dv,
    tape: 8 * B * heads * Tq,
    workspace:
      8 *
      ((training ? Math.max(room.forward, room.backward) : room.forward) +
        B * heads * Tq +
        (keyPadding ? B * Tk : 0)),
    gradients: training ? 8 * B * heads * (Tq * dk + Tk * dk + Tk * dv) : 0,
  };
}
