/** Katas speak rows, the engine speaks slabs: this is the bridge, used by the references of definitions. */
import { Arena, cells, createParameters } from '../engine/index.js';
import type { Arrays, CellKind, Dims } from '../engine/index.js';
import type { Matrix, Sequence, Vector } from './values.js';

/** What a cell is given, in a kata's terms: one sequence, B = 1. Biases that are absent are zero. */
export interface EngineInput {
  /** The input (T,D). */
  readonly xs: Sequence;
  /** The initial state (H). */
  readonly h0: Vector;
  /** The initial cell (H), of a cell that has one. */
  readonly c0?: Vector;
  /** Weights and biases by the cell's names; a bias that is absent is zero. */
  readonly parameters: Readonly<Record<string, Vector | Matrix>>;
}

export const flat = (value: Vector | Matrix): Float64Array =>
  value instanceof Float64Array ? value : Float64Array.from(value.flatMap((row) => [...row]));

export const rows = (array: Float64Array, n: number): Float64Array[] =>
  Array.from({ length: n === 0 ? 0 : array.length / n }, (_, j) => array.slice(j * n, (j + 1) * n));

export function accept(kind: CellKind, input: EngineInput) {
  const arena = new Arena();
  const O = input.parameters.by?.length ?? 0;
  const dims: Dims = { T: input.xs.length, B: 1, D: input.xs[0]!.length, H: input.h0.length, O };
  const parameters = createParameters(arena, cells[kind], dims);
  for (const [name, value] of Object.entries(input.parameters)) parameters[name]!.set(flat(value));
  const given = { x: flat(input.xs), h0: input.h0, ...(input.c0 ? { c0: input.c0 } : {}) };
  return { arena, dims, parameters, given };
}

/** The outputs of a cell over a sequence, as rows: `h` (T, H), for the LSTM `c` (T, H), for the Elman network with `by` also `y` (T, O). */
export function throughEngine(kind: CellKind, input: EngineInput): Record<string, Sequence> {
  const { arena, dims, parameters, given } = accept(kind, input);
  const { outputs } = cells[kind].forward(arena, dims, parameters, given);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, array]) => [
      name,
      rows(array, name === 'y' ? dims.O! : dims.H),
    ]),
  );
}

/**
 * The gradients of a cell over a sequence. `dhs[t]` is dL/dh_t from step t's own loss. Where `hs` is given,
 * it stands for the hidden states of the forward pass (Elman network only, whose tape they are).
 * @returns gradients by parameter name, `x` (T, D), `h0` (H), …: matrices and sequences as rows.
 */
export function backThroughEngine(
  kind: CellKind,
  input: EngineInput,
  upstream: { readonly dhs: Sequence; readonly hs?: Sequence },
): Record<string, Vector | Matrix> {
  const { arena, dims, parameters, given } = accept(kind, input);
  const run = cells[kind].forward(arena, dims, parameters, given);
  if (upstream.hs) run.outputs.h!.set(flat(upstream.hs));
  const { gradients } = cells[kind].backward(arena, run, { h: flat(upstream.dhs) });
  const columns: Record<string, number> = { x: dims.D };
  for (const [name, shape] of Object.entries(cells[kind].parameters))
    if (shape.length === 2)
      columns[name] = shape[1] === 'D' ? dims.D : shape[1] === 'H' ? dims.H : dims.H + dims.D;
  return Object.fromEntries(
    Object.entries(gradients as Arrays).map(([name, array]) => {
      const n = columns[name];
      return [name, n === undefined ? array : rows(array, n)];
    }),
  );
}
