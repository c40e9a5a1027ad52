/** The variants of the LSTM and the GRU: against PyTorch, and against the cells that they vary. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena, cellKinds, cells, createParameters } from '../../src/engine/index.js';
import { equations } from '../../src/notation/index.js';
import {
  drawn,
  expectGradients,
  expectNear,
  golden,
  largest,
  recurrentCase,
  shapes,
} from './recurrent-cases.js';
import type { Arrays, CellKind, Dims } from '../../src/engine/index.js';

describe.each([
  ['lstm-peephole', 'lstm_peephole_gers_base'],
  ['lstm-peephole-forget', 'lstm_peephole_forget_only_base'],
] as const)('%s agrees with PyTorch float64 (%s)', (kind, file) => {
  const { dims, at, all } = golden(file);
  const arena = new Arena();
  const cell = cells[kind];
  const parameters = createParameters(arena, cell, dims);
  for (const name of Object.keys(cell.parameters)) parameters[name]!.set(at('params', name));
  const x = at('inputs', 'x');
  const run = cell.forward(arena, dims, parameters, {
    ...{ h0: at('inputs', 'h0'), c0: at('inputs', 'c0') },
    x,
  });

  it('outputs', () => {
    for (const name of ['h', 'c']) expectNear(run.outputs[name]!, at('outputs', name), 1e-12, name);
    expectNear(run.finals.cT!, at('outputs', 'cT'), 1e-12, 'cT');
  });
  it('gradients, and the total gradient that reached each state', () => {
    const { gradients, states } = cell.backward(arena, run, all('inputs', 'upstream'));
    expectGradients(gradients, { ...all('grads', 'inputs'), ...all('grads', 'params') });
    expectGradients(states, all('grads', 'states'));
  });
});

describe('gru-reset-after agrees with PyTorch float64 (gru_cudnn_base)', () => {
  const { dims, at } = golden('gru_cudnn_base');
  const { D, H } = dims;
  const cell = cells['gru-reset-after'];
  /** Block r, z or n (0, 1, 2) of a packed PyTorch tensor. */
  const block = (array: Float64Array, k: number) =>
    array.subarray((k * array.length) / 3, ((k + 1) * array.length) / 3);
  /** [W_h, W_x] by rows. */
  const beside = (Wh: Float64Array, Wx: Float64Array) =>
    Float64Array.from({ length: H * (H + D) }, (_, j) => {
      const [row, column] = [Math.floor(j / (H + D)), j % (H + D)];
      return column < H ? Wh[row * H + column]! : Wx[row * D + column - H]!;
    });
  const sum = (a: Float64Array, b: Float64Array) => a.map((v, j) => v + b[j]!);
  const named = (root: 'params' | 'grads') => {
    const get = (name: string) => (root === 'grads' ? at(root, 'params', name) : at(root, name));
    const [ih, hh] = [get('weight_ih'), get('weight_hh')];
    return {
      Wr: beside(block(hh, 0), block(ih, 0)),
      Wz: beside(block(hh, 1), block(ih, 1)),
      Whh: block(hh, 2),
      Wxh: block(ih, 2),
      bias_ih: get('bias_ih'),
      bias_hh: get('bias_hh'),
    };
  };
  const { bias_ih, bias_hh, ...weights } = named('params');
  const arena = new Arena();
  const parameters = createParameters(arena, cell, dims) as unknown as Arrays;
  const values: Arrays = {
    ...weights,
    br: sum(block(bias_ih, 0), block(bias_hh, 0)),
    bz: sum(block(bias_ih, 1), block(bias_hh, 1)),
    bh: block(bias_ih, 2),
    bhh: block(bias_hh, 2),
  };
  for (const [name, value] of Object.entries(values)) parameters[name]!.set(value);
  const run = cell.forward(arena, dims, parameters as never, {
    h0: at('inputs', 'h0'),
    x: at('inputs', 'x'),
  });

  it('outputs', () => {
    expectNear(run.outputs.h!, at('outputs', 'h'), 1e-12);
  });
  it('gradients: each of PyTorch’s two gate biases has the gradient of our one', () => {
    const { gradients, states } = cell.backward(arena, run, { h: at('inputs', 'upstream', 'h') });
    const { bias_ih: dih, bias_hh: dhh, ...dWeights } = named('grads');
    expectGradients(gradients, {
      ...dWeights,
      ...{ br: block(dih, 0), bz: block(dih, 1), bh: block(dih, 2), bhh: block(dhh, 2) },
      ...{ x: at('grads', 'inputs', 'x'), h0: at('grads', 'inputs', 'h0') },
    });
    expectGradients(gradients, { br: block(dhh, 0), bz: block(dhh, 1) });
    expectGradients(states, { h: at('grads', 'states', 'h') });
  });
});

/** One cell's parameters put into another's by name; what the other lacks is left out. */
function runAs(kind: CellKind, dims: Dims, values: Arrays, given: Arrays & { x: Float64Array }) {
  const arena = new Arena();
  const parameters = createParameters(arena, cells[kind], dims);
  for (const [name, value] of Object.entries(values))
    if (name in cells[kind].parameters) parameters[name]!.set(value);
  const run = cells[kind].forward(arena, dims, parameters, given);
  return { run, backward: (upstream: Arrays) => cells[kind].backward(arena, run, upstream) };
}

describe('the variants are what their names say', () => {
  it('peepholes of weight zero leave the LSTM', () => {
    fc.assert(
      fc.property(shapes(), (sizes) => {
        const { dims, parameters, given, upstream } = recurrentCase('lstm', sizes);
        const lstm = runAs('lstm', dims, parameters, given);
        for (const kind of ['lstm-peephole', 'lstm-peephole-forget'] as const) {
          const peeping = runAs(kind, dims, parameters, given);
          for (const name of ['h', 'c'])
            expectNear(peeping.run.outputs[name]!, lstm.run.outputs[name]!, 1e-13, name, 1);
          const wanted = lstm.backward(upstream).gradients;
          const got = peeping.backward(upstream).gradients as Arrays;
          const scale = Math.max(...Object.values(wanted as Arrays).map(largest));
          for (const [name, want] of Object.entries(wanted as Arrays))
            if (name !== 'slab') expectNear(got[name]!, want, 1e-12, name, scale);
        }
      }),
    );
  });

  it('only the forget gate peeping is all gates peeping with pi = po = 0, bit for bit', () => {
    fc.assert(
      fc.property(shapes(), (sizes) => {
        const { dims, parameters, given, upstream } = recurrentCase('lstm-peephole-forget', sizes);
        const some = runAs('lstm-peephole-forget', dims, parameters, given);
        const all = runAs('lstm-peephole', dims, parameters, given);
        expect(all.run.outputs).toEqual(some.run.outputs);
        const got = all.backward(upstream).gradients as Arrays;
        for (const [name, want] of Object.entries(some.backward(upstream).gradients as Arrays))
          if (name !== 'slab') expect(got[name], name).toEqual(want);
      }),
    );
  });

  it('coupled gates are an LSTM whose Wi = -Wf and bi = -bf, and dWf is the difference of its two gradients', () => {
    fc.assert(
      fc.property(shapes(), (sizes) => {
        const { dims, parameters, given, upstream } = recurrentCase('lstm-coupled', sizes);
        const values: Arrays = parameters;
        const coupled = runAs('lstm-coupled', dims, values, given);
        const lstm = runAs(
          'lstm',
          dims,
          { ...values, Wi: values.Wf!.map((v) => -v), bi: values.bf!.map((v) => -v) },
          given,
        );
        expectNear(coupled.run.outputs.c!, lstm.run.outputs.c!, 1e-13, 'c', 1);
        const d = lstm.backward(upstream).gradients as Arrays;
        const got = coupled.backward(upstream).gradients as Arrays;
        const scale = Math.max(...d.Wf!.map(Math.abs), ...d.Wi!.map(Math.abs));
        const difference = d.Wf!.map((v, j) => v - d.Wi![j]!);
        expectNear(got.Wf!, difference, 1e-12, 'Wf', scale);
      }),
    );
  });

  it('reset after is reset before, with z complemented, where no reset can be seen: r = 1', () => {
    fc.assert(
      fc.property(shapes(), (sizes) => {
        const { dims, given, random } = recurrentCase('gru', sizes);
        const { D, H } = dims;
        const [Wz, Wh] = [drawn(H * (H + D), random), drawn(H * (H + D), random)];
        const [bz, bh] = [drawn(H, random), drawn(H, random)];
        const open = { Wr: new Float64Array(H * (H + D)), br: new Float64Array(H).fill(60) }; // r = 1
        const columns = (from: number, to: number) =>
          Wh.filter((_, j) => j % (H + D) >= from && j % (H + D) < to);
        const before = runAs('gru', dims, { ...open, Wz, bz, Wh, bh }, given);
        const minus = (a: Float64Array) => a.map((v) => -v);
        const after = runAs(
          'gru-reset-after',
          dims,
          {
            ...open,
            ...{ Wz: minus(Wz), bz: minus(bz), Whh: columns(0, H), Wxh: columns(H, H + D) },
            ...{ bh: bh.map((v) => 0.25 * v), bhh: bh.map((v) => 0.75 * v) },
          },
          given,
        );
        expectNear(after.run.outputs.h!, before.run.outputs.h!, 1e-12, 'h', 1);
      }),
    );
  });

  it('every kind has equations', () => {
    const named = new Set<string>(equations.map(({ cell }) => cell));
    for (const kind of cellKinds) expect(named).toContain(kind);
  });
});
