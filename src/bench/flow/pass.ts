/** One forward pass of a cell from a seed: what `flow` looks into, and what most claims are measured on. */
import type * as engine from '../../engine/index.js';
import type { Arena, Arrays, Cell, CellKind, CellNames, Dims, Run } from '../../engine/index.js';

/** The engine as an argument, so that a measurement can be put to another one. */
export type Engine = typeof engine;

export interface Pass {
  readonly arena: Arena;
  readonly cell: Cell;
  readonly parameters: Arrays & { readonly slab: Float64Array };
  /** (T,B,D), uniform in ±1: the same for every cell of these sizes. */
  readonly x: Float64Array;
  readonly run: Run<CellNames>;
}

/**
 * Parameters as the cell initialises them, then changed, and one run from the state zero.
 * @param change e.g. sets the forget bias; called before the run
 */
export function passOf(
  { cells, createParameters, fillUniform, rng }: Engine,
  arena: Arena,
  kind: CellKind,
  dims: Dims,
  seed: number,
  change: (parameters: Pass['parameters']) => void = () => undefined,
): Pass {
  const cell = cells[kind];
  const x = arena.alloc('state', dims.T * dims.B * dims.D);
  fillUniform(x, rng(seed), -1, 1);
  // A stream of its own: the weights are the same whatever T is.
  const parameters = createParameters(arena, cell, dims, { random: rng(seed + 2 ** 32) });
  change(parameters);
  return { arena, cell, parameters, x, run: cell.forward(arena, dims, parameters, { x }) };
}
