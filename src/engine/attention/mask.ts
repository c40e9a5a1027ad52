/** Which key each query may see. A mask turns forbidden scores into -∞; it never touches K or V themselves. */
import { EngineError } from '../errors.js';
import { expectSizes } from '../slab.js';

/** Sizes of scaled dot-product attention. All are integers of at least 1. */
export interface AttentionDims {
  /** Queries. */
  readonly Tq: number;
  /** Keys and values. */
  readonly Tk: number;
  /** Sequences in the batch. */
  readonly B: number;
  /** Heads: independent attentions over column blocks of Q, K and V. */
  readonly heads: number;
  /** Columns of a head's query and key. */
  readonly dk: number;
  /** Columns of a head's value. */
  readonly dv: number;
}

/** Which keys a query may see; an empty one hides nothing. */
export interface Mask {
  /**
   * Query i sees the keys j <= i + Tk - Tq: the queries are the last Tq of the Tk positions. With Tq = Tk
   * that is j <= i. With Tq > Tk the first Tq - Tk queries see nothing.
   */
  readonly causal?: boolean;
  /** (Tk,B), 1 where a key is padding and no query may see it. Its K and V still have to be finite: 0 · ∞ is NaN. */
  readonly keyPadding?: Uint8Array;
}

/** @throws {EngineError} unless sizes are positive integers and the padding has one entry per key and sequence. */
export function acceptAttention(dims: AttentionDims, { keyPadding }: Mask): void {
  expectSizes({ ...dims });
  if (keyPadding && keyPadding.length !== dims.Tk * dims.B)
    throw new EngineError(
      `Expected keyPadding to be (Tk,B) = (${dims.Tk},${dims.B}), got ${keyPadding.length} entries.`,
    );
}

/** The number of keys, counted from the first, that query i may see before padding is looked at. */
export const reach = (i: number, { Tq, Tk }: AttentionDims, { causal }: Mask): number =>
  causal ? Math.min(Tk, Math.max(0, i + Tk - Tq + 1)) : Tk;

/** S (Tq,Tk) *= scale, and -∞ where masked: the scores of one head in sequence n. */
export function scaleAndMask(
  S: Float64Array,
  n: number,
  scale: number,
  dims: AttentionDims,
  mask: Mask,
): void {
  const { Tq, Tk, B } = dims;
  for (let i = 0; i < Tq; i++) {
    const row = i * Tk;
    const visible = reach(i, dims, mask);
    for (let j = 0; j < visible; j++)
      S[row + j] = mask.keyPadding?.[j * B + n] ? -Infinity : S[row + j] * scale;
    S.fill(-Infinity, row + visible, row + Tk);
  }
}
