/**
 * One forward and backward pass over a batch, cut into shards of a few sequences each, which may be done in
 * any order by anybody who sees the arrays: by several threads, say. Not: threads, which this room has not.
 *
 * Whoever does the work, and however many they are, the bits are the same. Sequences do not see each other, so
 * each has the bits of the undivided pass. A parameter's gradient is a sum over sequences: each shard adds up
 * its own, into a row of its own, and the rows are added last shard first. Shards have a fixed size, so that
 * neither sum knows who did what. (The undivided pass adds up sequences within each step: it differs in rounding.)
 */
import { EngineError, expectDims } from './errors.js';
import { addTo, createGradients, createParameters, parameterTable } from './cell.js';
import { at } from './kernels/rows.js';
import { cells } from './cells.js';
import { outputOf, sizeOf, slabSize } from './alphabet.js';
import type { Arena } from './arena.js';
import type { Arrays, Dims, Shape, ShapeTable } from './alphabet.js';
import type { CellKind, Given } from './cell.js';

/** Sequences in a shard; the last one may have fewer. */
export const shardSize = 8;

/** The number of shards of a batch. */
export const shardCount = ({ B }: Pick<Dims, 'B'>): number => Math.ceil(B / shardSize);

/** All that goes into a pass, and room for all that comes out of it. It is plain data. */
export interface BatchPass {
  /** Which cell. */
  readonly kind: CellKind;
  /** The sizes of the whole batch. */
  readonly dims: Dims;
  /** The parameters' slab. */
  readonly parameters: Float64Array;
  /** x (T,B,D) and the initial states (B,H): write them before the work begins. */
  readonly given: Arrays;
  /** dL/d(output) (T,B,·) and dL/d(final state) (B,H): the same. */
  readonly upstream: Arrays;
  /** The outputs (T,B,·) and final states (B,H). */
  readonly outputs: Arrays;
  /** dL/dx (T,B,D) and dL/d(initial state) (B,H). */
  readonly gradients: Arrays;
  /** The total gradient that reached each state (T,B,H). */
  readonly states: Arrays;
  /** dL/d(parameters) of each shard: (shards, parameters). */
  readonly ofShards: Float64Array;
}

/** What arrays a pass of this kind of cell has, beside its parameters. */
function tablesOf(kind: CellKind) {
  const { initial, outputs, finals } = cells[kind];
  const states = Object.keys(initial).map((name) => [outputOf(name), ['T', 'B', 'H']]);
  const sequences = { x: ['T', 'B', 'D'], ...initial } as ShapeTable;
  return {
    given: sequences,
    upstream: { ...outputs, ...finals },
    outputs: { ...outputs, ...finals },
    gradients: sequences,
    states: Object.fromEntries(states) as ShapeTable,
  };
}

/**
 * A pass with all its arrays zero. `room` makes them: shared arrays, if other threads are to do the work.
 *
 * @example
 * ```ts
 * import { Arena, doShard, openPass, parameterGradients, shardCount } from 'bptt';
 *
 * const pass = openPass('lstm', { T: 5, B: 20, D: 3, H: 4 });
 * shardCount(pass.dims); // → 3
 * pass.upstream.hT.fill(1); // the loss is the sum of the last h
 * for (const shard of [2, 0, 1]) doShard(new Arena(), pass, shard); // in any order, by anyone
 * parameterGradients(pass).length; // → 4 * (4 * (4 + 3) + 4)
 * ```
 *
 * @throws {EngineError} unless the sizes are positive integers.
 */
export function openPass(
  kind: CellKind,
  dims: Dims,
  options: { readonly bias?: boolean } = {},
  room: (length: number) => Float64Array = (length) => new Float64Array(length),
): BatchPass {
  expectDims(dims);
  const tables = tablesOf(kind);
  const parameters = room(slabSize(parameterTable(cells[kind], options), dims));
  const arraysOf = (table: ShapeTable): Arrays =>
    Object.fromEntries(Object.entries(table).map(([name, s]) => [name, room(sizeOf(s, dims))]));
  return {
    kind,
    dims,
    parameters,
    given: arraysOf(tables.given),
    upstream: arraysOf(tables.upstream),
    outputs: arraysOf(tables.outputs),
    gradients: arraysOf(tables.gradients),
    states: arraysOf(tables.states),
    ofShards: room(shardCount(dims) * parameters.length),
  };
}

/** Does one shard: reads and writes its own sequences, and its own row of `ofShards`. @throws {EngineError} if there is no such shard. */
export function doShard(arena: Arena, pass: BatchPass, shard: number): void {
  const { kind, dims } = pass;
  if (!(Number.isInteger(shard) && shard >= 0 && shard < shardCount(dims)))
    throw new EngineError(`Expected a shard from 0 to ${shardCount(dims) - 1}, got ${shard}.`);
  const cell = cells[kind];
  const first = shard * shardSize;
  const own: Dims = { ...dims, B: Math.min(shardSize, dims.B - first) };
  const tables = tablesOf(kind);

  /** Calls `copy` with the rows of the shard's sequences, in the batch and by themselves, step by step. */
  const eachStep = (
    shape: Shape,
    ofBatch: Float64Array,
    alone: Float64Array,
    copy: (ofBatch: Float64Array, alone: Float64Array) => void,
  ): void => {
    const steps = shape[0] === 'T' ? dims.T : 1;
    const width = alone.length / (steps * own.B);
    for (let t = 0; t < steps; t++)
      copy(at(ofBatch, t * dims.B + first, width, own.B), at(alone, t * own.B, width, own.B));
  };
  const taken = (table: ShapeTable, from: Arrays): Arrays =>
    Object.fromEntries(
      Object.entries(table).map(([name, shape]) => {
        const alone = arena.alloc('workspace', sizeOf(shape, own), 'anything');
        eachStep(shape, from[name], alone, (ofBatch, rows) => {
          rows.set(ofBatch);
        });
        return [name, alone];
      }),
    );
  const put = (table: ShapeTable, to: Arrays, from: Arrays): void => {
    for (const [name, shape] of Object.entries(table))
      eachStep(shape, to[name], from[name], (ofBatch, rows) => {
        ofBatch.set(rows);
      });
  };

  arena.scope(() => {
    const bias = pass.parameters.length === slabSize(cell.parameters, dims);
    const parameters = createParameters(arena, cell, dims, { bias });
    parameters.slab.set(pass.parameters);
    const given = taken(tables.given, pass.given) as Given<never>;
    const run = cell.forward(arena, own, parameters, given);
    const into = createGradients(arena, cell, run);
    const upstream = taken(tables.upstream, pass.upstream);
    const { states } = cell.backward(arena, { ...run, into }, upstream);
    put(tables.outputs, pass.outputs, { ...run.outputs, ...run.finals });
    put(tables.gradients, pass.gradients, into);
    put(tables.states, pass.states, states);
    at(pass.ofShards, shard, into.slab.length).set(into.slab);
  });
}

/** dL/d(parameters), the slab, when all shards are done: their rows added up, the last shard first. */
export function parameterGradients({ dims, parameters, ofShards }: BatchPass): Float64Array {
  const sum = new Float64Array(parameters.length);
  for (let shard = shardCount(dims) - 1; shard >= 0; shard--)
    addTo(sum, at(ofShards, shard, sum.length));
  return sum;
}
