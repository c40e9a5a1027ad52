/**
 * Backward passes with one mistake planted in each, over readable textbook code. They show what a failing
 * gradient check looks like (`bptt gradcheck lstm --mistake no-cell-carry`), and they are what the
 * checker itself is tested on: it must reject every one of them at every loss scale.
 */
import { gruBackward, gruMistakes } from './gru.js';
import { gruResetAfterBackward, gruResetAfterMistakes } from './gru-reset-after.js';
import { lstmBackward, lstmMistakes } from './lstm.js';
import { lstmCoupledBackward, lstmCoupledMistakes } from './lstm-coupled.js';
import {
  lstmPeepholeBackward,
  lstmPeepholeForgetBackward,
  lstmPeepholeForgetMistakes,
  lstmPeepholeMistakes,
} from './lstm-peephole.js';
import { rnnBackward, rnnMistakes } from './rnn.js';
import type { Arrays, CellKind, Dims } from '../../engine/index.js';
import type { Backward, MistakeTable } from './sequence.js';

/** For each cell: mistake id → one sentence. */
export const plantedMistakes: { readonly [K in CellKind]: MistakeTable } = {
  rnn: rnnMistakes,
  lstm: lstmMistakes,
  gru: gruMistakes,
  'lstm-peephole': lstmPeepholeMistakes,
  'lstm-peephole-forget': lstmPeepholeForgetMistakes,
  'lstm-coupled': lstmCoupledMistakes,
  'gru-reset-after': gruResetAfterMistakes,
};

const backward: { readonly [K in CellKind]: Backward } = {
  rnn: rnnBackward,
  lstm: lstmBackward,
  gru: gruBackward,
  'lstm-peephole': lstmPeepholeBackward,
  'lstm-peephole-forget': lstmPeepholeForgetBackward,
  'lstm-coupled': lstmCoupledBackward,
  'gru-reset-after': gruResetAfterBackward,
};

/** The textbook gradients with one mistake in them; with mistake `none`, the right ones. @throws {RangeError} if the cell has no such mistake. */
export function planted(
  kind: CellKind,
  mistake: string,
  dims: Dims,
  values: Readonly<Record<string, Float64Array>>,
  upstream: Arrays,
): Record<string, Float64Array> {
  if (mistake !== 'none' && !Object.hasOwn(plantedMistakes[kind], mistake))
    throw new RangeError(`The ${kind} has no mistake ${mistake}.`);
  return backward[kind](mistake, dims, values, upstream);
}
