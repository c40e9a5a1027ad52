import { NotImplemented } from 'bptt/kata';
import type { Matrix } from 'bptt/kata';

/**
 * Multi-head self-attention, no mask, no biases: project X to queries, keys and values, let every head
 * attend by itself, put the heads' outputs side by side, project back.
 *
 * X           (T, D)    the inputs, one step in a row
 * WQ, WK, WV  (N*K, D)  rows are output units: q_t = WQ x_t; head a owns the units a*K … (a+1)*K - 1
 * WO          (D, N*K)  y_t = WO [head_0 … head_N-1]_t
 * heads                 N, the number of heads; each has the size K = d_k
 *
 * Returns Y (T, D), whose rows are fresh vectors; the inputs stay as they are.
 */
export interface MultiHeadInput {
  X: Matrix;
  WQ: Matrix;
  WK: Matrix;
  WV: Matrix;
  WO: Matrix;
  heads: number;
}

export function multiHead(input: MultiHeadInput): { Y: Matrix } {
  // TODO: project, split by columns, attend in each head, join, project.
  throw new NotImplemented('multiHead');
}
