/**
 * Attention without the T×T matrix, forward and backward, as plain loops: tile after tile of keys, and in
 * each tile every query that sees it. Twin of assembly/online-softmax.ts. What the running maximum m, the
 * running sum l and the unfinished O mean is told in ../attention/online-softmax.ts.
 */
import { exp } from '../elementary.js';
import type { AttentionDims } from '../attention/mask.js';

/** Rows of a tile of scores. It decides what lies in memory at once, and no sum. */
export const queryTile = 64;
/** Columns of a tile of scores: how many keys go into m, l and O at once. */
export const keyTile = 64;

const panels = (n: number): number => Math.ceil(n / 16) * 16;

/** The numbers that forward and backward need for their tiles, and for keys, values and queries packed. */
export function onlineSoftmaxRoom({ Tq, Tk, dk, dv }: AttentionDims) {
  const rows = Math.min(queryTile, Tq);
  const width = panels(Math.min(keyTile, Tk));
  const tile = rows * (width + 8); // a line more than its columns, so that a column meets all sets of a cache
  return {
    forward: tile + width * (dk + panels(dv)),
    backward: 2 * tile + width * (dk + dv + panels(dk)) + rows * (panels(dk) + panels(dv)),
  };
}

/** Attention tile by tile: what a kernel set does for all sequences and heads. `room` holds the tiles; lengths are not checked. */
export interface OnlineSoftmax {
  /**
   * O (Tq,B,heads·dv) := the unfinished output, zero before; m, l (B,heads,Tq) are written. hidden (B,Tk) is
   * 1 at padding, or empty. Sums: scores over dk ascending; l of a tile over its even columns and over its
   * odd ones, then both; O over the keys ascending.
   */
  forward(
    O: Float64Array,
    m: Float64Array,
    l: Float64Array,
    room: Float64Array,
    Q: Float64Array,
    K: Float64Array,
    V: Float64Array,
    hidden: Float64Array,
    dims: AttentionDims,
    causal: boolean,
  ): void;
  /**
   * dQ, dK, dV are added to. L and delta (B,heads,Tq): the log-sum-exp of each row, and dO · O. Sums: dQ
   * over the keys, dK and dV over the queries, all ascending.
   */
  backward(
    dQ: Float64Array,
    dK: Float64Array,
    dV: Float64Array,
    room: Float64Array,
    Q: Float64Array,
    K: Float64Array,
    V: Float64Array,
    dO: Float64Array,
    L: Float64Array,
    delta: Float64Array,
    hidden: Float64Array,
    dims: AttentionDims,
    causal: boolean,
  ): void;
}

/** Calls body for every head, tile of keys and query that sees some of it, with where their rows begin. */
function eachRow(
  dims: AttentionDims,
  causal: boolean,
  body: (row: {
    readonly i: number; // in m, l, L and delta
    readonly q: number; // in Q
    readonly o: number; // in O
    readonly k: number; // the tile's first key in K …
    readonly v: number; // … and in V
    readonly hidden: number; // … and in hidden
    readonly columns: number;
    readonly visible: number;
  }) => void,
): void {
  const { Tq, Tk, B, heads, dk, dv } = dims;
  const [ldqk, ldvo] = [B * heads * dk, B * heads * dv];
  const ahead = causal ? Tk - Tq + 1 : Tk; // query i sees the first i + ahead keys
  for (let block = 0; block < B * heads; block++)
    for (let j0 = 0; j0 < Tk; j0 += keyTile) {
      const columns = Math.min(keyTile, Tk - j0);
      for (let i = 0; i < Tq; i++) {
        const visible = Math.min(columns, i + ahead - j0);
        if (visible <= 0) continue;
        body({
          i: block * Tq + i,
          q: i * ldqk + block * dk,
          o: i * ldvo + block * dv,
          k: j0 * ldqk + block * dk,
          v: j0 * ldvo + block * dv,
          hidden: Math.floor(block / heads) * Tk + j0,
          columns,
          visible,
        });
      }
    }
}

/** s (columns) := A · B_j, row after row of B, which are ldb apart. */
function dots(
  s: Float64Array,
  A: Float64Array,
  a: number,
  B: Float64Array,
  b: number,
  ldb: number,
  columns: number,
  d: number,
): void {
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += A[a + c] * B[b + j * ldb + c];
    s[j] = sum;
  }
}

/** C (d) += s (1) · B_j. */
function addScaled(
  C: Float64Array,
  c: number,
  s: number,
  B: Float64Array,
  b: number,
  d: number,
): void {
  for (let j = 0; j < d; j++) C[c + j] += s * B[b + j];
}

/** Scores become e^(s/√dk - shift), and 0 where they are not visible. */
export const onlineSoftmax: OnlineSoftmax = {
  forward(O, m, l, room, Q, K, V, hidden, dims, causal) {
    const { B, heads, dk, dv } = dims;
    const [ldqk, ldvo] = [B * heads * dk, B * heads * dv];
    const scale = 1 / Math.sqrt(dk);
    m.fill(-Infinity);
    l.fill(0);
    eachRow(dims, causal, ({ i, q, o, k, v, hidden: pad, columns, visible }) => {
      const s = room.subarray(0, columns);
      dots(s, Q, q, K, k, ldqk, columns, dk); // s = K q
      let top = m[i];
      for (let j = 0; j < visible; j++) {
        s[j] = hidden[pad + j] ? -Infinity : s[j] * scale; // … / √dk
        if (s[j] > top) top = s[j]; // m' = max(m, max_j s_j)
      }
      let [even, odd] = [0, 0];
      for (let j = 0; j < columns; j++) {
        if (j >= visible) s[j] = 0;
        else if (top > -Infinity)
          s[j] = exp(s[j] - top); // e^(s_j-m')
        else if (s[j] === -Infinity) s[j] = 0; // nothing visible so far, or nothing but NaN
        if (j % 2 === 0) even += s[j];
        else odd += s[j];
      }
      if (top !== m[i]) {
        const shrink = exp(m[i] - top); // e^(m-m'), 0 at the first visible tile
        l[i] *= shrink; // l e^(m-m')
        for (let j = o; j < o + dv; j++) O[j] *= shrink; // O e^(m-m')
      }
      l[i] += even + odd; // … + Σ_j e^(s_j-m')
      m[i] = top;
      for (let j = 0; j < columns; j++) addScaled(O, o, s[j], V, v + j * ldvo, dv); // … + Σ_j e^(s_j-m') v_j
    });
  },

  backward(dQ, dK, dV, room, Q, K, V, dO, L, delta, hidden, dims, causal) {
    const { B, heads, dk, dv } = dims;
    const [ldqk, ldvo] = [B * heads * dk, B * heads * dv];
    const scale = 1 / Math.sqrt(dk);
    eachRow(dims, causal, ({ i, q, o, k, v, hidden: pad, columns, visible }) => {
      const p = room.subarray(0, columns);
      const ds = room.subarray(columns, 2 * columns);
      dots(p, Q, q, K, k, ldqk, columns, dk); // s = K q
      dots(ds, dO, o, V, v, ldvo, columns, dv); // dp = V dO
      for (let j = 0; j < columns; j++) {
        if (j >= visible || L[i] === -Infinity) p[j] = 0;
        else p[j] = exp((hidden[pad + j] ? -Infinity : p[j] * scale) - L[i]); // p = e^(s/√dk - L)
        ds[j] = p[j] * (ds[j] - delta[i]) * scale; // ds = p ⊙ (dp - δ) / √dk
        addScaled(dV, v + j * ldvo, p[j], dO, o, dv); // dV = Pᵀ dO
        addScaled(dQ, q, ds[j], K, k + j * ldqk, dk); // dQ = dS K
        addScaled(dK, k + j * ldqk, ds[j], Q, q, dk); // dK = dSᵀ Q
      }
    });
  },
};
