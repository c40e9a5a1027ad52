import { NotImplemented } from 'bptt/kata';
import type { Sequence, Vector } from 'bptt/kata';

/**
 * The gradient highway of an LSTM: dc_T/dc_1 along the cell alone, with every path through h left out.
 * It is a diagonal matrix; its diagonal is what you return.
 *
 * fs  (T, H)  the forget gates: fs[0] belongs to the first step, fs[T - 1] to the last
 *
 * Returns a fresh vector highway (H). With T = 1 there is no step between c_1 and c_T.
 */
export interface GradientHighwayInput {
  fs: Sequence;
}

export function gradientHighway(input: GradientHighwayInput): { highway: Vector } {
  // TODO: what does one step multiply dc by, and which steps lie between c_1 and c_T?
  throw new NotImplemented('gradientHighway');
}
