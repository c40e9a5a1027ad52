/** The time loops of the cells in WebAssembly: arrays become pointers, once per sequence. */
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { packedSize } from './kernels.js';
import { rnn } from './rnn.js';
import type { GruLoop } from './gru.js';
import type { Loans } from './loans.js';
import type { LstmLoop } from './lstm.js';
import type { RnnLoop } from './rnn.js';

/** What the module exports (assembly/index.ts): pointers first, then sizes. */
export type Exports = Readonly<
  Record<
    | ('addAB' | 'addABt' | 'addAtB' | 'addRows' | 'packAB' | 'packABt' | 'packedOnto')
    | ('exp' | 'tanh' | 'sigmoid' | 'zero')
    | ('rnnForward' | 'rnnBackward' | 'lstmForward' | 'lstmBackward' | 'gruForward' | 'gruBackward')
    | ('onlineForward' | 'onlineBackward' | 'rowProduct'),
    (...pointersAndSizes: number[]) => void
  > & { ceiling(rounds: number, from: number): number }
>;

export const rnnLoop = (wasm: Exports, loans: Loans): RnnLoop => ({
  forward(h, h0, Whh, T, B, H) {
    const state = B * H;
    // prettier-ignore
    loans.call(
      () => wasm.rnnForward(
        loans.writes(h, T * state), loans.reads(h0, state), loans.reads(Whh, packedSize(H, H)), T, B, H,
      ),
      () => rnn.forward(h, h0, Whh, T, B, H),
    );
  },
  backward(da, dh, dh0, h, Whh, T, B, H) {
    const state = B * H;
    // prettier-ignore
    loans.call(
      () => wasm.rnnBackward(
        loans.writes(da, T * state), loans.writes(dh, T * state), loans.writes(dh0, state),
        loans.reads(h, T * state), loans.reads(Whh, packedSize(H, H)), T, B, H,
      ),
      () => rnn.backward(da, dh, dh0, h, Whh, T, B, H),
    );
  },
});

export const lstmLoop = (wasm: Exports, loans: Loans): LstmLoop => ({
  forward(gates, c, tanhC, h, h0, c0, Wh, T, B, H) {
    const state = B * H;
    // prettier-ignore
    loans.call(
      () => wasm.lstmForward(
        loans.writes(gates, T * 4 * state), loans.writes(c, T * state), loans.writes(tanhC, T * state), loans.writes(h, T * state),
        loans.reads(h0, state), loans.reads(c0, state), loans.reads(Wh, packedSize(4 * H, H)), T, B, H,
      ),
      () => lstm.forward(gates, c, tanhC, h, h0, c0, Wh, T, B, H),
    );
  },
  backward(da, dh, dc, dh0, dc0, gates, c, tanhC, c0, Wh, T, B, H) {
    const state = B * H;
    // prettier-ignore
    loans.call(
      () => wasm.lstmBackward(
        loans.writes(da, T * 4 * state), loans.writes(dh, T * state), loans.writes(dc, T * state), loans.writes(dh0, state), loans.writes(dc0, state),
        loans.reads(gates, T * 4 * state), loans.reads(c, T * state), loans.reads(tanhC, T * state),
        loans.reads(c0, state), loans.reads(Wh, packedSize(H, 4 * H)), T, B, H,
      ),
      () => lstm.backward(da, dh, dc, dh0, dc0, gates, c, tanhC, c0, Wh, T, B, H),
    );
  },
});

export const gruLoop = (wasm: Exports, loans: Loans): GruLoop => ({
  forward(gates, rh, h, h0, Wzr, Wh, T, B, H) {
    const state = B * H;
    // prettier-ignore
    loans.call(
      () => wasm.gruForward(
        loans.writes(gates, T * 3 * state), loans.writes(rh, T * state), loans.writes(h, T * state),
        loans.reads(h0, state), loans.reads(Wzr, packedSize(2 * H, H)), loans.reads(Wh, packedSize(H, H)), T, B, H,
      ),
      () => gru.forward(gates, rh, h, h0, Wzr, Wh, T, B, H),
    );
  },
  backward(da, dh, dh0, drh, gates, h, h0, Wzr, Wh, T, B, H) {
    const state = B * H;
    // prettier-ignore
    loans.call(
      () => wasm.gruBackward(
        loans.writes(da, T * 3 * state), loans.writes(dh, T * state), loans.writes(dh0, state), loans.writes(drh, state),
        loans.reads(gates, T * 3 * state), loans.reads(h, T * state), loans.reads(h0, state),
        loans.reads(Wzr, packedSize(H, 2 * H)), loans.reads(Wh, packedSize(H, H)), T, B, H,
      ),
      () => gru.backward(da, dh, dh0, drh, gates, h, h0, Wzr, Wh, T, B, H),
    );
  },
});
