/**
 * What a forward pass kept, in a kata's terms, and the way back from it: for katas that are handed the
 * activations. The engine goes back from the numbers that it is handed, so a law may change them at will.
 */
import { cells, tanh } from '../engine/index.js';
import { accept, flat, rows } from './reference.js';
import type { EngineInput } from './reference.js';
import type { Arrays } from '../engine/index.js';
import type { Matrix, Sequence, Vector } from './values.js';

/** The activations that each cell keeps beside its states, in the order in which its tape holds them. */
const gatesOf = {
  lstm: ['fs', 'is', 'cTildes', 'os'],
  gru: ['zs', 'rs', 'hTildes'],
} as const;

/** Activations by name, each (T, H): `hs`, the LSTM's `fs, is, cTildes, os, cs`, the GRU's `zs, rs, hTildes`. */
export type Kept = {
  readonly [K in 'hs' | 'fs' | 'is' | 'cTildes' | 'os' | 'cs' | 'zs' | 'rs' | 'hTildes']?: Sequence;
};

/** Gates as the engine's tape has them, (T, n gates, H), from one sequence per gate. */
const interleaved = (gates: readonly Sequence[]): Float64Array =>
  flat(gates[0]!.flatMap((_, t) => gates.map((gate) => gate[t]!)));

/** Runs a cell forward and returns everything that its backward pass needs, as rows. */
export function keptByEngine(kind: 'lstm' | 'gru', input: EngineInput): Required<Kept> {
  const { arena, dims, parameters, given } = accept(kind, input);
  const { outputs, tape } = cells[kind].forward(arena, dims, parameters, given);
  const names = gatesOf[kind];
  const gates = rows(tape.gates!, dims.H);
  return Object.fromEntries([
    ...names.map((name, k) => [name, gates.filter((_, row) => row % names.length === k)]),
    ...Object.entries(outputs).map(([name, array]) => [`${name}s`, rows(array, dims.H)]),
  ]) as Required<Kept>;
}

/**
 * The gradients of a cell over a sequence, from what its forward pass kept. `dhs[t]` is dL/dh_t from step
 * t's own loss; `dcs[t]` is the same for the cell state, zero where absent.
 * @returns gradients by parameter name, `x` (T, D), `h0` (H), `c0` (H): matrices and sequences as rows.
 */
export function backThroughKept(
  kind: 'lstm' | 'gru',
  input: EngineInput,
  kept: Kept,
  upstream: { readonly dhs: Sequence; readonly dcs?: Sequence },
): Record<string, Vector | Matrix> {
  const { arena, dims, parameters, given } = accept(kind, input);
  const run = cells[kind].forward(arena, dims, parameters, given);
  run.tape.gates!.set(interleaved(gatesOf[kind].map((name) => kept[name]!)));
  run.outputs.h!.set(flat(kept.hs!));
  if (kind === 'lstm') {
    run.outputs.c!.set(flat(kept.cs!));
    run.tape.tanhC!.set(flat(kept.cs!).map(tanh));
  } else {
    const before = [input.h0, ...kept.hs!];
    run.tape.rh!.set(flat(kept.rs!.map((r, t) => r.map((v, j) => v * before[t]![j]!))));
  }
  const cell = cells[kind];
  const { gradients } = cell.backward(arena, run, {
    h: flat(upstream.dhs),
    ...(upstream.dcs ? { c: flat(upstream.dcs) } : {}),
  });
  const columns = (name: string): number | undefined =>
    name === 'x' ? dims.D : name.startsWith('W') ? dims.H + dims.D : undefined;
  return Object.fromEntries(
    [...Object.keys(cell.parameters), ...Object.keys(cell.initial), 'x'].map((name) => {
      const [array, n] = [(gradients as Arrays)[name]!, columns(name)];
      return [name, n === undefined ? array : rows(array, n)];
    }),
  );
}
