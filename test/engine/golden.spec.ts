import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Arena, cells, createParameters } from '../../src/engine/index.js';
import type { Arrays, CellKind, Dims } from '../../src/engine/index.js';

type Nested = number | Nested[];
interface Golden {
  config: Dims;
  inputs: Record<string, Nested> & { upstream: Record<string, Nested> };
  params: Record<string, Nested>;
  outputs: Record<string, Nested>;
  grads: Record<'inputs' | 'params' | 'states', Record<string, Nested>>;
}

const flat = (nested: Nested): Float64Array => Float64Array.from([nested].flat(9) as number[]);
const largest = (array: Float64Array): number =>
  array.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
const distance = (a: Float64Array, b: Float64Array): number =>
  a.length === b.length ? a.reduce((m, v, j) => Math.max(m, Math.abs(v - b[j]!)), 0) : Infinity;

const files = [
  ['rnn', 'rnn_elman_base'],
  ['lstm', 'lstm_base'],
  ['gru', 'gru_reset_before_base'],
] as const satisfies readonly (readonly [CellKind, string])[];

describe.each(files)('%s agrees with PyTorch float64 (%s)', (kind, file) => {
  const golden = JSON.parse(
    readFileSync(new URL(`../golden/${file}.json`, import.meta.url), 'utf8'),
  ) as Golden;
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

  const names = Object.keys({ ...run.outputs, ...run.finals }).filter(
    (name) => name in golden.outputs,
  );
  it.each(names)('output %s', (name) => {
    const want = flat(golden.outputs[name]!);
    expect(distance({ ...run.outputs, ...run.finals }[name]!, want)).toBeLessThanOrEqual(
      1e-12 * largest(want),
    );
  });

  const wanted = { ...golden.grads.inputs, ...golden.grads.params };
  const scale = Math.max(
    ...Object.keys(gradients)
      .filter((n) => n in wanted)
      .map((n) => largest(flat(wanted[n]!))),
  );
  it.each([...Object.keys(cell.parameters), ...Object.keys(cell.initial), 'x'])(
    'gradient of %s',
    (name) => {
      expect(distance(gradients[name]!, flat(wanted[name]!))).toBeLessThanOrEqual(1e-12 * scale);
    },
  );
  it.each(Object.keys(golden.grads.states))('total gradient that reached state %s', (name) => {
    expect(distance(states[name]!, flat(golden.grads.states[name]!))).toBeLessThanOrEqual(
      1e-12 * scale,
    );
  });
});
