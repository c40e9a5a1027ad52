/**
 * Attention without the T×T matrix (Milakov & Gimelshein 2018; Dao et al. 2022): tile after tile of
 * scores with a running maximum m, a running sum l and an unfinished output, which shrink whenever a
 * larger score turns up. Same numbers as scaled-dot-product.ts, same Tq·Tk·d work, O(T) extra bytes.
 *
 *   m' = max(m, max_j s_j)     l' = l e^(m-m') + Σ_j e^(s_j-m')     O' = O e^(m-m') + Σ_j e^(s_j-m') v_j
 *
 * Kept for backward: the log-sum-exp of each row, L = m + ln l, from which P = e^(S - L) tile by tile.
 */
import { acceptAttention, reach, scaleAndMask } from './mask.js';
import { attentionShapes, headAt } from './scaled-dot-product.js';
import { exp } from '../elementary.js';
import { expectArrays } from '../slab.js';
import { kernels } from '../kernels/current.js';
import { log } from '../logarithm.js';
import type { Arena, ByteCounts } from '../arena.js';
import type { AttentionDims, Mask } from './mask.js';
import type { AttentionInputs, AttentionMode } from './scaled-dot-product.js';

/** Rows and columns of a tile of scores. */
export const queryTile = 64;
export const keyTile = 64;

export interface OnlineAttentionRun extends AttentionInputs {
  readonly dims: AttentionDims;
  readonly mask: Mask;
  /** (Tq,B,heads·dv); zero where a query sees no key. */
  readonly out: Float64Array;
  /** L (B,heads,Tq): the log-sum-exp of each row of scores; -∞ where a query sees no key. */
  readonly logSumExp: Float64Array;
}

/** Forward. @throws {EngineError} if a size or an array's length does not fit. */
export function onlineAttention(
  arena: Arena,
  dims: AttentionDims,
  { Q, K, V }: AttentionInputs,
  mask: Mask = {},
): OnlineAttentionRun {
  const { Tq, Tk, B, heads, dk, dv } = dims;
  acceptAttention(dims, mask);
  const { out: _, ...inputs } = attentionShapes(dims);
  expectArrays(inputs, { Q, K, V });
  const scale = 1 / Math.sqrt(dk);
  const out = arena.alloc('state', Tq * B * heads * dv);
  const logSumExp = arena.alloc('tape', B * heads * Tq);

  arena.scope(() => {
    const S = arena.alloc('workspace', Math.min(queryTile, Tq) * Math.min(keyTile, Tk));
    const m = arena.alloc('workspace', Math.min(queryTile, Tq));
    const l = arena.alloc('workspace', Math.min(queryTile, Tq));
    for (let n = 0; n < B; n++) {
      for (let a = 0; a < heads; a++) {
        const { qk, vo, ldqk, ldvo } = headAt(dims, n, a);
        for (let i0 = 0; i0 < Tq; i0 += queryTile) {
          const rows = Math.min(queryTile, Tq - i0);
          const q = Q.subarray(qk + i0 * ldqk);
          const o = out.subarray(vo + i0 * ldvo);
          m.fill(-Infinity);
          l.fill(0);
          const keys = reach(i0 + rows - 1, dims, mask); // tiles that the last row does not see are skipped
          for (let j0 = 0; j0 < keys; j0 += keyTile) {
            const columns = Math.min(keyTile, Tk - j0);
            S.fill(0);
            kernels.addABt(
              S,
              columns,
              q,
              ldqk,
              K.subarray(qk + j0 * ldqk),
              ldqk,
              rows,
              columns,
              dk,
            ); // S = Q Kᵀ
            scaleAndMask(S, columns, { i0, j0, rows, columns }, n, scale, dims, mask); // … / √dk
            for (let row = 0; row < rows; row++)
              foldRow(S, row * columns, columns, m, l, row, o, row * ldvo, dv);
            kernels.addAB(o, ldvo, S, columns, V.subarray(vo + j0 * ldvo), ldvo, rows, dv, columns); // O += e^(S-m) V
          }
          for (let row = 0; row < rows; row++) {
            logSumExp[(n * heads + a) * Tq + i0 + row] = m[row] + log(l[row]); // L = m + ln l
            if (l[row] > 0) for (let j = 0; j < dv; j++) o[row * ldvo + j] /= l[row]; // O = O / l
          }
        }
      }
    }
  });
  return { dims, mask, Q, K, V, out, logSumExp };
}

/** One row of scores becomes e^(s-m'); m, l and the row of O move on to the new maximum m'. */
function foldRow(
  S: Float64Array,
  start: number,
  columns: number,
  m: Float64Array,
  l: Float64Array,
  row: number,
  O: Float64Array,
  outStart: number,
  dv: number,
): void {
  const old = m[row];
  let top = old;
  for (let j = start; j < start + columns; j++) if (S[j] > top) top = S[j]; // m' = max(m, max_j s_j)
  if (top === -Infinity) {
    S.fill(0, start, start + columns); // nothing visible so far
    return;
  }
  let sum = 0;
  const scores = S.subarray(start, start + columns);
  for (let j = start; j < start + columns; j++) S[j] -= top;
  kernels.exp(scores, scores, columns); // e^(s_j-m')
  for (let j = start; j < start + columns; j++) sum += S[j];
  if (top !== old) {
    const shrink = exp(old - top); // e^(m-m'), 0 at the first visible tile
    l[row] *= shrink; // l e^(m-m')
    for (let j = outStart; j < outStart + dv; j++) O[j] *= shrink; // O e^(m-m')
  }
  l[row] += sum; // … + Σ_j e^(s_j-m')
  m[row] = top;
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
  const { Tq, Tk, B, heads, dk, dv } = dims;
  expectArrays({ 'the gradient of out': [Tq, B, heads * dv] }, { 'the gradient of out': dout });
  const scale = 1 / Math.sqrt(dk);
  const dQ = arena.alloc('gradients', Q.length);
  const dK = arena.alloc('gradients', K.length);
  const dV = arena.alloc('gradients', V.length);

  arena.scope(() => {
    const P = arena.alloc('workspace', Math.min(queryTile, Tq) * Math.min(keyTile, Tk));
    const dS = arena.alloc('workspace', P.length);
    const delta = arena.alloc('workspace', Math.min(queryTile, Tq));
    for (let n = 0; n < B; n++) {
      for (let a = 0; a < heads; a++) {
        const { qk, vo, ldqk, ldvo } = headAt(dims, n, a);
        for (let i0 = 0; i0 < Tq; i0 += queryTile) {
          const rows = Math.min(queryTile, Tq - i0);
          const L = logSumExp.subarray((n * heads + a) * Tq + i0);
          const q = Q.subarray(qk + i0 * ldqk);
          const dq = dQ.subarray(qk + i0 * ldqk);
          const dO = dout.subarray(vo + i0 * ldvo);
          for (let row = 0; row < rows; row++) {
            delta[row] = 0;
            for (let j = row * ldvo; j < row * ldvo + dv; j++)
              delta[row] += dO[j] * out[vo + i0 * ldvo + j]; // δ_i = dO_i · O_i
          }
          const keys = reach(i0 + rows - 1, dims, mask);
          for (let j0 = 0; j0 < keys; j0 += keyTile) {
            const columns = Math.min(keyTile, Tk - j0);
            const k = K.subarray(qk + j0 * ldqk);
            P.fill(0);
            dS.fill(0);
            kernels.addABt(P, columns, q, ldqk, k, ldqk, rows, columns, dk); // S = Q Kᵀ
            scaleAndMask(P, columns, { i0, j0, rows, columns }, n, scale, dims, mask); // … / √dk
            for (let row = 0; row < rows; row++)
              for (let j = row * columns; j < (row + 1) * columns; j++)
                P[j] = L[row] === -Infinity ? -Infinity : P[j] - L[row];
            kernels.exp(P, P, rows * columns); // P = e^(S - L)
            kernels.addAtB(
              dV.subarray(vo + j0 * ldvo),
              ldvo,
              P,
              columns,
              dO,
              ldvo,
              columns,
              dv,
              rows,
            ); // dV = Pᵀ dO
            kernels.addABt(
              dS,
              columns,
              dO,
              ldvo,
              V.subarray(vo + j0 * ldvo),
              ldvo,
              rows,
              columns,
              dv,
            ); // dP = dO Vᵀ
            for (let row = 0; row < rows; row++)
              for (let j = row * columns; j < (row + 1) * columns; j++)
                dS[j] = P[j] * (dS[j] - delta[row]) * scale; // dS = P ⊙ (dP - δ) / √dk
            kernels.addAB(dq, ldqk, dS, columns, k, ldqk, rows, dk, columns); // dQ = dS K
            kernels.addAtB(
              dK.subarray(qk + j0 * ldqk),
              ldqk,
              dS,
              columns,
              q,
              ldqk,
              columns,
              dk,
              rows,
            ); // dK = dSᵀ Q
          }
        }
      }
    }
  });
  return { Q: dQ, K: dK, V: dV };
}

/**
 * The peak bytes by class, beside Q, K, V and dO, which are the caller's: of `onlineAttention` alone for
 * `inference`, of it and then `onlineAttentionBackward` for `training`. Both are O(Tq + Tk).
 */
export function bytesOfOnlineAttention(
  { Tq, Tk, B, heads, dk, dv }: AttentionDims,
  mode: AttentionMode,
): ByteCounts {
  const rows = Math.min(queryTile, Tq);
  const tile = rows * Math.min(keyTile, Tk);
  const training = mode === 'training';
  return {
    parameters: 0,
    state: 8 * Tq * B * heads * dv,
    tape: 8 * B * heads * Tq,
    workspace: 8 * (training ? Math.max(tile + 2 * rows, 2 * tile + rows) : tile + 2 * rows),
    gradients: training ? 8 * B * heads * (Tq * dk + Tk * dk + Tk * dv) : 0,
  };
}
