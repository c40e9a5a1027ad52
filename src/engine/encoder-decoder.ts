/**
 * Encoder–decoder with additive attention: two LSTMs, the second of which asks the states of the first before each
 * step. y is what the decoder is fed, e.g. the right word before (teacher forcing). Sequences of x may end at different
 * steps, and what is past an end gets no attention. The J steps are all there; a loss masks those it does not want.
 */
import {
  additiveShapes,
  attend,
  attendBackward,
  attendedSteps,
  createAdditiveParameters,
  project,
  projectBackward,
} from './attention/additive.js';
import { addTo, createParameters } from './cell.js';
import { at } from './kernels/rows.js';
import { backwardWithLengths, forwardWithLengths } from './lengths.js';
import { expectArrays, expectSizes, slabOf } from './slab.js';
import { kernels } from './kernels/current.js';
import { lstm } from './lstm.js';
import { lstmStep } from './kernels/lstm.js';
import { packedSize } from './kernels/kernels.js';
import { previousOf } from './walk.js';
import type { AdditiveDims, AdditiveParameter, Attended } from './attention/additive.js';
import type { Arena, Slab } from './arena.js';
import type { Dims } from './alphabet.js';
import type { Gradients, Parameters } from './cell.js';
import type { Lengths, LengthsRun } from './lengths.js';
import type { LstmNames } from './lstm.js';
import type { Rng } from './rng.js';

/** Sizes. All are integers of at least 1. */
export interface EncoderDecoderDims {
  /** Encoder steps. */
  readonly T: number;
  /** Decoder steps. */
  readonly J: number;
  /** Sequences in the batch. */
  readonly B: number;
  /** Encoder input size. */
  readonly D: number;
  /** Decoder input size. */
  readonly E: number;
  /** Hidden size of both. */
  readonly H: number;
  /** Attention size. */
  readonly A: number;
}

/** The parameters of the three parts, each in a block of its own. */
export interface EncoderDecoderParameters {
  /** The encoder's LSTM, input size D. */
  readonly encoder: Parameters<LstmNames>;
  /** Wa (A,H) meets the decoder's state, Ua (A,H) the encoder's; ba and va (A). */
  readonly attention: Slab<AdditiveParameter>;
  /** The decoder's LSTM, input size E + H: its weights read [s, y, context]. */
  readonly decoder: Parameters<LstmNames>;
}

const encoderDims = ({ T, B, D, H }: EncoderDecoderDims): Dims => ({ T, B, D, H });
const decoderDims = ({ J, B, E, H }: EncoderDecoderDims): Dims => ({ T: J, B, D: E + H, H });
const attentionDims = ({ T, B, H, A }: EncoderDecoderDims): AdditiveDims => ({ T, B, H, S: H, A });

/** Parameters, initialised from a seed, or zero where no rng is given. */
export function createEncoderDecoderParameters(
  arena: Arena,
  dims: EncoderDecoderDims,
  random?: Rng,
): EncoderDecoderParameters {
  expectSizes({ ...dims });
  const options = random ? { random } : {};
  return {
    encoder: createParameters(arena, lstm, encoderDims(dims), options),
    attention: createAdditiveParameters(arena, attentionDims(dims), random),
    decoder: createParameters(arena, lstm, decoderDims(dims), options),
  };
}

/** What encoder and decoder gave, and what encodeDecodeBackward needs. Lives as long as its arena's scope. */
export interface EncoderDecoderRun {
  /** The sizes that it ran with. */
  readonly dims: EncoderDecoderDims;
  /** The parameters that it ran with. */
  readonly parameters: EncoderDecoderParameters;
  /** The decoder's inputs (J,B,E): the caller's array. */
  readonly y: Float64Array;
  /** The encoder's own pass. */
  readonly encoder: LengthsRun<LstmNames>;
  /** The decoder's hidden states (J,B,H). */
  readonly s: Float64Array;
  /** The attention weights (J,B,T), zero past the end of a sequence. */
  readonly weights: Float64Array;
  /** The decoder's saved activations. */
  readonly tape: {
    /** (J,B,4H): f, i, c̃, o */
    readonly gates: Float64Array;
    /** (J,B,H) */
    readonly c: Float64Array;
    /** (J,B,H) */
    readonly tanhC: Float64Array;
    /** (J,B,H): what was read before each step. */
    readonly context: Float64Array;
    /** What each step's attention computed. */
    readonly steps: readonly Attended[];
  };
}

/**
 * What goes in: the source sequence x, and the decoder's inputs y (teacher forcing: they are given, not fed back).
 */
export interface EncoderDecoderGiven {
  /** (T,B,D) */
  readonly x: Float64Array;
  /** (J,B,E) */
  readonly y: Float64Array;
  /** The lengths of the sequences of x, (B), each 1 … T; absent: all T. */
  readonly lengths?: Lengths;
}

/** (T,B), 1 past the end of each sequence. */
const paddingOf = (T: number, lengths: Lengths): Uint8Array =>
  Uint8Array.from({ length: T * lengths.length }, (_, row) =>
    Math.floor(row / lengths.length) < lengths[row % lengths.length] ? 0 : 1,
  );

/**
 * An LSTM reads x (T,B,D) into h (T,B,H); a second one, fed y (J,B,E), writes s (J,B,H) and asks h before each step
 * (Bahdanau, Cho & Bengio 2015; the encoder here reads one way):
 *
 *   s_0 = h_T      c_0 = the encoder's c_T      context_j = additive attention of s_{j-1} over h
 *   s_j, c_j = LSTM step from s_{j-1}, c_{j-1} with the input [y_j, context_j]
 *
 * A linear layer on s, which is the caller's, gives logits.
 *
 * @example
 * ```ts
 * import { Arena, createEncoderDecoderParameters, encodeDecode, encodeDecodeBackward, rng } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 5, J: 3, B: 1, D: 2, E: 2, H: 4, A: 6 };
 * const parameters = createEncoderDecoderParameters(arena, dims, rng(7));
 * const given = { x: new Float64Array(5 * 2), y: new Float64Array(3 * 2) };
 * const run = encodeDecode(arena, dims, parameters, given);
 * run.weights.length; // → 3 * 1 * 5
 * const gradients = encodeDecodeBackward(arena, run, new Float64Array(3 * 4).fill(1));
 * gradients.encoder.x.length; // → 5 * 2
 * ```
 *
 * @throws {EngineError} if a size or an array's length does not fit.
 */
export function encodeDecode(
  arena: Arena,
  dims: EncoderDecoderDims,
  parameters: EncoderDecoderParameters,
  { x, y, lengths }: EncoderDecoderGiven,
): EncoderDecoderRun {
  const { T, J, B, E, H, A } = dims;
  expectSizes({ ...dims });
  expectArrays({ y: [J, B, E], ...additiveShapes({ H, S: H, A }) }, { ...parameters.attention, y });
  expectArrays(
    { 'the parameters of the decoder': [4 * H * (2 * H + E) + 4 * H] },
    { 'the parameters of the decoder': parameters.decoder.slab },
  );
  const given = { x };
  const encoder = forwardWithLengths(
    arena,
    lstm,
    encoderDims(dims),
    parameters.encoder,
    given,
    lengths,
  );
  const padding = lengths && paddingOf(T, lengths);
  const h = encoder.outputs.h;
  const ld = 2 * H + E; // a row of W reads [s, y, context]
  const { slab } = parameters.decoder;
  const gates = arena.alloc('tape', J * B * 4 * H, 'anything');
  const [c, tanhC, s] = [0, 1, 2].map(() => arena.alloc('tape', J * B * H));
  const { weights, context, steps } = attendedSteps(arena, J, attentionDims(dims));

  arena.scope(() => {
    const P = arena.alloc('workspace', T * B * A);
    const scratch = arena.alloc('workspace', A);
    project(P, h, parameters.attention, attentionDims(dims)); // Ua h, once for all steps
    const b = slab.subarray(4 * H * ld);
    kernels.addABt(gates, 4 * H, y, E, slab.subarray(H), ld, J * B, 4 * H, E, b); // a = b + Wy y
    const [Ws, Wcontext] = [0, H + E].map((column) => {
      const packed = arena.alloc('workspace', packedSize(4 * H, H), 'anything');
      kernels.packABt(packed, slab.subarray(column), ld, 4 * H, H);
      return packed;
    });
    for (let j = 0; j < J; j++) {
      const sPrev = j === 0 ? encoder.finals.hT : at(s, j - 1, B * H);
      const cPrev = j === 0 ? encoder.finals.cT : at(c, j - 1, B * H);
      const a = at(gates, j, B * 4 * H);
      const asked = { s: sPrev, h, P };
      attend(steps[j], asked, parameters.attention, attentionDims(dims), scratch, padding);
      kernels.addPacked(a, 4 * H, sPrev, H, Ws, B, 4 * H, H); // a += Ws s₋
      kernels.addPacked(a, 4 * H, steps[j].context, H, Wcontext, B, 4 * H, H); // a += Wcontext context
      for (let n = 0; n < B; n++) {
        const row = j * B + n;
        // prettier-ignore
        lstmStep.forward(at(gates, row, 4 * H), at(c, row, H), at(tanhC, row, H), at(s, row, H), at(cPrev, n, H), H);
      }
    }
  });
  return { dims, parameters, y, encoder, s, weights, tape: { gates, c, tanhC, context, steps } };
}

/** What encodeDecodeBackward gives, by part. */
export interface EncoderDecoderGradients {
  /** Of the encoder's parameters, and x (T,B,D). */
  readonly encoder: Gradients<LstmNames>;
  /** Of the attention's parameters. */
  readonly attention: Slab<AdditiveParameter>;
  /** Of the decoder's parameters. */
  readonly decoder: Parameters<LstmNames>;
  /** (J,B,E) */
  readonly y: Float64Array;
}

/**
 * From dL/ds (J,B,H) to every parameter, x and y. A state s_{j-1} is used twice, by the step and by the
 * query of its attention; h is used by every query, and its last step is also s_0.
 * @throws {EngineError} if the gradient does not fit.
 */
export function encodeDecodeBackward(
  arena: Arena,
  run: EncoderDecoderRun,
  upstream: Float64Array,
): EncoderDecoderGradients {
  const { dims, parameters, y, encoder, s, tape } = run;
  const { T, J, B, E, H, A } = dims;
  const { gates, c, tanhC, context, steps } = tape;
  const h = encoder.outputs.h;
  const ld = 2 * H + E;
  expectArrays({ 'the gradient of s': [J, B, H] }, { 'the gradient of s': upstream });
  const W = parameters.decoder.slab;
  const decoder = arena.slab('gradients', lstm.parameters, decoderDims(dims));
  const attention = slabOf(arena, 'gradients', additiveShapes({ H, S: H, A }));
  const dy = arena.alloc('gradients', y.length);
  const dh = arena.alloc('gradients', T * B * H);
  const ds0 = arena.alloc('gradients', B * H);
  const dc0 = arena.alloc('gradients', B * H);

  arena.scope(() => {
    const ds = arena.alloc('workspace', J * B * H);
    const dc = arena.alloc('workspace', J * B * H);
    const da = arena.alloc('workspace', J * B * 4 * H);
    const dcontext = arena.alloc('workspace', J * B * H);
    const dP = arena.alloc('workspace', T * B * A);
    const [de, dq] = [arena.alloc('workspace', T), arena.alloc('workspace', A)];
    addTo(ds, upstream);
    const [Ws, Wcontext] = [0, H + E].map((column) => {
      const packed = arena.alloc('workspace', packedSize(H, 4 * H), 'anything');
      kernels.packAB(packed, W.subarray(column), ld, H, 4 * H);
      return packed;
    });
    for (let j = J - 1; j >= 0; j--) {
      const sPrev = j === 0 ? encoder.finals.hT : at(s, j - 1, B * H);
      const cPrev = j === 0 ? encoder.finals.cT : at(c, j - 1, B * H);
      const dsPrev = j === 0 ? ds0 : at(ds, j - 1, B * H);
      const dcPrev = j === 0 ? dc0 : at(dc, j - 1, B * H);
      for (let n = 0; n < B; n++) {
        const row = j * B + n;
        // prettier-ignore
        lstmStep.backward(
          at(da, row, 4 * H), at(ds, row, H), at(dc, row, H), at(dcPrev, n, H),
          at(gates, row, 4 * H), at(c, row, H), at(tanhC, row, H), at(cPrev, n, H), H,
        );
      }
      const daj = at(da, j, B * 4 * H);
      const dctx = at(dcontext, j, B * H);
      kernels.addPacked(dsPrev, H, daj, 4 * H, Ws, B, H, 4 * H); // ds₋ = Wsᵀ da …
      kernels.addPacked(dctx, H, daj, 4 * H, Wcontext, B, H, 4 * H); // dcontext = Wcontextᵀ da
      attendBackward(
        steps[j],
        { s: sPrev, h },
        parameters.attention,
        attentionDims(dims),
        dctx,
        { ...attention, s: dsPrev, h: dh, P: dP }, // … and ds₋ += Waᵀ of the query
        de,
        dq,
      );
    }
    const projected = { Ua: attention.Ua, h: dh };
    projectBackward(dP, h, parameters.attention, attentionDims(dims), projected);
    const [dW, db] = [decoder.slab, decoder.slab.subarray(4 * H * ld)];
    kernels.addAB(dy, E, da, 4 * H, W.subarray(H), ld, J * B, E, 4 * H); // dy = Wyᵀ da
    const before = previousOf(arena, s, encoder.finals.hT, { t: 0, steps: J });
    kernels.addAtB(dW, ld, da, 4 * H, before, H, 4 * H, H, J * B); // dWs = Σ_j da_j s_{j-1}ᵀ
    kernels.addAtB(dW.subarray(H), ld, da, 4 * H, y, E, 4 * H, E, J * B); // dWy = Σ_j da_j y_jᵀ
    kernels.addAtB(dW.subarray(H + E), ld, da, 4 * H, context, H, 4 * H, H, J * B); // dWcontext = Σ_j da_j context_jᵀ
    kernels.addRows(db, da, 4 * H, J * B); // db = Σ_j da_j
  });
  const upstreams = { h: dh, hT: ds0, cT: dc0 };
  const { gradients } = backwardWithLengths(arena, lstm, encoder, upstreams);
  return { encoder: gradients, attention, decoder, y: dy };
}
