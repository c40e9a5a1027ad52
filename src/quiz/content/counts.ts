/** Parameter counts under the conventions that people mix up; all from the engine's own tables. */
import { cells, parameterCount, type CellKind } from '../../engine/index.js';

export interface Sizes {
  readonly D: number;
  readonly H: number;
}

/** One bias per block: weights (H, H+D) and biases (H). The Elman cell without its output layer. */
export const oneBias = (kind: CellKind, sizes: Sizes): number => parameterCount(cells[kind], sizes);

/** No biases. */
export const noBias = (kind: CellKind, sizes: Sizes): number =>
  parameterCount(cells[kind], sizes, { bias: false });

/** PyTorch's and cuDNN's convention: two biases per block, b_ih and b_hh. */
export const twoBiases = (kind: CellKind, sizes: Sizes): number =>
  2 * oneBias(kind, sizes) - noBias(kind, sizes);

export interface Convention {
  /** In words that follow a comma: `no biases`. */
  readonly says: string;
  readonly count: (kind: CellKind, sizes: Sizes) => number;
}

/** The three ways of counting biases. */
export const conventions: readonly [Convention, ...Convention[]] = [
  { says: 'one bias vector per block', count: oneBias },
  { says: 'two bias vectors per block, as PyTorch has them', count: twoBiases },
  { says: 'no biases', count: noBias },
];
