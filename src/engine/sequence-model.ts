/**
 * A recurrent cell with a linear readout and a loss, as something to train: y = Why h + by, either at
 * every step with softmax cross-entropy (`classifier`) or at the last step with mean squared error
 * (`regressor`). Initial states are zero.
 */
import { createParameters } from './cell.js';
import { kernels } from './kernels/current.js';
import { meanSquaredError, softmaxCrossEntropy } from './losses.js';
import { slabOf } from './slab.js';
import { xavierUniform } from './initialisers.js';
import type { Arena, Slab } from './arena.js';
import type { Cell, Parameters } from './cell.js';
import type { Dims } from './alphabet.js';
import type { Model } from './train.js';
import type { Rng } from './rng.js';

/** The names of every cell whose output and final state are called h and hT. */
export interface HiddenNames {
  /** Any parameters. */
  parameter: string;
  /** Any initial states (B,H). */
  initial: string;
  /** The one output that the readout reads: (T,B,H). */
  output: 'h';
  /** Its last step: (B,H). */
  final: 'hT';
}

/** A batch with a class to be named at every step that counts: for classifier. */
export interface ClassBatch {
  /** (T,B,D) */
  readonly x: Float64Array;
  /** (T,B): a class 0 … O-1 for each step. */
  readonly targets: ArrayLike<number>;
  /** (T,B): a step counts where this is not 0. */
  readonly mask?: Uint8Array;
}

/** A batch with O values to be given after the last step: for regressor. */
export interface ValueBatch {
  /** (T,B,D) */
  readonly x: Float64Array;
  /** (B,O): what y should be after the last step. */
  readonly targets: Float64Array;
}

/** A trainable model and its named parameters. */
export interface SequenceModel<Batch> extends Model<Batch> {
  /** The cell's parameters by name. */
  readonly cell: Parameters<HiddenNames>;
  /** Why (O,H) and by (O). */
  readonly readout: Slab<'Why' | 'by'>;
}

/** The sizes of the cell, without an output of its own, and of the readout. */
export type ModelDims = Omit<Dims, 'O'> & {
  /** The readout's outputs: classes, or values. */
  readonly O: number;
};

function create(
  arena: Arena,
  cell: Cell<HiddenNames>,
  { T, B, D, H, O }: ModelDims,
  random: Rng,
): Pick<SequenceModel<never>, 'cell' | 'readout' | 'parameters'> {
  const parameters = createParameters(arena, cell, { T, B, D, H }, { random });
  const readout = slabOf(arena, 'parameters', { Why: [O, H], by: [O] });
  xavierUniform(readout.Why, O, H, random);
  return { cell: parameters, readout, parameters: [parameters.slab, readout.slab] };
}

/** y (rows,O) = h (rows,H) Whyᵀ + by. */
function readOut(
  arena: Arena,
  h: Float64Array,
  { Why, by }: Slab<'Why' | 'by'>,
  H: number,
): Float64Array {
  const [rows, O] = [h.length / H, by.length];
  const y = arena.alloc('tape', rows * O, 'anything');
  kernels.addABt(y, O, h, H, Why, H, rows, O, H, by); // y = Why h + by
  return y;
}

/** From dy (rows,O): dh = Whyᵀ dy, dWhy = Σ dy hᵀ, dby = Σ dy. */
function readOutBackward(
  arena: Arena,
  h: Float64Array,
  dy: Float64Array,
  { Why, by }: Slab<'Why' | 'by'>,
  H: number,
): { readonly dh: Float64Array; readonly slab: Float64Array } {
  const [rows, O] = [h.length / H, by.length];
  const d = slabOf(arena, 'gradients', { Why: [O, H], by: [O] });
  const dh = arena.alloc('gradients', h.length);
  kernels.addAB(dh, H, dy, O, Why, H, rows, H, O); // dh = Whyᵀ dy
  kernels.addAtB(d.Why, H, dy, O, h, H, O, H, rows); // dWhy = Σ dy hᵀ
  kernels.addRows(d.by, dy, O, rows); // dby = Σ dy
  return { dh, slab: d.slab };
}

/**
 * A class at every step: logits y = Why h + by (T,B,O), and the mean of -ln softmax(y)[target] over the steps that
 * count, in nats.
 *
 * @example
 * ```ts
 * import { adam, Arena, cells, classifier, copyMemoryBatch, copyMemorySizes, rng, train } from 'bptt';
 *
 * const arena = new Arena();
 * const random = rng(7);
 * const task = { symbols: 2, length: 1, silence: 0 };
 * const model = classifier(arena, cells.gru, { ...copyMemorySizes(task), B: 8, H: 8 }, random);
 * const { losses } = train({
 *   arena,
 *   model,
 *   random,
 *   batch: (scope) => copyMemoryBatch(scope, task, 8, random),
 *   optimiser: adam(arena, model.parameters, { rate: 0.02 }),
 *   steps: 100,
 *   maxNorm: 1,
 * });
 * losses[99]! < losses[0]! / 2; // → true
 * ```
 *
 * @throws {EngineError} by lossAndGradients, if an array's length is not its shape's or a target is no class.
 */
export function classifier(
  arena: Arena,
  cell: Cell<HiddenNames>,
  dims: ModelDims,
  random: Rng,
): SequenceModel<ClassBatch> {
  const { T, B, D, H, O } = dims;
  const model = create(arena, cell, dims, random);
  return {
    ...model,
    lossAndGradients(scope, { x, targets, mask }) {
      const run = cell.forward(scope, { T, B, D, H }, model.cell, { x });
      const { h } = run.outputs;
      const y = readOut(scope, h, model.readout, H);
      const sizes = { N: T * B, C: O };
      const { loss, gradient } = softmaxCrossEntropy(scope, sizes, y, targets, mask && { mask });
      const { dh, slab } = readOutBackward(scope, h, gradient, model.readout, H);
      const back = cell.backward(scope, run, { h: dh }).gradients as unknown as Slab;
      return { loss, gradients: [back.slab, slab] };
    },
  };
}

/**
 * O values after the last step: y = Why h_T + by (B,O), and the mean squared error over sequences and values.
 * @throws {EngineError} by lossAndGradients, if an array's length is not its shape's.
 */
export function regressor(
  arena: Arena,
  cell: Cell<HiddenNames>,
  dims: ModelDims,
  random: Rng,
): SequenceModel<ValueBatch> {
  const { T, B, D, H, O } = dims;
  const model = create(arena, cell, dims, random);
  return {
    ...model,
    lossAndGradients(scope, { x, targets }) {
      const run = cell.forward(scope, { T, B, D, H }, model.cell, { x });
      const { hT } = run.finals;
      const y = readOut(scope, hT, model.readout, H);
      const { loss, gradient } = meanSquaredError(scope, { N: B, C: O }, y, targets);
      const { dh, slab } = readOutBackward(scope, hT, gradient, model.readout, H);
      const back = cell.backward(scope, run, { hT: dh }).gradients as unknown as Slab;
      return { loss, gradients: [back.slab, slab] };
    },
  };
}
