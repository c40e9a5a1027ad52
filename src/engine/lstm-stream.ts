/**
 * The LSTM one step at a time, for streaming: weights are packed once, when the stream is opened, and the
 * state is all that is kept between steps. The same bits as `lstm.forward` over the whole sequence. There is
 * no backward: nothing is saved for it.
 */
import { expectDims, expectShape } from './errors.js';
import { expectParameters } from './cell.js';
import { kernels } from './kernels/current.js';
import { packedSize } from './kernels/kernels.js';
import { lstm } from './lstm.js';
import type { Arena } from './arena.js';
import type { Dims } from './alphabet.js';
import type { LstmNames } from './lstm.js';
import type { Parameters } from './cell.js';

/** An LSTM that is fed step by step and keeps no tape: its memory does not grow with the number of steps. */
export interface LstmStream {
  /** The hidden state (B,H): written by every step, and yours to set. */
  readonly h: Float64Array;
  /** The cell (B,H): likewise. */
  readonly c: Float64Array;
  /** Takes x (B,D), returns h (B,H): the same array every time. @throws {EngineError} if x has another length. */
  step(x: Float64Array): Float64Array;
  /** Gives the memory back; after it, nothing of the stream may be used. */
  close(): void;
}

/**
 * Opens a stream of B sequences at the state zero. Later changes of the parameters are not seen. Each step has the
 * bits of the same step of lstm.forward.
 *
 * @example
 * ```ts
 * import { Arena, createParameters, lstm, openLstmStream, rng } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 2, B: 1, D: 1, H: 3 };
 * const parameters = createParameters(arena, lstm, dims, { random: rng(7) });
 * const { finals } = lstm.forward(arena, dims, parameters, { x: Float64Array.of(0.5, -1) });
 *
 * const stream = openLstmStream(arena, { D: 1, H: 3 }, parameters);
 * stream.step(Float64Array.of(0.5));
 * stream.step(Float64Array.of(-1)); // → [...finals.hT]
 * stream.c; // → [...finals.cT]
 * stream.close();
 * ```
 *
 * @throws {EngineError} if the parameters are not those of an LSTM of these sizes.
 */
export function openLstmStream(
  arena: Arena,
  { B = 1, D, H }: { readonly B?: number; readonly D: number; readonly H: number },
  parameters: Parameters<LstmNames>,
): LstmStream {
  const dims: Dims = { T: 1, B, D, H };
  expectDims(dims);
  const weights = 4 * H * (H + D);
  expectParameters(lstm, dims, parameters.slab.length);
  const bias = parameters.slab.length > weights ? parameters.slab.subarray(weights) : undefined;
  const Wx = arena.hold('parameters', packedSize(4 * H, D));
  const Wh = arena.hold('parameters', packedSize(4 * H, H));
  kernels.packABt(Wx, parameters.slab.subarray(H), H + D, 4 * H, D);
  kernels.packABt(Wh, parameters.slab, H + D, 4 * H, H);
  const b = arena.hold('parameters', 4 * H);
  if (bias) b.set(bias);
  const h = arena.hold('state', B * H);
  const c = arena.hold('state', B * H);
  const input = arena.hold('workspace', B * D);
  const gates = arena.hold('workspace', B * 4 * H);
  const tanhC = arena.hold('workspace', B * H);
  return {
    h,
    c,
    step(x) {
      if (x.length !== B * D) expectShape('x', x, ['B', 'D'], dims);
      input.set(x);
      kernels.addPacked(gates, 4 * H, input, D, Wx, B, 4 * H, D, b); // a = b + Wx x
      kernels.lstm.forward(gates, c, tanhC, h, h, c, Wh, 1, B, H);
      return h;
    },
    close() {
      for (const array of [Wx, Wh, b, h, c, input, gates, tanhC]) arena.free(array);
    },
  };
}
