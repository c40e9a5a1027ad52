/** Layers on top of each other against PyTorch. Their gradient check stands in layers-gradient.spec.ts. */
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  cells,
  createParameters,
  stacked,
  stackedBackward,
} from '../../src/engine/index.js';
import { expectGradients, expectNear, golden } from './recurrent-cases.js';
import type { Arrays, Layer } from '../../src/engine/index.js';

describe('stacked', () => {
  it('agrees with PyTorch float64 (lstm_stacked2_base)', () => {
    const { dims, at, all } = golden('lstm_stacked2_base');
    const { B, H, D } = dims;
    const arena = new Arena();
    const layers = [D, H].map((width, l): Layer => {
      const parameters = createParameters(arena, cells.lstm, { ...dims, D: width });
      for (const [name, value] of Object.entries(all('params', `layer${l}`)))
        parameters[name]!.set(value);
      return { cell: cells.lstm, H, parameters };
    });
    const of = (array: Float64Array, l: number) => array.subarray(l * B * H, (l + 1) * B * H);
    const run = stacked(arena, layers, dims, {
      x: at('inputs', 'x'),
      initial: [0, 1].map((l) => ({
        h0: of(at('inputs', 'h0'), l),
        c0: of(at('inputs', 'c0'), l),
      })),
    });
    expectNear(run.h, at('outputs', 'h'), 1e-12);
    for (const l of [0, 1]) {
      expectNear(run.runs[l]!.outputs.h!, at('outputs', `h_layer${l}`), 1e-12);
      expectNear(run.runs[l]!.outputs.c!, at('outputs', `c_layer${l}`), 1e-12);
      for (const name of ['hT', 'cT'])
        expectNear(run.finals[l]![name]!, of(at('outputs', name), l), 1e-12);
    }
    const d = stackedBackward(arena, run, {
      h: at('inputs', 'upstream', 'h'),
      finals: [0, 1].map((l) => ({
        hT: of(at('inputs', 'upstream', 'hT'), l),
        cT: of(at('inputs', 'upstream', 'cT'), l),
      })),
    });
    const prefixed = (arrays: Arrays, l: number) =>
      Object.entries(arrays).map(([name, array]) => [`${l}.${name}`, array] as const);
    const got: Record<string, Float64Array> = { x: d.x };
    const wanted: Record<string, Float64Array> = { x: at('grads', 'inputs', 'x') };
    for (const l of [0, 1]) {
      Object.assign(got, Object.fromEntries(prefixed(d.layers[l]!.gradients, l)));
      Object.assign(wanted, Object.fromEntries(prefixed(all('grads', 'params', `layer${l}`), l)));
      for (const name of ['h0', 'c0']) wanted[`${l}.${name}`] = of(at('grads', 'inputs', name), l);
    }
    expectGradients(got, wanted);
    for (const l of [0, 1])
      expectGradients(d.layers[l]!.states, {
        h: at('grads', 'states', `h_layer${l}`),
        c: at('grads', 'states', `c_layer${l}`),
      });
  });

  it('refuses no layers at all', () => {
    const sizes = { T: 1, B: 1, D: 1 };
    expect(() => stacked(new Arena(), [], sizes, { x: new Float64Array(1) })).toThrow(EngineError);
  });
});
