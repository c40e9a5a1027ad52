import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureFlow } from '../../../src/bench/index.js';
import { passOf } from '../../../src/bench/flow/pass.js';
import * as engine from '../../../src/engine/index.js';
import type { FlowReport, FlowRequest } from '../../../src/bench/index.js';

const request: FlowRequest = {
  ...{ steps: 12, hidden: 5, seed: 3 },
  cells: ['rnn', 'lstm', 'gru'],
  biases: [0, 3],
};
const flowOf = (changed: Partial<FlowRequest> = {}): FlowReport =>
  measureFlow({ ...request, ...changed });
const seeds = fc.nat({ max: 1000 });
const sizes = fc.record({ steps: fc.integer({ min: 2, max: 9 }), hidden: fc.integer({ min: 1, max: 6 }), seed: seeds }); // prettier-ignore

describe('the report', () => {
  it('is plain data: a curve for each cell and forget bias, the same for the same seed', () => {
    const report = flowOf();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.curves.map(({ name }) => name)).toEqual(['RNN', 'LSTM, bias 0', 'LSTM, bias 3', 'GRU']); // prettier-ignore
    for (const { dh, dc, gates } of report.curves)
      for (const row of [dh, ...(dc ? [dc] : []), ...gates.map(({ mean }) => mean)])
        expect(row).toHaveLength(12);
    expect(flowOf()).toEqual(report);
    expect(flowOf({ seed: 4 })).not.toEqual(report);
    expect(flowOf({ steps: 5 }).bound!.norm).toBe(report.bound!.norm); // the same Whh
    expect(flowOf({ cells: ['gru'] })).toMatchObject({ bound: null, curves: [report.curves[3]] });
  });

  it('has the norms that the Jacobians of the end by every step give', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ steps: T, hidden: H, seed }, pick) => {
        const { curves } = flowOf({ steps: T, hidden: H, seed, biases: [1] });
        const t = 1 + (pick % (T - 1));
        for (const { cell: kind, dh, dc } of curves) {
          const arena = new engine.Arena();
          const { cell, run } = passOf(engine, arena, kind, { T, B: 1, D: H, H }, seed, ({ bf }) => bf?.fill(1)); // prettier-ignore
          const J = engine.stateJacobian(arena, cell, run, t);
          // dL/dh_t = uᵀ dh_T/dh_t with u = 1/√H everywhere
          const pulled = (by: string): number[] =>
            Array.from({ length: H }, (_, j) => {
              let sum = 0;
              for (let i = 0; i < H; i++) sum += J.h![by]![i * H + j]! / Math.sqrt(H);
              return sum;
            });
          expect(dh[t - 1]! / Math.hypot(...pulled('h'))).toBeCloseTo(1, 9);
          if (!dc) continue;
          // … and through h_t = o ⊙ tanh(c_t) too: dc_t += dh_t ⊙ o ⊙ (1 - tanh²c)
          const [c, h] = [run.outputs.c!, run.outputs.h!].map((a) => a.subarray((t - 1) * H, t * H)) as [Float64Array, Float64Array]; // prettier-ignore
          const [byH, byC] = [pulled('h'), pulled('c')];
          const total = byC.map((value, j) => {
            const tanhC = Math.tanh(c[j]!);
            return value + byH[j]! * (h[j]! / tanhC) * (1 - tanhC ** 2);
          });
          expect(dc[t - 1]! / Math.hypot(...total)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the bound of the Elman network', () => {
  it('is ‖W_hh‖^(T-t), and nothing passes it, at any norm', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.01, max: 20, noNaN: true }), (size, norm) => {
        const { bound, curves } = flowOf({ ...size, norm, cells: ['rnn'] });
        expect(bound!.norm / norm).toBeCloseTo(1, 12);
        expect(bound!.values[0]! / norm ** (size.steps - 1)).toBeCloseTo(1, 9);
        expect(bound!.values.at(-1)).toBeCloseTo(1, 12); // ‖dL/dh_T‖ = 1
        expect(curves[0]!.dh.at(-1)).toBeCloseTo(1, 12);
        expect(bound!.holds).toBe(true);
      }),
    );
  });

  it('is seen to be passed by a backward pass that gives too much', () => {
    const { rnn } = engine.cells;
    const doubled: typeof rnn = {
      ...rnn,
      backward: (arena, run, upstream) => {
        const result = rnn.backward(arena, run, upstream);
        const { T, H } = run.dims;
        result.states.h!.forEach((g, j, all) => (all[j] = g * 5 ** (T - 1 - Math.floor(j / H))));
        return result;
      },
    };
    const broken = { ...engine, cells: { ...engine.cells, rnn: doubled } };
    expect(flowOf({ engine: broken, norm: 0.5 }).bound!.holds).toBe(false);
    expect(flowOf({ norm: 0.5 }).bound!.holds).toBe(true);
  });
});

describe('numbers that end', () => {
  it('are told as exact zeros, not left out: what underflows', () => {
    const { curves } = flowOf({ steps: 2000, norm: 0.5, cells: ['rnn', 'lstm'], biases: [-50] });
    const [rnn, lstm] = curves as [FlowReport['curves'][0], FlowReport['curves'][0]];
    expect(rnn.dh[0]).toBe(0);
    expect(rnn.ratio).toBe(0);
    expect(rnn.zeros).toBe(rnn.dh.filter((value) => value === 0).length);
    expect(rnn.zeros).toBeGreaterThan(500); // 0.5^1075 is below the smallest float64
    expect(lstm.highway!.direct).toBe(0);
  });

  it('are null, and survive JSON, where they overflow', () => {
    const report = flowOf({ steps: 200, norm: 1000, cells: ['rnn'] });
    expect(report.bound!.values[0]).toBeNull(); // 1000^199
    expect(report.bound!.values.at(-2)).toBeCloseTo(1000, 6);
    expect(report.bound!.holds).toBe(true);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('the gates', () => {
  it('are wide open or shut where the bias says so, and ∏ f_t with them', () => {
    const [open, shut] = flowOf({ cells: ['lstm'], biases: [50, -50] }).curves as [FlowReport['curves'][0], FlowReport['curves'][0]]; // prettier-ignore
    expect(open.gates.map(({ name }) => name)).toEqual(['f', 'i', 'o']);
    for (const f of open.gates[0]!.mean) expect(f).toBe(1);
    for (const f of shut.gates[0]!.mean) expect(f).toBeLessThan(1e-15);
    expect(open.highway!.direct).toBe(1);
    expect(shut.highway!.direct).toBeLessThan(1e-200);
  });
});
