/** Online softmax in WebAssembly: arrays become pointers, once per pass over all sequences and heads. */
import { withPointers } from './loans.js';
import { onlineSoftmax } from './online-softmax.js';
import type { AttentionDims } from '../attention/mask.js';
import type { Argument } from './loans.js';
import type { OnlineSoftmax } from './online-softmax.js';
import type { Pool } from './pool.js';
import type { Exports } from './simd-loops.js';

const reads = (array: Float64Array): Argument => [array, array.length, 'reads'];
const writes = (array: Float64Array): Argument => [array, array.length, 'writes'];
const sizes = ({ Tq, Tk, B, heads, dk, dv }: AttentionDims) => [Tq, Tk, B, heads, dk, dv] as const;

export const simdOnlineSoftmax = (wasm: Exports, pool: Pool): OnlineSoftmax => ({
  forward(O, m, l, room, Q, K, V, hidden, dims, causal) {
    const flags = [Number(causal), Number(hidden.length > 0)];
    const done = withPointers(
      pool,
      [...[O, m, l, room].map(writes), ...[Q, K, V, hidden].map(reads)],
      (pointers) => wasm.onlineForward(...pointers, ...sizes(dims), ...flags),
    );
    if (!done) onlineSoftmax.forward(O, m, l, room, Q, K, V, hidden, dims, causal);
  },
  backward(dQ, dK, dV, room, Q, K, V, dO, L, delta, hidden, dims, causal) {
    const flags = [Number(causal), Number(hidden.length > 0)];
    const done = withPointers(
      pool,
      [...[dQ, dK, dV, room].map(writes), ...[Q, K, V, dO, L, delta, hidden].map(reads)],
      (pointers) => wasm.onlineBackward(...pointers, ...sizes(dims), ...flags),
    );
    if (!done)
      onlineSoftmax.backward(dQ, dK, dV, room, Q, K, V, dO, L, delta, hidden, dims, causal);
  },
});
