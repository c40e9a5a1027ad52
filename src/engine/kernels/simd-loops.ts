/** The time loops of the cells in WebAssembly: arrays become pointers, once per sequence. */
import { gru } from './gru.js';
import { packedSize } from './kernels.js';
import { withPointers } from './loans.js';
import { lstm } from './lstm.js';
import { rnn } from './rnn.js';
import type { GruLoop } from './gru.js';
import type { LstmLoop } from './lstm.js';
import type { Pool } from './pool.js';
import type { RnnLoop } from './rnn.js';

/** What the module exports (assembly/index.ts): pointers first, then sizes. */
export type Exports = Readonly<
  Record<
    | ('addAB' | 'addABt' | 'addAtB' | 'addRows' | 'packAB' | 'packABt' | 'addPacked')
    | ('exp' | 'tanh' | 'sigmoid' | 'zero')
    | ('rnnForward' | 'rnnBackward' | 'lstmForward' | 'lstmBackward' | 'gruForward' | 'gruBackward')
    | ('onlineForward' | 'onlineBackward'),
    (...pointersAndSizes: number[]) => void
  > & { ceiling(rounds: number, from: number): number }
>;

export const rnnLoop = (wasm: Exports, pool: Pool): RnnLoop => ({
  forward(h, h0, Whh, T, B, H) {
    const done = withPointers(
      pool,
      [
        [h, T * B * H, 'writes'],
        [h0, B * H, 'reads'],
        [Whh, packedSize(H, H), 'reads'],
      ],
      (pointers) => wasm.rnnForward(...pointers, T, B, H),
    );
    if (!done) rnn.forward(h, h0, Whh, T, B, H);
  },
  backward(da, dh, dh0, h, Whh, T, B, H) {
    const done = withPointers(
      pool,
      [
        [da, T * B * H, 'writes'],
        [dh, T * B * H, 'writes'],
        [dh0, B * H, 'writes'],
        [h, T * B * H, 'reads'],
        [Whh, packedSize(H, H), 'reads'],
      ],
      (pointers) => wasm.rnnBackward(...pointers, T, B, H),
    );
    if (!done) rnn.backward(da, dh, dh0, h, Whh, T, B, H);
  },
});

export const lstmLoop = (wasm: Exports, pool: Pool): LstmLoop => ({
  forward(gates, c, tanhC, h, h0, c0, Wh, T, B, H) {
    const done = withPointers(
      pool,
      [
        [gates, T * B * 4 * H, 'writes'],
        [c, T * B * H, 'writes'],
        [tanhC, T * B * H, 'writes'],
        [h, T * B * H, 'writes'],
        [h0, B * H, 'reads'],
        [c0, B * H, 'reads'],
        [Wh, packedSize(4 * H, H), 'reads'],
      ],
      (pointers) => wasm.lstmForward(...pointers, T, B, H),
    );
    if (!done) lstm.forward(gates, c, tanhC, h, h0, c0, Wh, T, B, H);
  },
  backward(da, dh, dc, dh0, dc0, gates, c, tanhC, c0, Wh, T, B, H) {
    const done = withPointers(
      pool,
      [
        [da, T * B * 4 * H, 'writes'],
        [dh, T * B * H, 'writes'],
        [dc, T * B * H, 'writes'],
        [dh0, B * H, 'writes'],
        [dc0, B * H, 'writes'],
        [gates, T * B * 4 * H, 'reads'],
        [c, T * B * H, 'reads'],
        [tanhC, T * B * H, 'reads'],
        [c0, B * H, 'reads'],
        [Wh, packedSize(H, 4 * H), 'reads'],
      ],
      (pointers) => wasm.lstmBackward(...pointers, T, B, H),
    );
    if (!done) lstm.backward(da, dh, dc, dh0, dc0, gates, c, tanhC, c0, Wh, T, B, H);
  },
});

export const gruLoop = (wasm: Exports, pool: Pool): GruLoop => ({
  forward(gates, rh, h, h0, Wzr, Wh, T, B, H) {
    const done = withPointers(
      pool,
      [
        [gates, T * B * 3 * H, 'writes'],
        [rh, T * B * H, 'writes'],
        [h, T * B * H, 'writes'],
        [h0, B * H, 'reads'],
        [Wzr, packedSize(2 * H, H), 'reads'],
        [Wh, packedSize(H, H), 'reads'],
      ],
      (pointers) => wasm.gruForward(...pointers, T, B, H),
    );
    if (!done) gru.forward(gates, rh, h, h0, Wzr, Wh, T, B, H);
  },
  backward(da, dh, dh0, drh, gates, h, h0, Wzr, Wh, T, B, H) {
    const done = withPointers(
      pool,
      [
        [da, T * B * 3 * H, 'writes'],
        [dh, T * B * H, 'writes'],
        [dh0, B * H, 'writes'],
        [drh, B * H, 'writes'],
        [gates, T * B * 3 * H, 'reads'],
        [h, T * B * H, 'reads'],
        [h0, B * H, 'reads'],
        [Wzr, packedSize(H, 2 * H), 'reads'],
        [Wh, packedSize(H, H), 'reads'],
      ],
      (pointers) => wasm.gruBackward(...pointers, T, B, H),
    );
    if (!done) gru.backward(da, dh, dh0, drh, gates, h, h0, Wzr, Wh, T, B, H);
  },
});
