/** Jacobians of the state at the end, for every cell; and the three answers to «what is dc_T/dc_1?». */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  cellJacobians,
  cellKinds,
  cells,
  createParameters,
  fillUniform,
  stateJacobian,
} from '../../src/engine/index.js';
import { duals } from '../../src/check/algebra.js';
import { textbookParameters, textbookSteps } from '../../src/check/textbook/cells.js';
import { expectNear, golden, largest, recurrentCase, shapes } from './recurrent-cases.js';
import type { Arrays, CellKind } from '../../src/engine/index.js';
import type { Dual } from '../../src/check/index.js';
import type { StepValues } from '../../src/check/textbook/cells.js';

const tolerance = 1e-10;
const norm = (J: Float64Array): number => Math.hypot(...J);

function goldenRun(kind: 'rnn' | 'lstm', file: string) {
  const { dims, at, all } = golden(file);
  const arena = new Arena();
  const parameters = createParameters(arena, cells[kind], dims);
  for (const [name, value] of Object.entries(all('params'))) parameters[name]!.set(value);
  const given = all('inputs') as Arrays & { readonly x: Float64Array };
  const run = cells[kind].forward(arena, dims, parameters, given);
  return { dims, at, arena, cell: cells[kind], run, parameters, given };
}

describe('agrees with PyTorch float64', () => {
  it('dh_T/dh_t of the Elman network, and dh_T/dh_0 (jacobian_rnn_base)', () => {
    const { dims, at, arena, cell, run, parameters, given } = goldenRun('rnn', 'jacobian_rnn_base');
    expectNear(stateJacobian(arena, cell, run).h!.h!, at('grads', 'dhT_dh1'), tolerance);
    const norms = at('outputs', 'norms_frobenius');
    for (let t = 1; t <= dims.T; t++)
      expect(norm(stateJacobian(arena, cell, run, t).h!.h!) / norms[t - 1]!).toBeCloseTo(1, 10);
    // dh_T/dh_0: the same sequence with a step in front, whose state is then the initial one.
    const x = new Float64Array((dims.T + 1) * dims.D);
    x.set(given.x, dims.D);
    const longer = cell.forward(arena, { ...dims, T: dims.T + 1 }, parameters, { x });
    longer.outputs.h!.set(given.h0!);
    expectNear(stateJacobian(arena, cell, longer).h!.h!, at('grads', 'dhT_dh0'), tolerance);
  });

  it('dc_T/dc_1 of the LSTM three times, and all four blocks (jacobian_lstm_base)', () => {
    const { dims, at, arena, cell, run } = goldenRun('lstm', 'jacobian_lstm_base');
    const J = stateJacobian(arena, cell, run);
    const { direct, hiddenFixed, total } = cellJacobians(arena, cell, run);
    expectNear(direct, at('grads', 'dcT_dc1_direct'), tolerance, 'direct');
    expectNear(hiddenFixed, at('grads', 'dcT_dc1_h1_fixed'), tolerance, 'h_1 fixed');
    expectNear(total, at('grads', 'dcT_dc1_total'), tolerance, 'total');
    expectNear(J.c!.h!, at('grads', 'dcT_dh1'), tolerance);
    expectNear(J.h!.c!, at('grads', 'dhT_dc1'), tolerance);
    expectNear(J.h!.h!, at('grads', 'dhT_dh1'), tolerance);
    const [fixed, straight] = [
      at('outputs', 'norms_fro_h_fixed'),
      at('outputs', 'norms_fro_direct'),
    ];
    for (let t = 1; t <= dims.T; t++) {
      const at_t = cellJacobians(arena, cell, run, t);
      expect(norm(at_t.hiddenFixed) / fixed[t - 1]!, `t = ${t}`).toBeCloseTo(1, 10);
      expect(norm(at_t.direct) / straight[t - 1]!, `t = ${t}`).toBeCloseTo(1, 10);
    }
  });
});

const withCell = cellKinds.filter((kind) => 'c' in cells[kind].outputs);

describe.each(cellKinds)('%s', (kind) => {
  it('has the columns that dual numbers give through the textbook, sequence by sequence', () => {
    fc.assert(
      fc.property(shapes(6), fc.nat(), (sizes, pick) => {
        const { cell, dims, arena, parameters, given } = recurrentCase(kind, sizes);
        const { T, B, D, H } = dims;
        const t = 1 + (pick % T);
        const run = cell.forward(arena, dims, parameters, given);
        const J = stateJacobian(arena, cell, run, t);
        const states = Object.keys(J);
        for (let n = 0; n < B; n++)
          for (const by of states)
            for (let column = 0; column < H; column++) {
              const end = textbookFrom(
                kind,
                parameters,
                (name, j, seed) => ({
                  v: run.outputs[name]![((t - 1) * B + n) * H + j]!,
                  d: seed(by, column, name, j),
                }),
                H,
                Array.from({ length: T - t }, (_, s) => {
                  const row = (t + s) * B + n;
                  return given.x.subarray(row * D, (row + 1) * D);
                }),
                states,
              );
              for (const of of states) {
                const block = J[of]![by]!;
                const got = Float64Array.from(
                  { length: H },
                  (_, i) => block[(n * H + i) * H + column]!,
                );
                const wanted = Float64Array.from(end[of]!, ({ d }) => d);
                const all = Object.values(J).flatMap((row) => Object.values(row));
                const scale = Math.max(...all.map(largest));
                expectNear(got, wanted, 1e-12, `d${of}_T/d${by}_${t}`, scale);
              }
            }
      }),
      { numRuns: 40 },
    );
  });

  it('is the identity at t = T, and a product of steps in between', () => {
    fc.assert(
      fc.property(shapes(6), (sizes) => {
        const { cell, dims, arena, parameters, given } = recurrentCase(kind, { ...sizes, B: 1 });
        const { T, H } = dims;
        const run = cell.forward(arena, dims, parameters, given);
        const identity = new Float64Array(H * H).map((_, j) => (j % (H + 1) === 0 ? 1 : 0));
        const end = stateJacobian(arena, cell, run, T);
        for (const [of, row] of Object.entries(end))
          for (const [by, block] of Object.entries(row))
            expect(block).toEqual(of === by ? identity : new Float64Array(H * H));
        if (T < 2) return;
        // chain rule over t = 1 → 2 → T, with the first step taken from a run of two steps
        const two = cell.forward(arena, { ...dims, T: 2 }, parameters, {
          ...given,
          x: given.x.slice(0, 2 * dims.D),
        });
        const [first, rest] = [stateJacobian(arena, cell, two), stateJacobian(arena, cell, run, 2)];
        const whole = stateJacobian(arena, cell, run);
        for (const of of Object.keys(whole))
          for (const by of Object.keys(whole)) {
            const product = Float64Array.from({ length: H * H }, (_, j) => {
              const [row, column] = [Math.floor(j / H), j % H];
              let sum = 0;
              for (const via of Object.keys(whole))
                for (let l = 0; l < H; l++)
                  sum += rest[of]![via]![row * H + l]! * first[via]![by]![l * H + column]!;
              return sum;
            });
            const scale = Math.max(
              ...Object.values(whole[of]!).flatMap((a) => [...a].map(Math.abs)),
              1e-300,
            );
            expectNear(whole[of]![by]!, product, 1e-12, `${of} by ${by}`, scale);
          }
      }),
    );
  });

  it('refuses a step that is none, and a cell state where there is none', () => {
    const { cell, dims, arena, parameters, given } = recurrentCase(kind, {
      T: 3,
      B: 1,
      D: 2,
      H: 2,
      seed: 1,
    });
    const run = cell.forward(arena, dims, parameters, given);
    for (const t of [0, 4, 1.5, NaN])
      expect(() => stateJacobian(arena, cell, run, t)).toThrow(EngineError);
    if (withCell.includes(kind)) expect(cellJacobians(arena, cell, run).direct.length).toBe(4);
    else expect(() => cellJacobians(arena, cell, run)).toThrow(/no cell state/);
  });

  it('gives everything back that it does not return', () => {
    const { cell, dims, arena, parameters, given } = recurrentCase(kind, {
      T: 4,
      B: 2,
      D: 2,
      H: 3,
      seed: 1,
    });
    const run = cell.forward(arena, dims, parameters, given);
    const start = arena.liveBytes;
    arena.scope(() => stateJacobian(arena, cell, run));
    expect(arena.liveBytes).toBe(start);
    const J = stateJacobian(arena, cell, run);
    const returned = Object.values(J).flatMap((row) => Object.values(row));
    expect(arena.liveBytes - start).toBe(returned.reduce((sum, a) => sum + a.byteLength, 0));
  });
});

/** The states at the end, by the textbook over dual numbers, from given states. */
function textbookFrom(
  kind: CellKind,
  parameters: Arrays,
  start: (
    name: string,
    j: number,
    seed: (by: string, column: number, name: string, j: number) => number,
  ) => Dual,
  H: number,
  xs: readonly Float64Array[],
  states: readonly string[],
): StepValues<Dual> {
  const lift = (array: Float64Array): Dual[] => Array.from(array, (v) => ({ v, d: 0 }));
  const p = textbookParameters({
    Why: [],
    by: [],
    ...Object.fromEntries(
      Object.entries(parameters)
        .filter(([name]) => name !== 'slab')
        .map(([name, array]) => [name, lift(array)]),
    ),
  });
  const one = (by: string, column: number, name: string, j: number) =>
    by === name && column === j ? 1 : 0;
  let state: StepValues<Dual> = Object.fromEntries(
    states.map((name) => [name, Array.from({ length: H }, (_, j) => start(name, j, one))]),
  );
  for (const x of xs) state = textbookSteps[kind](duals, p, lift(x), state);
  return state;
}

describe.each(withCell)('dc_T/dc_1: %s', (kind) => {
  it('total = hiddenFixed + dc_T/dh_1 dh_1/dc_1, and direct is neither', () => {
    fc.assert(
      fc.property(shapes(6), (sizes) => {
        const { cell, dims, arena, parameters, given } = recurrentCase(kind, {
          ...sizes,
          B: 1,
          T: sizes.T + 1,
        });
        const { H } = dims;
        const run = cell.forward(arena, dims, parameters, given);
        const { hiddenFixed, total } = cellJacobians(arena, cell, run);
        const dcdh = stateJacobian(arena, cell, run).c!.h!;
        // dh_1/dc_1 = o ⊙ (1 - tanh²c), and through the peephole of o where there is one
        const h1 = run.outputs.h!.subarray(0, H);
        const c1 = run.outputs.c!.subarray(0, H);
        const po = (parameters as Arrays).po;
        const slope = Array.from(h1, (h, j) => {
          const tanhC = Math.tanh(c1[j]!);
          const o = h / tanhC;
          return o * (1 - tanhC ** 2) + (po ? tanhC * o * (1 - o) * po[j]! : 0);
        });
        const through = dcdh.map((v, j) => v * slope[j % H]!);
        const sum = hiddenFixed.map((v, j) => v + through[j]!);
        const scale = Math.max(largest(hiddenFixed), largest(through));
        expectNear(total, sum, 1e-12, 'total', scale);
      }),
    );
  });

  it('is the product of forget gates along the direct path: shut gates kill it, open ones keep it', () => {
    const { cell, dims, arena, parameters, given, random } = recurrentCase(kind, {
      ...{ T: 101, B: 2, D: 2, H: 3, seed: 8 },
    });
    fillUniform(parameters.slab, random, 0, 0);
    const { B, H } = dims;
    const at = (bias: number) => {
      (parameters as Arrays).bf!.fill(bias);
      const run = cell.forward(arena, dims, parameters, given);
      return cellJacobians(arena, cell, run);
    };
    const half = at(0).direct; // f = σ(0) = 1/2
    for (let j = 0; j < B * H; j++) expect(half[j * H + (j % H)]).toBe(0.5 ** 100);
    const open = at(60); // f = 1 up to rounding
    for (let j = 0; j < B * H; j++) expect(open.direct[j * H + (j % H)]).toBeCloseTo(1, 12);
    expect(open.hiddenFixed).toEqual(open.direct); // all weights are zero: no other path
  });
});
