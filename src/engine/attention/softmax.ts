/**
 * The softmax of the rows of a matrix, in place, and its backward pass. Masked scores are -∞.
 *
 *   p_j = exp(s_j - m) / l      m = max_j s_j      l = Σ_j exp(s_j - m)
 *
 * Nothing overflows, since s_j - m <= 0. A row that is masked everywhere has no softmax: here it is all
 * zeros, so that it gives a zero output and passes back a zero gradient. A NaN makes its whole row NaN.
 */
import { kernels } from '../kernels/current.js';

/**
 * S (rows,n) becomes P = softmax(S), row by row; -∞ is masked, and a row of nothing else becomes zeros. `ld` is the distance between two rows. l is summed with
 * compensation (Neumaier), so a row of any length sums to 1 within 4 ε, and masked columns change no bit. Lengths are not checked.
 *
 * @example
 * ```ts
 * import { softmaxRows } from 'bptt';
 *
 * const S = Float64Array.of(1000, 1000, -Infinity);
 * softmaxRows(S, 3, 1, 3);
 * S; // → [0.5, 0.5, 0]
 * ```
 */
export function softmaxRows(S: Float64Array, ld: number, rows: number, n: number): void {
  for (let row = 0; row < rows; row++) {
    const start = row * ld;
    const end = start + n;
    let m = -Infinity;
    for (let j = start; j < end; j++) if (S[j] > m) m = S[j]; // m = max_j s_j
    if (m === -Infinity) {
      S.fill(S.subarray(start, end).includes(NaN) ? NaN : 0, start, end);
      continue;
    }
    const scores = S.subarray(start, end);
    for (let j = start; j < end; j++) S[j] -= m;
    kernels.exp(scores, scores, n); // exp(s_j - m)
    let l = 0;
    let lost = 0;
    for (let j = start; j < end; j++) {
      const e = S[j];
      const sum = l + e; // l = Σ_j exp(s_j - m)
      lost += l >= e ? l - sum + e : e - sum + l;
      l = sum;
    }
    l += lost;
    for (let j = start; j < end; j++) S[j] /= l; // p_j = exp(s_j - m) / l
  }
}

/** dP (rows,n) becomes dS, row by row: ds_j = p_j (dp_j - Σ_k p_k dp_k). Zero where p is zero. */
export function softmaxRowsBackward(
  dP: Float64Array,
  P: Float64Array,
  ld: number,
  rows: number,
  n: number,
): void {
  for (let row = 0; row < rows; row++) {
    const start = row * ld;
    let mean = 0;
    for (let j = start; j < start + n; j++) mean += P[j] * dP[j]; // Σ_k p_k dp_k
    for (let j = start; j < start + n; j++) dP[j] = P[j] * (dP[j] - mean); // ds_j = p_j (dp_j - Σ_k p_k dp_k)
  }
}
