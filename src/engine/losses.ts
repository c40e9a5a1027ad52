/**
 * The two losses, each with its gradient: softmax cross-entropy and mean squared error. A mask leaves
 * rows out; the mean is over the rows that count, and over no rows at all it is 0 with a zero gradient.
 */
import { EngineError } from './errors.js';
import { exp } from './elementary.js';
import { expectSizes } from './slab.js';
import { log1p } from './logarithm.js';
import type { Arena } from './arena.js';

/** What becomes of the losses of the rows that count: their mean, or their sum. */
export type Reduction = 'mean' | 'sum';

/** Which rows of (N,C) count, and how their losses become one number. */
export interface LossOptions {
  /** (N): a row counts where this is not 0. Absent: all rows count. */
  readonly mask?: Uint8Array;
  /** What becomes of the rows' losses; `mean` where nothing is said. */
  readonly reduction?: Reduction;
}

/** A loss in nats (cross-entropy) or squared units (squared error), and its gradient. */
export interface LossRun {
  /** The loss: one number. */
  readonly loss: number;
  /** (N): each row's loss, 0 where it does not count. */
  readonly losses: Float64Array;
  /** dL/d(logits) or dL/d(predictions): (N,C). */
  readonly gradient: Float64Array;
}

function expectRows(name: string, got: number, want: number): void {
  if (got !== want) throw new EngineError(`Expected ${name} to have ${want} entries, got ${got}.`);
}

/** What each row's loss and gradient are multiplied by. */
function weightOf(N: number, { mask, reduction = 'mean' }: LossOptions): number {
  if (mask) expectRows('the mask', mask.length, N);
  const counted = mask ? mask.reduce((count, m) => count + (m ? 1 : 0), 0) : N;
  return reduction === 'sum' ? 1 : counted === 0 ? 0 : 1 / counted;
}

/**
 * -ln softmax(logits)[target], in nats, for each row of logits (N,C); targets (N) are classes 0 … C-1.
 * It never takes the logarithm of a rounded probability, nor 1 away from one:
 *
 *   p_j = exp(z_j - m) / l      L = m + ln l - z_target      dz = p - onehot(target)
 *
 * @example
 * ```ts
 * import { Arena, softmaxCrossEntropy } from 'bptt';
 *
 * const logits = Float64Array.of(0, 0);
 * const { loss, gradient } = softmaxCrossEntropy(new Arena(), { N: 1, C: 2 }, logits, [1]);
 * loss; // → Math.LN2
 * gradient; // → [0.5, -0.5]
 * ```
 *
 * @throws {EngineError} if a length does not fit, or the target of a counted row is not a class.
 */
export function softmaxCrossEntropy(
  arena: Arena,
  { N, C }: { readonly N: number; readonly C: number },
  logits: Float64Array,
  targets: ArrayLike<number>,
  options: LossOptions = {},
): LossRun & {
  /** softmax(logits): (N,C); zero in rows that do not count. */
  readonly probabilities: Float64Array;
} {
  expectSizes({ N, C });
  expectRows('logits (N,C)', logits.length, N * C);
  expectRows('targets (N)', targets.length, N);
  const weight = weightOf(N, options);
  const losses = arena.alloc('tape', N);
  const probabilities = arena.alloc('tape', N * C);
  const gradient = arena.alloc('gradients', N * C);
  let loss = 0;
  for (let n = 0; n < N; n++) {
    if (options.mask && !options.mask[n]) continue;
    const target = targets[n];
    if (!Number.isInteger(target) || target < 0 || target >= C)
      throw new EngineError(`Expected target ${n} to be a class 0 … ${C - 1}, got ${target}.`);
    const [start, end] = [n * C, (n + 1) * C];
    let top = start;
    for (let j = start; j < end; j++) if (logits[j] > logits[top]) top = j;
    const m = logits[top];
    let rest = 0; // l = 1 + rest: the largest entry has exp(0)
    for (let j = start; j < end; j++) {
      probabilities[j] = exp(logits[j] - m);
      if (j !== top) rest += probabilities[j];
    }
    losses[n] = log1p(rest) + (m - logits[start + target]); // L = m + ln l - z_target
    let others = 0; // p_target - 1, as the rest of the row: the difference cancels where p_target is near 1
    for (let j = start; j < end; j++) {
      probabilities[j] /= 1 + rest; // p_j = exp(z_j - m) / l
      gradient[j] = weight * probabilities[j]; // dz = p …
      if (j !== start + target) others -= probabilities[j];
    }
    gradient[start + target] = weight * others; // … - onehot(target)
    loss += losses[n];
  }
  return { loss: loss * weight, losses, gradient, probabilities };
}

/**
 * The mean over a row's C entries of (prediction - target)², and over the counted rows as asked:
 *
 *   L_n = Σ_j (y_j - target_j)² / C      dy = 2 (y - target) / C
 *
 * Predictions and targets are (N,C).
 *
 * @example
 * ```ts
 * import { Arena, meanSquaredError } from 'bptt';
 *
 * const [predictions, targets] = [Float64Array.of(1, 3), Float64Array.of(1, 1)];
 * const { loss, gradient } = meanSquaredError(new Arena(), { N: 1, C: 2 }, predictions, targets);
 * loss; // → (0 + 4) / 2
 * gradient; // → [0, 2]
 * ```
 *
 * @throws {EngineError} if a length does not fit.
 */
export function meanSquaredError(
  arena: Arena,
  { N, C }: { readonly N: number; readonly C: number },
  predictions: Float64Array,
  targets: Float64Array,
  options: LossOptions = {},
): LossRun {
  expectSizes({ N, C });
  expectRows('predictions (N,C)', predictions.length, N * C);
  expectRows('targets (N,C)', targets.length, N * C);
  const weight = weightOf(N, options);
  const losses = arena.alloc('tape', N);
  const gradient = arena.alloc('gradients', N * C);
  let loss = 0;
  for (let n = 0; n < N; n++) {
    if (options.mask && !options.mask[n]) continue;
    for (let j = n * C; j < (n + 1) * C; j++) {
      const error = predictions[j] - targets[j];
      losses[n] += (error * error) / C; // L_n = Σ_j (y_j - target_j)² / C
      gradient[j] = (weight * 2 * error) / C; // dy = 2 (y - target) / C
    }
    loss += losses[n];
  }
  return { loss: loss * weight, losses, gradient };
}
