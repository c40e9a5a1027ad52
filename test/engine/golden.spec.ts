import { describe, expect, it } from 'vitest';
import { Arena, cells, createParameters } from '../../src/engine/index.js';
import { distance, flat, golden as goldenFile, largest } from './golden-file.js';
import type { Arrays, CellKind, Dims } from '../../src/engine/index.js';
import type { Nested } from './golden-file.js';

interface Golden {
  config: Dims;
  inputs: Record<string, Nested> & { upstream: Record<string, Nested> };
  params: Record<string, Nested>;
  outputs: Record<string, Nested>;
  grads: Record<'inputs' | 'params' | 'states', Record<string, Nested>>;
}

const files = [
  ['rnn', 'rnn_elman_base'],
  ['lstm', 'lstm_base'],
  ['gru', 'gru_reset_before_base'],
] as const satisfies readonly (readonly [CellKind, string])[];

describe.each(files)('%s agrees with PyTorch float64 (%s)', (kind, file) => {
  const golden = goldenFile<Golden>(file);
  const cell = cells[kind];
  const arena = new Arena();
  const parameters = createParameters(arena, cell, golden.config);
  for (const name of Object.keys(cell.parameters))
    parameters[name]!.set(flat(golden.params[name]!));
  const { upstream, ...given } = golden.inputs;
  const named = (record: Record<string, Nested>): Arrays =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, flat(value)]));
  const run = cell.forward(
    arena,
    golden.config,
    parameters,
    named(given) as Arrays & { x: Float64Array },
  );
  const { gradients, states } = cell.backward(arena, run, named(upstream));

  it.each(Object.keys(cell.outputs))('output %s', (name) => {
    const want = flat(golden.outputs[name]!);
    expect(distance({ ...run.outputs, ...run.finals }[name]!, want)).toBeLessThanOrEqual(
      1e-12 * largest(want),
    );
  });

  const wanted = { ...golden.grads.inputs, ...golden.grads.params };
  const names = [...Object.keys(cell.parameters), ...Object.keys(cell.initial), 'x'];
  const scale = Math.max(...names.map((name) => largest(flat(wanted[name]!))));
  it('covers all that comes out of the cell', () => {
    expect(Object.keys(golden.outputs)).toEqual(expect.arrayContaining(Object.keys(cell.outputs)));
    expect(Object.keys(states)).toEqual(Object.keys(golden.grads.states));
  });
  it.each(names)('gradient of %s', (name) => {
    expect(distance(gradients[name]!, flat(wanted[name]!))).toBeLessThanOrEqual(1e-12 * scale);
  });
  it.each(Object.keys(golden.grads.states))('total gradient that reached state %s', (name) => {
    expect(distance(states[name]!, flat(golden.grads.states[name]!))).toBeLessThanOrEqual(
      1e-12 * scale,
    );
  });
});
