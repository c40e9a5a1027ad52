/**
 * The equations of src/notation against the engine's numbers: the catalogue is worked through in its own
 * order, each equation on the values that the ones before it gave, and every left side is compared with
 * what the engine computed there. An equation for which the engine has nothing to say fails here.
 */
import { describe, expect, it } from 'vitest';
import {
  Arena,
  cells,
  createParameters,
  extent,
  fillUniform,
  parameterCount,
  resolve,
  rng,
} from '../../src/engine/index.js';
import { equation, equations as everyEquation, evaluate } from '../../src/notation/index.js';
import type { Arrays, Dims, Rng, Shape } from '../../src/engine/index.js';
import type { CellName, Equation, Value } from '../../src/notation/index.js';

type Values = Record<string, Value>;

/** The equations of cells; those of layers are held against the engine beside the layers. */
const equations = everyEquation.filter((eq): eq is typeof eq & { readonly cell: CellName } =>
  Object.hasOwn(cells, eq.cell),
);
const isCount = (eq: Equation) => eq.id.endsWith('.parameters');
const of = (kind: CellName) => equations.filter((eq) => eq.cell === kind && !isCount(eq));
const isForward = (eq: Equation) => !eq.id.includes('.backward.');

/** A flat array in the form that its shape gives it: a vector, or a matrix by rows. */
function shaped(array: Float64Array, shape: Shape, dims: Dims): Value {
  const [m, n] = resolve(shape, dims);
  if (n === undefined) return array.slice();
  return Array.from({ length: m! }, (_, j) => array.slice(j * n, (j + 1) * n));
}
const flat = (value: Value): number[] =>
  typeof value === 'number'
    ? [value]
    : value instanceof Float64Array
      ? [...value]
      : value.flatMap((row) => [...row]);
const formOf = (value: Value): string =>
  typeof value === 'number'
    ? 'number'
    : value instanceof Float64Array
      ? `(${value.length})`
      : `(${value.length}, ${[...new Set(value.map((row) => row.length))].join('|')})`;

/** Which symbol the gradient that arrives at an output has in the equations. */
const arrives: { readonly [K in CellName]: Readonly<Record<string, string>> } = {
  rnn: { h: 'dhNext', y: 'dy' },
  lstm: { h: 'dh', c: 'dcNext' },
  gru: { h: 'dh' },
  'lstm-peephole': { h: 'dh', c: 'dcNext' },
  'lstm-peephole-forget': { h: 'dh', c: 'dcNext' },
  'lstm-coupled': { h: 'dh', c: 'dcNext' },
  'gru-reset-after': { h: 'dh' },
};
/** What a step sends back to the states of the step before. */
type SendsBack = (step: Values, H: number) => Record<string, Value>;
const lstmSendsBack: SendsBack = ({ dhx, dcPrev }, H) => ({
  h: (dhx as Float64Array).slice(0, H),
  c: dcPrev!,
});
const sendsBack: { readonly [K in CellName]: SendsBack } = {
  rnn: ({ dhPrev }) => ({ h: dhPrev! }),
  lstm: lstmSendsBack,
  gru: ({ dhPrev }) => ({ h: dhPrev! }),
  'lstm-peephole': lstmSendsBack,
  'lstm-peephole-forget': lstmSendsBack,
  'lstm-coupled': lstmSendsBack,
  'gru-reset-after': ({ dhPrev }) => ({ h: dhPrev! }),
};

/** Everything at a seeded point: what is given, and what the engine makes of it, forward and backward. */
function enginePoint(kind: CellName, dims: Dims, seed: number) {
  const random: Rng = rng(seed);
  const cell = cells[kind];
  const arena = new Arena();
  const draw = (shape: Shape) => {
    const array = new Float64Array(resolve(shape, dims).reduce((a, b) => a * b, 1));
    fillUniform(array, random, -1, 1);
    return array;
  };
  const drawAll = (shapes: Readonly<Record<string, Shape>>): Arrays =>
    Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, draw(shape)]));
  const parameters = createParameters(arena, cell, dims);
  fillUniform(parameters.slab, random, -1, 1);
  const initial = drawAll(cell.initial);
  const x = draw(['T', 'B', 'D']);
  const upstream = drawAll(cell.outputs);
  const run = cell.forward(arena, dims, parameters, { x, ...initial });
  return {
    cell,
    parameters,
    initial,
    x,
    upstream,
    run,
    ...cell.backward(arena, run, upstream),
  };
}
type Point = ReturnType<typeof enginePoint>;

/** The equations of one cell worked over a batch of sequences: the values of every symbol at [n][t]. */
function worked(kind: CellName, dims: Dims, point: Point): Values[][] {
  const { T, B, D, H } = dims;
  const own = of(kind);
  const parameters = Object.fromEntries(
    Object.entries(point.cell.parameters).map(([name, shape]) => [
      name,
      shaped(point.parameters[name]!, shape, dims),
    ]),
  );
  const at = (array: Float64Array, row: number, size: number) =>
    array.slice(row * size, (row + 1) * size);
  return Array.from({ length: B }, (_, n) => {
    let state: Values = Object.fromEntries(
      Object.entries(point.initial).map(([name, array]) => [`${name[0]!}Prev`, at(array, n, H)]),
    );
    const steps = Array.from({ length: T }, (__, t): Values => {
      const step: Values = { ...parameters, ...state, x: at(point.x, t * B + n, D) };
      for (const eq of own.filter(isForward)) step[eq.defines] = evaluate(eq, step);
      state = Object.fromEntries(Object.keys(state).map((name) => [name, step[name[0]!]!]));
      return step;
    });
    let carried: Record<string, Value> = {};
    for (const [t, step] of [...steps.entries()].reverse()) {
      for (const [output, symbol] of Object.entries(arrives[kind])) {
        const size = extent(point.cell.outputs[output]![2]!, dims);
        const back = carried[output] as Float64Array | undefined;
        step[symbol] = at(point.upstream[output]!, t * B + n, size).map(
          (v, j) => v + (back?.[j] ?? 0),
        );
      }
      for (const eq of own.filter((one) => !isForward(one))) step[eq.defines] = evaluate(eq, step);
      carried = sendsBack[kind](step, H);
    }
    return steps;
  });
}

/** What the engine has for each symbol that an equation may define; at T = 1 and B = 1. */
function counterparts(kind: CellName, dims: Dims, point: Point): Values {
  const { H } = dims;
  const { run, gradients, states, cell } = point;
  const block = (k: number) => run.tape.gates!.slice(k * H, (k + 1) * H);
  // db = da where there is one step of one sequence.
  const preactivation = (bias: string) => (gradients as Arrays)[bias]!;
  const common: Values = {
    ...run.outputs,
    dhPrev: gradients.h0!,
    dx: gradients.x!,
    ...Object.fromEntries(
      Object.entries(cell.parameters).map(([name, shape]) => [
        `d${name}`,
        shaped(gradients[name]!, shape, dims),
      ]),
    ),
  };
  const lstmValues = (): Values => ({
    ...{ f: block(0), i: block(1), cTilde: block(2), o: block(3) },
    ...{ daf: preactivation('bf'), dai: preactivation('bi') },
    ...{ dac: preactivation('bc'), dao: preactivation('bo') },
    dc: states.c!,
    dcPrev: gradients.c0!,
    dhx: Float64Array.of(...gradients.h0!, ...gradients.x!),
  });
  const gruValues = (): Values => ({
    ...{ z: block(0), r: block(1), hTilde: block(2) },
    ...{ daz: preactivation('bz'), dar: preactivation('br'), dah: preactivation('bh') },
  });
  const own: { readonly [K in CellName]: () => Values } = {
    rnn: () => ({ dh: states.h!, da: preactivation('bh') }),
    lstm: lstmValues,
    gru: gruValues,
    'lstm-peephole': lstmValues,
    'lstm-peephole-forget': lstmValues,
    'lstm-coupled': () => ({
      ...{ f: block(0), i: block(0).map((f) => 1 - f), cTilde: block(1), o: block(2) },
      ...{ daf: preactivation('bf'), dac: preactivation('bc'), dao: preactivation('bo') },
      ...{ dc: states.c!, dcPrev: gradients.c0! },
      dhx: Float64Array.of(...gradients.h0!, ...gradients.x!),
    }),
    'gru-reset-after': () => ({
      ...gruValues(),
      ahh: run.tape.ahh!,
      dahh: preactivation('bhh'),
    }),
  };
  return { ...common, ...own[kind]() };
}

/** Same form, and no entry apart by more than 1e-12 of the largest. */
function expectSame(what: string, got: Value | undefined, engine: Value | undefined): void {
  if (engine === undefined) expect.fail(`${what}: the engine has no counterpart.`);
  if (got === undefined) expect.fail(`${what}: no equation defines it.`);
  expect(formOf(got), what).toBe(formOf(engine));
  const wanted = flat(engine);
  const largest = Math.max(...wanted.map(Math.abs));
  expect(largest, `${what}: all zero says nothing`).toBeGreaterThan(0);
  for (const [j, v] of flat(got).entries())
    expect(Math.abs(v - wanted[j]!), `${what}[${j}]`).toBeLessThanOrEqual(1e-12 * largest);
}

const sizes = [
  { D: 3, H: 4 },
  { D: 5, H: 2 },
  { D: 1, H: 3 },
  { D: 4, H: 1 },
];
const dimsOf = (kind: CellName, T: number, B: number, size: (typeof sizes)[number]): Dims => ({
  T,
  B,
  ...size,
  ...(kind === 'rnn' ? { O: size.H + size.D } : {}),
});
const seeds = [1, 2, 3, 4, 5];

/** The cells that have equations; a variant of the engine may have none. */
const kinds = [...new Set(equations.map(({ cell }) => cell))];

describe.each(equations.filter((eq) => !isCount(eq)))('$id', (eq) => {
  it.each(sizes)('is what the engine computes at D = $D, H = $H', (size) => {
    const dims = dimsOf(eq.cell, 1, 1, size);
    for (const seed of seeds) {
      const point = enginePoint(eq.cell, dims, seed);
      const [[step]] = worked(eq.cell, dims, point) as [[Values]];
      expectSame(eq.id, evaluate(eq, step), counterparts(eq.cell, dims, point)[eq.defines]);
    }
  });

  it("gives parameters the shapes of the engine's table", () => {
    const table: Readonly<Record<string, Shape>> = cells[eq.cell].parameters;
    for (const [symbol, shape] of Object.entries(eq.symbols))
      for (const name of [symbol, symbol.replace(/^d/, '')])
        if (table[name]) expect(shape, symbol).toEqual(table[name]);
  });
});

it('would fail for an equation that the engine knows nothing of', () => {
  const spare = equation('lstm.spare', {
    says: 'nothing that the engine keeps',
    symbols: { dcNext: ['H'], dc: ['H'], f: ['H'] },
    is: 'dcNext = dc .* f',
  });
  const dims = dimsOf('lstm', 1, 1, sizes[0]!);
  const point = enginePoint('lstm', dims, 1);
  const [[step]] = worked('lstm', dims, point) as [[Values]];
  const known = counterparts('lstm', dims, point);
  expect(() => expectSame(spare.id, evaluate(spare, step), known[spare.defines])).toThrow(
    'no counterpart',
  );
});

describe.each(equations.filter(isCount))('$id', (eq) => {
  it.each([...sizes, { D: 128, H: 256 }])('counts what the engine allocates at %o', (size) => {
    expect(evaluate(eq, size)).toBe(parameterCount(cells[eq.cell], size));
  });
});

describe.each(kinds)('%s, over a sequence and a batch', (kind) => {
  it.each(sizes)('has gradients that are the sum of its steps at D = $D, H = $H', (size) => {
    const dims = dimsOf(kind, 5, 3, size);
    for (const seed of seeds) {
      const point = enginePoint(kind, dims, seed);
      const steps = worked(kind, dims, point);
      for (const [name, shape] of Object.entries<Shape>(point.cell.parameters)) {
        const parts = steps.flat().map((step) => flat(step[`d${name}`]!));
        const sum = Float64Array.from(parts[0]!, (_, j) =>
          parts.reduce((total, part) => total + part[j]!, 0),
        );
        const engine = shaped(point.gradients[name]!, shape, dims);
        expectSame(`d${name}`, shaped(sum, shape, dims), engine);
      }
      for (const state of Object.keys(point.initial)) {
        const first = steps.map(([step]) => flat(sendsBack[kind](step!, dims.H)[state[0]!]!));
        expectSame(`d${state}`, Float64Array.from(first.flat()), point.gradients[state]);
      }
    }
  });
});
