import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementOf } from '../../src/notation/equation.js';
import {
  checkedEquation,
  equationById,
  equations,
  evaluate,
  NotationError,
  type Equation,
  type Value,
} from '../../src/notation/index.js';
import { column, compiled, functions, grid, math } from './mathjs.js';
import { valuesFor } from './point.js';

const dims = fc.record({
  H: fc.integer({ min: 1, max: 6 }),
  D: fc.integer({ min: 1, max: 6 }),
  O: fc.integer({ min: 1, max: 4 }),
  ...{ T: fc.integer({ min: 1, max: 5 }), P: fc.integer({ min: 1, max: 5 }) },
  ...{ A: fc.integer({ min: 1, max: 4 }), S: fc.integer({ min: 1, max: 4 }) },
});
const numbers = (value: Value): number[] =>
  typeof value === 'number'
    ? [value]
    : value instanceof Float64Array
      ? [...value]
      : value.flatMap((row) => [...row]);

describe('evaluate', () => {
  // The backward equations have their own oracle; those with [1:H] are read by mathjs too.
  it.each(equations.map((eq) => [eq.id, eq] as const))('%s agrees with mathjs', (_, eq) => {
    const code = compiled(eq.is);
    fc.assert(
      fc.property(dims, fc.nat(), (sizes, seed) => {
        const values = valuesFor(eq.symbols, sizes, seed);
        const scope = new Map<string, unknown>(functions);
        scope.set('H', sizes.H).set('D', sizes.D);
        for (const [name, value] of Object.entries(values))
          if (name !== eq.defines)
            scope.set(
              name,
              typeof value === 'number'
                ? value
                : value instanceof Float64Array
                  ? column(value)
                  : grid(value),
            );
        code.evaluate(scope);
        const result = scope.get(eq.defines);
        const wanted = math.isMatrix(result)
          ? (math.flatten(result).toArray() as number[])
          : [result as number];
        const got = numbers(evaluate(eq, values));
        expect(got).toHaveLength(wanted.length);
        got.forEach((value, k) => expect(value).toBeCloseTo(wanted[k]!, 12));
      }),
      { numRuns: 15 },
    );
  });

  const cell = equationById('lstm.cell')!;
  const gate = equationById('lstm.forget-gate')!;
  const v = (...all: number[]) => Float64Array.from(all);
  const problem = (run: () => unknown) => {
    try {
      run();
    } catch (fault) {
      if (fault instanceof NotationError) return `${fault.problem}: ${fault.message}`;
      throw fault;
    }
    return 'none';
  };

  it('counts parameters', () => {
    expect(evaluate(equationById('lstm.parameters')!, { H: 256, D: 128 })).toBe(
      4 * (256 * 384 + 256),
    );
    expect(evaluate(equationById('gru.parameters')!, { H: 2, D: 1 })).toBe(3 * (6 + 2));
    expect(evaluate(equationById('rnn.parameters')!, { H: 2, D: 3 })).toBe(4 + 6 + 2);
  });

  it('neither changes nor returns what was given', () => {
    const da = v(1, 2);
    const out = evaluate(equationById('rnn.backward.bh')!, { da });
    expect(out).toEqual(da);
    expect((out as Float64Array).buffer).not.toBe(da.buffer);
    (out as Float64Array)[0] = 9;
    expect(da[0]).toBe(1);
  });

  it('says what is missing or does not fit', () => {
    const good = { f: v(1), cPrev: v(1), i: v(1), cTilde: v(1) };
    expect(problem(() => evaluate(cell, good))).toBe('none');
    const without = { f: v(1), cPrev: v(1), cTilde: v(1) };
    expect(problem(() => evaluate(cell, without))).toMatch(/^missingSymbol: .* i\.$/);
    expect(problem(() => evaluate(cell, Object.create(good) as typeof good))).toMatch(
      /^missingSymbol/,
    );
    expect(problem(() => evaluate(cell, { ...good, i: v(1, 2) }))).toMatch(
      /^wrongShape: i has 2 on the axis H/,
    );
    expect(problem(() => evaluate(cell, { ...good, i: v() }))).toMatch(
      /^wrongShape: i must be a vector \(H\)/,
    );
    expect(problem(() => evaluate(cell, { ...good, i: 3 }))).toMatch(/got a number/);
    expect(problem(() => evaluate(cell, { ...good, i: [1] as never }))).toMatch(/^wrongShape/);
    expect(problem(() => evaluate(cell, { ...good, i: null as never }))).toMatch(/got null/);
  });

  it('deduces H and D, and notices when [h, x] cannot be cut', () => {
    const values = { Wf: [v(1, 2, 3), v(4, 5, 6)], hPrev: v(0, 0), x: v(1), bf: v(0, 0) };
    expect(evaluate(gate, values)).toHaveLength(2);
    expect(problem(() => evaluate(gate, { ...values, x: v(1, 2) }))).toMatch(/^wrongShape: /);
    expect(problem(() => evaluate(gate, { ...values, Wf: [v(1, 2), v(3, 4)] }))).toMatch(
      /^wrongShape: /,
    );
    expect(problem(() => evaluate(gate, { ...values, Wf: [v(1, 2, 3), v(4, 5)] }))).toMatch(
      /unequal/,
    );
    const cut = equationById('gru.backward.reset-gate')!;
    const rest = { dah: v(1, 1), hPrev: v(1, 1), r: v(0.5, 0.5) };
    expect(problem(() => evaluate(cut, { ...rest, Wh: [v(1, 2), v(1, 2)] }))).toMatch(
      /leaves nothing for D/,
    );
  });

  it('is at home at the ends of the range', () => {
    const flood = { Wf: [v(1e308, 1e308)], hPrev: v(1), x: v(1), bf: v(0) };
    expect(evaluate(gate, flood)).toEqual(v(1));
    expect(evaluate(gate, { ...flood, hPrev: v(-1), x: v(-1) })).toEqual(v(0));
    expect(evaluate(gate, { ...flood, x: v(NaN) })).toEqual(v(NaN));
  });
});

describe('equation', () => {
  const build =
    (is: string, symbols: Record<string, readonly string[]>, id = 'lstm.try') =>
    () =>
      checkedEquation(id, { says: 'a try', symbols, is });
  const H = ['H'];

  it('derives cell and left side, and is plain data', () => {
    const eq = build('h = o .* c', { h: H, o: H, c: H })();
    expect(eq).toEqual({
      id: 'lstm.try',
      cell: 'lstm',
      says: 'a try',
      symbols: { h: H, o: H, c: H },
      is: 'h = o .* c',
      defines: 'h',
    });
    expect(evaluate(structuredClone(eq), { o: Float64Array.of(2), c: Float64Array.of(3) })).toEqual(
      Float64Array.of(6),
    );
  });

  it.each<[string, () => unknown, RegExp]>([
    ['undeclared', build('h = o .* c', { h: H, o: H }), /c is used but not declared/],
    ['undeclared left side', build('h = o', { o: H }), /h is used but not declared/],
    ['not in the table', build('h = q', { h: H, q: H }), /q is not in the symbol table/],
    ['no left side', build('o .* c', { o: H, c: H }), /left side/],
    ['both sides', build('h = h .* o', { h: H, o: H }), /both sides/],
    ['two columns', build('h = o * c', { h: H, o: H, c: H }), /no such matrix product/],
    ['wrong left shape', build('h = o', { h: ['D'], o: H }), /not a vector \(D\)/],
    ['row for a column', build("h = o'", { h: H, o: H }), /not a vector/],
    [
      'transpose forgotten',
      build('h = Wxh * o', { h: H, o: H, Wxh: ['D', 'H'] }),
      /not a vector \(H\)/,
    ],
    ['shape', build('h = o', { h: ['4H'], o: H }), /shape/],
    ['cell', build('h = o', { h: H, o: H }, 'cnn.x'), /begin with/],
    ['function', build('h = relu(o)', { h: H, o: H }), /relu is not a function/],
    ['prototype', build('h = toString', { h: H }), /toString is used/],
    ['text', build('h = ', { h: H }), /does not read/],
  ])('refuses: %s', (_, run, says) => {
    expect(run).toThrow(NotationError);
    expect(run).toThrow(says);
  });

  it.each(equations.map((eq): [string, Equation] => [eq.id, eq]))('%s is one', (id, eq) => {
    expect(checkedEquation(id, eq)).toEqual(eq);
    expect(statementOf(eq).defines).toBe(eq.defines);
  });

  it('the catalogue has each id once, declares nothing unused, and gives a name one shape', () => {
    expect(new Set(equations.map((eq) => eq.id)).size).toBe(equations.length);
    const shapes = new Map<string, string>();
    for (const eq of equations) {
      expect(equationById(eq.id)).toBe(eq);
      for (const [name, shape] of Object.entries(eq.symbols)) {
        expect(eq.is, eq.id).toMatch(new RegExp(`\\b${name}\\b`));
        expect(shape.join(), `${name} in ${eq.id}`).toBe(shapes.get(name) ?? shape.join());
        shapes.set(name, shape.join());
      }
    }
    expect(equationById('lstm.nothing')).toBeUndefined();
    expect(equationById('__proto__')).toBeUndefined();
  });
});
