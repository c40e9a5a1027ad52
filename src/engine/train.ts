/**
 * The training loop: batch, loss and gradients, clip, step. It reads no clock and draws no randomness of
 * its own: the same seed gives the same losses, bit for bit.
 */
import { clipGlobalNorm, globalNorm } from './clip.js';
import { EngineError } from './errors.js';
import type { Arena } from './arena.js';
import type { Optimiser } from './optimisers.js';
import type { Rng } from './rng.js';

/** Anything that can be trained. */
export interface Model<Batch> {
  /** All parameters, e.g. one slab per layer. */
  readonly parameters: readonly Float64Array[];
  /** The loss of a batch and its gradients, one array per array of parameters, in the arena's scope. */
  lossAndGradients(
    arena: Arena,
    batch: Batch,
  ): { readonly loss: number; readonly gradients: readonly Float64Array[] };
}

/** Everything that a training needs; nothing is taken from outside, so the same seed gives the same run. */
export interface Training<Batch> {
  /** Where batches, activations and gradients lie, freed after each step. */
  readonly arena: Arena;
  /** What is trained. */
  readonly model: Model<Batch>;
  /** The next batch; what it allocates in the arena is freed after the step. */
  readonly batch: (arena: Arena, random: Rng) => Batch;
  /** Made for model.parameters. */
  readonly optimiser: Optimiser;
  /** The most steps. */
  readonly steps: number;
  /** Handed to `batch`, and used by nothing else. */
  readonly random: Rng;
  /** Gradients are clipped to this global norm; absent, never. */
  readonly maxNorm?: number;
  /** Called after each step, counted from 0; returning true ends the training. */
  readonly onStep?: (step: number, loss: number, norm: number) => boolean | undefined;
}

/** What happened at each step; the parameters themselves were changed in place. */
export interface TrainingReport {
  /** Each step's loss, before the step was taken. */
  readonly losses: readonly number[];
  /** Each step's gradient norm, before clipping. */
  readonly norms: readonly number[];
}

/** Trains in place: batch, loss and gradients, clip, step; classifier has an example. @throws {EngineError} at the first loss or gradient that is not finite. */
export function train<Batch>(training: Training<Batch>): TrainingReport {
  const { arena, model, batch, optimiser, steps, random, maxNorm, onStep } = training;
  const losses: number[] = [];
  const norms: number[] = [];
  for (let step = 0; step < steps; step++) {
    const done = arena.scope(() => {
      const { loss, gradients } = model.lossAndGradients(arena, batch(arena, random));
      const norm =
        maxNorm === undefined ? globalNorm(gradients) : clipGlobalNorm(gradients, maxNorm);
      if (!Number.isFinite(loss) || !Number.isFinite(norm))
        throw new EngineError(
          `Training diverged at step ${step}: the loss is ${loss}, the gradient norm ${norm}.`,
        );
      optimiser.step(gradients);
      losses.push(loss);
      norms.push(norm);
      return onStep?.(step, loss, norm) ?? false;
    });
    if (done) break;
  }
  return { losses, norms };
}
