/**
 * What every recurrent cell is to the rest of the house: tables of names and shapes, forward over a
 * whole sequence, and backward from gradients on every output to everything that went in. A gradient
 * check or a law written against this interface holds for all cells.
 */
import { EngineError, expectDims, expectShape } from './errors.js';
import { at } from './kernels/rows.js';
import { outputOf, slabSize } from './alphabet.js';
import type { Arena, Slab } from './arena.js';
import type { Arrays, Dims, Shape, ShapeTable } from './alphabet.js';
import type { Rng } from './rng.js';

/** Every cell there is. A table over it does not compile until it has a row for each. */
export type CellKind =
  | 'rnn'
  | 'lstm'
  | 'gru'
  | 'lstm-peephole'
  | 'lstm-peephole-forget'
  | 'lstm-coupled'
  | 'gru-reset-after';

/** The names a cell uses; each is a key of one of its tables. */
export interface CellNames {
  /** Weights and biases. A bias is a parameter whose name begins with b, and a cell without biases leaves all of them out. */
  parameter: string;
  /** Initial states: (B,H). An absent one is zero. */
  initial: string;
  /** Outputs at every step: (T,B,·). */
  output: string;
  /** Final states: (B,H), the last step of an output. */
  final: string;
}

/** What one forward pass gave, and what its backward pass needs. Lives as long as its arena's scope. */
export interface Run<N extends CellNames> {
  /** The sizes that it ran with. */
  readonly dims: Dims;
  /** The parameters that it ran with: the caller's arrays. */
  readonly parameters: Parameters<N>;
  /** The input (T,B,D): the caller's array. */
  readonly x: Float64Array;
  /** The initial states (B,H): the caller's arrays, or zeros. */
  readonly initial: Arrays<N['initial']>;
  /** The outputs (T,B,·). */
  readonly outputs: Arrays<N['output']>;
  /** The final states (B,H): views of the outputs. */
  readonly finals: Arrays<N['final']>;
  /** Saved activations, by the cell's own names. */
  readonly tape: Arrays;
  /** Where backward accumulates. Absent: arrays of its own, zero at the start. */
  readonly into?: GradientSlab<N>;
}

/** A cell's parameters by name, and the block they lie in. The biases may be absent. */
export type Parameters<N extends CellNames> = Slab<N['parameter']>;

/** What backward gives: dL/d(name) for parameters, x and initial states. */
export type Gradients<N extends CellNames> = Arrays<N['parameter'] | N['initial'] | 'x'>;

/** Gradients whose parameters lie in one block, as the parameters themselves do. */
export type GradientSlab<N extends CellNames> = Gradients<N> & {
  /** The block of the parameters' gradients; those of x and the initial states lie elsewhere. */
  readonly slab: Float64Array;
};

/** What goes into a forward pass beside the parameters: x (T,B,D) and, optionally, initial states (B,H). */
export type Given<N extends CellNames> = {
  /** The input (T,B,D). */
  readonly x: Float64Array;
} & Partial<Arrays<N['initial']>>;

/** dL/d(output) for any of the outputs (T,B,·) and final states (B,H); an absent one is zero. */
export type Upstream<N extends CellNames> = Partial<Arrays<N['output'] | N['final']>>;

/** What a cell's backward pass gives. The arrays live as long as their arena's scope. */
export interface BackwardResult<N extends CellNames> {
  /** dL/d(name) of the parameters, x (T,B,D) and the initial states (B,H). */
  readonly gradients: Gradients<N>;
  /** The total gradient that reached each state, dL/dh_t and where there is one dL/dc_t: (T,B,H). */
  readonly states: Arrays;
}

/** A recurrent cell: its tables of shapes, and its two passes over T steps of B sequences. */
export interface Cell<N extends CellNames = CellNames> {
  /** Its name. */
  readonly kind: CellKind;
  /** The shapes of its weights and biases, in the order in which they lie in a slab. */
  readonly parameters: ShapeTable<N['parameter']>;
  /** The shapes of its initial states: (B,H). */
  readonly initial: ShapeTable<N['initial']>;
  /** The shapes of its outputs: (T,B,·). */
  readonly outputs: ShapeTable<N['output']>;
  /** The shapes of its final states: (B,H). */
  readonly finals: ShapeTable<N['final']>;
  /** The parameters that differ from uniform(±1/√H) at the start, e.g. a forget bias of 1. */
  initialize(parameters: Parameters<N>, dims: Dims, random: Rng): void;
  /** @throws {EngineError} if an array's length is not its shape's. */
  forward(arena: Arena, dims: Dims, parameters: Parameters<N>, given: Given<N>): Run<N>;
  /** @throws {EngineError} if an array's length is not its shape's. */
  backward(arena: Arena, run: Run<N>, upstream: Upstream<N>): BackwardResult<N>;
}

/** The table of a cell's parameters, without its biases if it is to have none. */
export function parameterTable<N extends CellNames>(
  cell: Cell<N>,
  options: { readonly bias?: boolean } = {},
): ShapeTable<N['parameter']> {
  if (options.bias ?? true) return cell.parameters;
  const entries = Object.entries<Shape>(cell.parameters).filter(([name]) => !name.startsWith('b'));
  return Object.fromEntries(entries) as unknown as ShapeTable<N['parameter']>;
}

/** A cell's parameters, initialised from a seed, or zero where no rng is given. */
export function createParameters<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  dims: Dims,
  options: { readonly bias?: boolean; readonly random?: Rng } = {},
): Parameters<N> {
  expectDims(dims);
  const parameters = arena.slab('parameters', parameterTable(cell, options), dims);
  if (options.random) cell.initialize(parameters, dims, options.random);
  return parameters;
}

/** The number of parameters of a cell. */
export function parameterCount(
  cell: Cell,
  dims: Pick<Dims, 'D' | 'H' | 'O'>,
  options: { readonly bias?: boolean } = {},
): number {
  const all: Dims = { T: 1, B: 1, ...dims };
  expectDims(all);
  return slabSize(parameterTable(cell, options), all);
}

/** @throws {EngineError} unless `length` is that of the cell's slab, with biases or without. */
export function expectParameters<N extends CellNames>(
  cell: Cell<N>,
  dims: Dims,
  length: number,
): void {
  const all = slabSize(cell.parameters, dims);
  if (length === all) return;
  const weights = slabSize(parameterTable(cell, { bias: false }), dims);
  if (length === weights) return;
  throw new EngineError(
    `Expected the parameters of ${cell.kind} to be ${all} numbers (without biases ${weights}), got ${length}.`,
  );
}

/** The border of forward: sizes and lengths are checked here, once; absent initial states become zeros. */
export function acceptForward<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  dims: Dims,
  parameters: Parameters<N>,
  given: Given<N>,
): Arrays<N['initial']> {
  expectDims(dims);
  expectParameters(cell, dims, parameters.slab.length);
  for (const name of Object.keys(given))
    if (name !== 'x' && !(name in cell.initial))
      throw new EngineError(`${cell.kind} begins with no ${name}.`);
  expectShape('x', given.x, ['T', 'B', 'D'], dims);
  const initial: Record<string, Float64Array> = {};
  for (const name of Object.keys(cell.initial) as N['initial'][]) {
    const array = (given as Partial<Arrays>)[name] ?? arena.alloc('state', dims.B * dims.H);
    expectShape(name, array, cell.initial[name], dims);
    initial[name] = array;
  }
  return initial as Arrays<N['initial']>;
}

/** The border of backward: every gradient that was given has its output's shape. */
export function acceptUpstream<N extends CellNames>(
  cell: Cell<N>,
  dims: Dims,
  upstream: Upstream<N>,
): void {
  const { outputs, finals }: Record<'outputs' | 'finals', Partial<ShapeTable>> = cell;
  for (const name of Object.keys(upstream)) {
    const shape = outputs[name] ?? finals[name];
    if (!shape)
      throw new EngineError(`${cell.kind} has no output ${name} that a gradient could be of.`);
    const array = (upstream as Partial<Arrays>)[name];
    if (array) expectShape(`the gradient of ${name}`, array, shape, dims);
  }
}

/**
 * Gradient arrays for a run, all zero: parameters in one slab (as they lie themselves), x, initial states.
 * Those that the caller names are left as they are: it writes them before it reads them.
 */
export function createGradients<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  { dims, parameters }: Pick<Run<N>, 'dims' | 'parameters'>,
  written: (name: string) => boolean = () => false,
): GradientSlab<N> {
  const bias = Object.keys(cell.parameters).every((name) => name in parameters);
  const table = parameterTable(cell, { bias });
  const gradients: Record<string, Float64Array> = arena.slab('gradients', table, dims, 'anything');
  for (const name of Object.keys(table)) if (!written(name)) gradients[name].fill(0);
  for (const name of Object.keys(cell.initial))
    gradients[name] = arena.alloc('gradients', dims.B * dims.H);
  const holds = written('x') ? 'anything' : 'zeros';
  gradients.x = arena.alloc('gradients', dims.T * dims.B * dims.D, holds);
  return gradients as GradientSlab<N>;
}

/** The gradients that a walk writes: of x, and of all that x and h are multiplied with. */
const ofWalk = (name: string): boolean => name === 'x' || (name.startsWith('W') && name !== 'Why');

/**
 * The border of backward: the upstream gradients' shapes are checked, gradients are made, and dL/d(state)
 * (T,B,H) of each state starts as what reaches it from outside: its own at every step, and the final state's.
 * A run that says where to accumulate gets those gradients, with what they hold; else they are `fresh`, and those
 * that a walk writes hold anything.
 */
export function startBackward<N extends CellNames, State extends string>(
  arena: Arena,
  cell: Cell<N>,
  run: Run<N>,
  upstream: Upstream<N>,
): {
  readonly gradients: GradientSlab<N>;
  readonly states: Arrays<State>;
  readonly fresh: boolean;
} {
  const { T, B, H } = run.dims;
  acceptUpstream(cell, run.dims, upstream);
  const gradients = run.into ?? createGradients(arena, cell, run, ofWalk);
  const given = upstream as Partial<Arrays>;
  const states: Record<string, Float64Array> = {};
  for (const initial of Object.keys(cell.initial)) {
    const name = outputOf(initial);
    const all = given[name];
    const state = arena.alloc('gradients', T * B * H, all ? 'anything' : 'zeros');
    if (all) state.set(all);
    states[name] = state;
    addTo(at(state, T - 1, B * H), given[`${name}T`]);
  }
  return { gradients, states: states as Arrays<State>, fresh: run.into === undefined };
}

/** a += b, where b may be absent. */
export function addTo(a: Float64Array, b: Float64Array | undefined): void {
  if (b) for (let j = 0; j < a.length; j++) a[j] += b[j];
}
