/**
 * `bptt flow`: how the gradient of one loss at the end, L = Σ h_T / √H, reaches every earlier step. All cells
 * read the same inputs, and all LSTMs have the same weights but for the forget bias. D = H, one sequence.
 */
import * as ourEngine from '../../engine/index.js';
import { passOf } from './pass.js';
import { spectralNorm } from './spectral-norm.js';
import type { Engine, Pass } from './pass.js';
import type { FlowBound, FlowCell, FlowCurve, FlowReport, Highway, Norm } from './report.js';

export interface FlowRequest {
  /** At least 2. */
  readonly steps: number;
  readonly hidden: number;
  readonly seed: number;
  readonly cells: readonly FlowCell[];
  /** Forget biases: an LSTM for each. */
  readonly biases: readonly number[];
  /** Whh of the Elman network is scaled to this spectral norm; absent, it stays as initialised. */
  readonly norm?: number;
  readonly engine?: Engine;
}

/** Products of numbers: what the time is spent on, nearly all of it on dc_T/dc_1. */
export const flowWork = ({ steps, hidden, cells, biases }: FlowRequest): number =>
  64 * steps * hidden ** 3 * (cells.includes('lstm') ? biases.length : 0) +
  64 * steps * hidden ** 2 * cells.length;

/** What a gradient may pass its bound by: the rounding of T products, and of numbers below 1e-307. */
const rounding = (T: number) => ({ share: 4 * T * Number.EPSILON, least: 1e-300 });

const finite = (value: number): Norm => (Number.isFinite(value) ? value : null);

export function measureFlow(request: FlowRequest): FlowReport {
  const { steps: T, hidden: H, seed, cells, biases } = request;
  const found = cells.flatMap((cell) =>
    (cell === 'lstm' ? biases : [null]).map((bias) => follow(request, cell, bias)),
  );
  return {
    version: 1,
    seed,
    sizes: { T, D: H, H },
    curves: found.map(({ curve }) => curve),
    bound: found.find(({ bound }) => bound !== null)?.bound ?? null,
  };
}

function follow(
  { steps: T, hidden: H, seed, norm: wanted, engine = ourEngine }: FlowRequest,
  kind: FlowCell,
  bias: number | null,
): { curve: FlowCurve; bound: FlowBound | null } {
  const arena = new engine.Arena();
  const dims = { T, B: 1, D: H, H };
  return arena.scope(() => {
    const pass = passOf(engine, arena, kind, dims, seed, ({ Whh, bf }) => {
      if (bf && bias !== null) bf.fill(bias);
      const scale = Whh && wanted !== undefined ? wanted / spectralNorm(Whh, H) : 1;
      if (Whh && scale !== 1) for (let j = 0; j < Whh.length; j++) Whh[j]! *= scale;
    });
    const hT = arena.alloc('workspace', H).fill(1 / Math.sqrt(H)); // dL/dh_T, of length 1
    const { states } = pass.cell.backward(arena, pass.run, { hT });
    const normsOf = (d: Float64Array): number[] =>
      Array.from({ length: T }, (_, t) => engine.globalNorm([d.subarray(t * H, (t + 1) * H)]));
    const dh = normsOf(states.h!);
    const dc = states.c ? normsOf(states.c) : null;
    const carried = dc ?? dh;
    const curve: FlowCurve = {
      cell: kind,
      bias,
      name: bias === null ? kind.toUpperCase() : `LSTM, bias ${bias}`,
      carries: dc ? 'c' : 'h',
      dh: dh.map(finite),
      dc: dc?.map(finite) ?? null,
      ratio: finite(carried[0]! / carried[T - 1]!),
      zeros: carried.filter((value) => value === 0).length,
      gates: gatesOf(kind, pass, T, H),
      highway: dc ? highwayOf(engine, pass, H) : null,
    };
    return { curve, bound: kind === 'rnn' ? boundOf(pass.parameters.Whh!, dh, H) : null };
  });
}

/** Blocks of the tape's gates (T,B,·): f, i, c̃, o of the LSTM, z, r, h̃ of the GRU. Candidates are no gates. */
const blocks: Readonly<Record<FlowCell, readonly string[]>> = {
  rnn: [],
  lstm: ['f', 'i', '', 'o'],
  gru: ['z', 'r', ''],
};

function gatesOf(kind: FlowCell, { run }: Pass, T: number, H: number): FlowCurve['gates'] {
  const names = blocks[kind];
  const width = names.length * H;
  return names.flatMap((name, k) => {
    if (name === '') return [];
    const mean = Array.from({ length: T }, (_, t) => {
      const gate = run.tape.gates!.subarray(t * width + k * H, t * width + (k + 1) * H);
      return gate.reduce((sum, value) => sum + value, 0) / H;
    });
    return [{ name, mean }];
  });
}

function highwayOf(engine: Engine, { arena, cell, run }: Pass, H: number): Highway {
  const { direct, hiddenFixed, total } = engine.cellJacobians(arena, cell, run);
  return {
    direct: finite(spectralNorm(direct, H)),
    hiddenFixed: finite(spectralNorm(hiddenFixed, H)),
    total: finite(spectralNorm(total, H)),
  };
}

function boundOf(Whh: Float64Array, dh: readonly number[], H: number): FlowBound {
  const T = dh.length;
  const norm = spectralNorm(Whh, H);
  const { share, least } = rounding(T);
  const bounds = dh.map((_, t) => norm ** (T - 1 - t) * dh[T - 1]!); // ‖W_hh‖^(T-t), t from 1
  return {
    norm,
    values: bounds.map(finite),
    // Where the bound is beyond every number, so is nothing that could pass it.
    holds: dh.every(
      (value, t) => bounds[t] === Infinity || value <= bounds[t]! * (1 + share) + least,
    ),
  };
}
