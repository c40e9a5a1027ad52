import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * Backpropagation through time for the GRU, from what its forward pass kept. As in gru-step, z weighs the
 * NEW candidate, and the reset gate acts BEFORE the product.
 *
 * xs (T, D), h0 (H)             the inputs and the state before the first step
 * W* (H, H+D), b* (H)           z update, r reset, h candidate; columns meet the state first, then x
 * zs, rs, hTildes (T, H)        gates and candidates, after σ and tanh: zs[t] belongs to xs[t]
 * hs (T, H)                     the state after each step
 * dhs (T, H)                    dhs[t] is dL/dh_t from step t's own loss
 *
 * Returns the gradients of everything that went in: dxs (T, D), dh0 (H), dW* (H, H+D), db* (H).
 */
export interface GruBpttInput {
  xs: Sequence;
  h0: Vector;
  Wz: Matrix;
  Wr: Matrix;
  Wh: Matrix;
  bz: Vector;
  br: Vector;
  bh: Vector;
  zs: Sequence;
  rs: Sequence;
  hTildes: Sequence;
  hs: Sequence;
  dhs: Sequence;
}

export interface GruBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWz: Matrix;
  dWr: Matrix;
  dWh: Matrix;
  dbz: Vector;
  dbr: Vector;
  dbh: Vector;
}

export function gruBptt(input: GruBpttInput): GruBpttOutput {
  // TODO: walk from the last step to the first, carrying dL/dh back along all four paths.
  throw new NotImplemented('gruBptt');
}
