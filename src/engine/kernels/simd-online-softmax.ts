/** Online softmax in WebAssembly: arrays become pointers, once per pass over all sequences and heads. */
import { onlineSoftmax } from './online-softmax.js';
import type { AttentionDims } from '../attention/mask.js';
import type { Exports } from './simd-loops.js';
import type { Loans } from './loans.js';
import type { OnlineSoftmax } from './online-softmax.js';

const sizes = ({ Tq, Tk, B, heads, dk, dv }: AttentionDims) => [Tq, Tk, B, heads, dk, dv] as const;

export const simdOnlineSoftmax = (wasm: Exports, loans: Loans): OnlineSoftmax => ({
  forward(O, m, l, room, Q, K, V, hidden, dims, causal) {
    const flags = [Number(causal), Number(hidden.length > 0)];
    // prettier-ignore
    loans.call(
      () => wasm.onlineForward(
        loans.writes(O), loans.writes(m), loans.writes(l), loans.writes(room),
        loans.reads(Q), loans.reads(K), loans.reads(V), loans.reads(hidden), ...sizes(dims), ...flags,
      ),
      () => onlineSoftmax.forward(O, m, l, room, Q, K, V, hidden, dims, causal),
    );
  },
  backward(dQ, dK, dV, room, Q, K, V, dO, L, delta, hidden, dims, causal) {
    const flags = [Number(causal), Number(hidden.length > 0)];
    // prettier-ignore
    loans.call(
      () => wasm.onlineBackward(
        loans.writes(dQ), loans.writes(dK), loans.writes(dV), loans.writes(room),
        loans.reads(Q), loans.reads(K), loans.reads(V), loans.reads(dO), loans.reads(L), loans.reads(delta), loans.reads(hidden),
        ...sizes(dims), ...flags,
      ),
      () => onlineSoftmax.backward(dQ, dK, dV, room, Q, K, V, dO, L, delta, hidden, dims, causal),
    );
  },
});
