/**
 * How the state at the end depends on the state at step t: Jacobians by backward passes, one for each
 * entry of the end, so exact up to rounding and for any cell.
 *
 *   dh_T/dh_1 = ∏_{t=2..T} diag(1 - h_t²) Whh        (the Elman network)
 *
 * For an LSTM there are three answers to «what is dc_T/dc_1?», and they differ:
 *   direct       ∏_{t=2..T} diag(f_t): only the cell line, every gate held fixed
 *   hiddenFixed  c_1 and h_1 independent: h_1 held fixed, everything after step 1 follows
 *   total        h_1 = o_1 ⊙ tanh(c_1) follows too
 */
import { outputOf } from './alphabet.js';
import { EngineError } from './errors.js';
import { at } from './kernels/rows.js';
import { kernels } from './kernels/current.js';
import { sigmoid } from './elementary.js';
import { statesAfter } from './segments.js';
import type { Arena } from './arena.js';
import type { Arrays } from './alphabet.js';
import type { Cell, CellNames, Given, Run, Upstream } from './cell.js';

/** J.c.h is dc_T/dh_t: (B,H,H), row = entry of c_T, column = entry of h_t. */
export type StateJacobian = Readonly<Record<string, Arrays>>;

/** dc_T/dc_t, three times: (B,H,H). */
export interface CellJacobians {
  /** ∏ diag(f) over steps t+1 … T: the cell line alone, every gate held fixed. */
  readonly direct: Float64Array;
  /** h_t held fixed, everything after step t follows. */
  readonly hiddenFixed: Float64Array;
  /** h_t = o_t ⊙ tanh(c_t) follows too. */
  readonly total: Float64Array;
}

/** @throws {EngineError} unless t is a step, 1 … T. */
function expectStep(t: number, T: number): void {
  if (!Number.isSafeInteger(t) || t < 1 || t > T)
    throw new EngineError(`Expected t to be an integer from 1 to T = ${T}, got ${t}.`);
}

/** Calls `row(i, e)` for each unit i, with e (B,H) one at unit i of every sequence and zero elsewhere. */
function eachUnit(
  arena: Arena,
  B: number,
  H: number,
  row: (i: number, e: Float64Array) => void,
): void {
  for (let i = 0; i < H; i++)
    arena.scope(() => {
      const e = arena.alloc('workspace', B * H);
      for (let n = 0; n < B; n++) e[n * H + i] = 1;
      row(i, e);
    });
}

/** J[n, i, :] = row n of d (B,H). */
function setRow(J: Float64Array, i: number, d: Float64Array, B: number, H: number): void {
  for (let n = 0; n < B; n++) J.set(d.subarray(n * H, (n + 1) * H), (n * H + i) * H);
}

/**
 * d(states at T)/d(states at t), the states at t being independent of each other; t counts from 1. By H backward
 * passes for each state, so exact up to rounding.
 * At t = T it is the identity.
 * @throws {EngineError} unless t is a step, 1 … T.
 */
export function stateJacobian<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  run: Run<N>,
  t = 1,
): StateJacobian {
  const { dims, parameters } = run;
  const { T, B, D, H } = dims;
  expectStep(t, T);
  const states = Object.keys(cell.initial).map((name) => outputOf(name));
  const J = Object.fromEntries(
    states.map((of) => [
      of,
      Object.fromEntries(states.map((by) => [by, arena.alloc('gradients', B * H * H)])),
    ]),
  );
  if (t === T) {
    for (const state of states)
      for (let j = 0; j < B * H; j++) J[state][state][j * H + (j % H)] = 1;
    return J;
  }
  arena.scope(() => {
    const rest = cell.forward(arena, { ...dims, T: T - t }, parameters, {
      ...statesAfter(cell, run.outputs, t - 1, dims),
      x: run.x.subarray(t * B * D),
    } as unknown as Given<N>);
    for (const of of states)
      eachUnit(arena, B, H, (i, e) => {
        const upstream = { [`${of}T`]: e } as Upstream<N>;
        const gradients = cell.backward(arena, rest, upstream).gradients as Arrays;
        for (const by of states) setRow(J[of][by], i, gradients[`${by}0`], B, H);
      });
  });
  return J;
}

/** The forget gates f (T,B,H) of a run: f = σ(Wf [h₋, x] + bf), with pf ⊙ c₋ where there is a peephole. */
function forgetGates<N extends CellNames>(arena: Arena, run: Run<N>): Float64Array {
  const { T, B, D, H } = run.dims;
  const { Wf, bf, pf } = run.parameters as unknown as Arrays & {
    bf?: Float64Array;
    pf?: Float64Array;
  };
  const { h, c } = run.outputs as Arrays;
  const { h0, c0 } = run.initial as Arrays;
  const f = arena.alloc('workspace', T * B * H, 'anything');
  const bias = bf ?? arena.alloc('workspace', H);
  kernels.addABt(f, H, run.x, D, Wf.subarray(H), H + D, T * B, H, D, bias);
  kernels.addABt(f, H, h0, H, Wf, H + D, B, H, H);
  kernels.addABt(f.subarray(B * H), H, h, H, Wf, H + D, (T - 1) * B, H, H);
  for (let j = 0; j < f.length; j++) {
    const cPrev = j < B * H ? c0[j] : c[j - B * H];
    f[j] = sigmoid(f[j] + (pf ? pf[j % H] * cPrev : 0)); // f = σ(Wf [h₋, x] + pf ⊙ c₋ + bf)
  }
  return f;
}

/**
 * dc_T/dc_t, three times: the answers differ, and an interviewer may mean any of them. t counts from 1.
 *
 * @example
 * ```ts
 * import { Arena, cellJacobians, createParameters, lstm } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 4, B: 1, D: 1, H: 1 };
 * const parameters = createParameters(arena, lstm, dims); // all zero: every gate is ½
 * const run = lstm.forward(arena, dims, parameters, { x: new Float64Array(4) });
 * cellJacobians(arena, lstm, run).direct; // → [0.5 ** 3]
 * ```
 *
 * @throws {EngineError} if the cell has no cell state, or t is no step.
 */
export function cellJacobians<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  run: Run<N>,
  t = 1,
): CellJacobians {
  const { T, B, H } = run.dims;
  expectStep(t, T);
  if (!('c' in cell.outputs)) throw new EngineError(`A ${cell.kind} has no cell state c.`);
  const hiddenFixed = stateJacobian(arena, cell, run, t).c.c;
  const direct = arena.alloc('gradients', B * H * H);
  const total = arena.alloc('gradients', B * H * H);
  arena.scope(() => {
    const f = forgetGates(arena, run);
    for (let j = 0; j < B * H; j++) {
      let product = 1;
      for (let s = t; s < T; s++) product *= at(f, s, B * H)[j]; // ∏ f over steps t+1 … T
      direct[j * H + (j % H)] = product;
    }
    eachUnit(arena, B, H, (i, e) => {
      const { states } = cell.backward(arena, run, { cT: e } as Upstream<N>);
      setRow(total, i, at(states.c, t - 1, B * H), B, H);
    });
  });
  return { direct, hiddenFixed, total };
}
