import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * One step of a decoder that asks the encoder first: additive attention (Bahdanau), then an LSTM step.
 *
 * x (D)                    what the decoder is fed, e.g. the word before
 * sPrev (H), cPrev (H)     the decoder's hidden state and cell
 * hs (T, V)                the encoder's states
 * Ws (K, H), Wh (K, V), v (K)      e_t = v · tanh(Ws sPrev + Wh hs[t]); weights = softmax(e)
 * Wf, Wi, Wc, Wo (H, H+D+V)        on [sPrev, x, context] in this order; biases bf, bi, bc, bo (H)
 *
 * Returns context (V), weights (T), and the decoder's new s (H) and c (H).
 */
export interface EncoderDecoderStepInput {
  x: Vector;
  sPrev: Vector;
  cPrev: Vector;
  hs: Sequence;
  Ws: Matrix;
  Wh: Matrix;
  v: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
}

export interface EncoderDecoderStepOutput {
  context: Vector;
  weights: Vector;
  s: Vector;
  c: Vector;
}

export function encoderDecoderStep(input: EncoderDecoderStepInput): EncoderDecoderStepOutput {
  // TODO: scores from sPrev, their softmax, the context, and then one LSTM step that reads it.
  throw new NotImplemented('encoderDecoderStep');
}
