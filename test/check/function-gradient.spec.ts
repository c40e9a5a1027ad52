/** A backward pass over named values against its forward pass: the contract, and every way to break it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stopped, checkFunction } from '../../src/check/index.js';
import type { Callable, FunctionPair, NamedValues } from '../../src/check/index.js';

type Plain = (given: NamedValues) => NamedValues;
const copied = (values: NamedValues): NamedValues => structuredClone(values);

/** A function of this process as one that answers later, with a copy of its inputs. */
const later =
  (f: (given: NamedValues) => NamedValues): Callable =>
  (given) => {
    const inputs = copied(given);
    const outputs = copied(f(inputs));
    return Promise.resolve({ outputs, inputsAfter: inputs });
  };

interface Point {
  W: Float64Array[];
  x: Float64Array;
}
const forward = ({ W, x }: Point) => ({
  y: Float64Array.from(W, (row) => Math.tanh(row.reduce((sum, w, k) => sum + w * x[k]!, 0))),
});
const backward = ({ W, x, dy }: Point & { dy: Float64Array }) => {
  const da = forward({ W, x }).y.map((y, j) => dy[j]! * (1 - y * y));
  return {
    dW: W.map((_, j) => x.map((v) => da[j]! * v)),
    dx: x.map((_, k) => W.reduce((sum, row, j) => sum + row[k]! * da[j]!, 0)),
  };
};
const inputs = (m = 2, n = 3) => ({
  W: Array.from({ length: m }, () => new Float64Array(n)),
  x: new Float64Array(n),
});

const names = { forward: 'forward', backward: 'backward', inputs: 'inputs' };
interface Changed {
  inputs?: () => object;
  forward?: (given: never) => object;
  backward?: (given: never) => object;
}
const pairOf = (changed: Changed = {}): FunctionPair => {
  const all = { inputs: () => inputs(), forward, backward, ...changed };
  return {
    names,
    inputs: later(all.inputs as Plain),
    forward: later(all.forward as Plain),
    backward: later(all.backward as Plain),
  };
};
const options = { seed: 7, method: 'five-point', most: 5000 } as const;
const methods = ['five-point', 'fast'] as const;

describe.each(methods)('%s', (method) => {
  it('accepts a right backward pass, of any size, from any seed', async () => {
    const size = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), async (m, n, seed) => {
        const check = await checkFunction(pairOf({ inputs: () => inputs(m, n) }), {
          ...options,
          method,
          seed,
        });
        expect(check).toMatchObject({ passed: true, faults: [], entries: m * n + n });
      }),
      { numRuns: 30 },
    );
  });

  it('finds one wrong entry, and gives the right value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.nat(4), fc.constantFrom(-1, 0, 1.01), async (j, k, factor) => {
        let right = NaN;
        const pair = pairOf({
          inputs: () => inputs(4, 5),
          backward: (given) => {
            const gradients = backward(given);
            right = gradients.dW[j]![k]!;
            gradients.dW[j]![k]! *= factor;
            return gradients;
          },
        });
        const { passed, tensors } = await checkFunction(pair, { ...options, method });
        expect(passed).toBe(false);
        expect(tensors.map((tensor) => tensor.passed)).toEqual([false, true]);
        const { worst } = tensors[0]!;
        expect(worst).toMatchObject({ index: [j, k], where: `row ${j}, column ${k}` });
        expect(worst!.numeric).toBeCloseTo(right, 8);
        expect(worst!.ratio).toBeCloseTo(factor, 6);
      }),
      { numRuns: 15 },
    );
  });

  it('names a kink instead of a mistake', async () => {
    const pair = pairOf({
      inputs: () => ({ x: Float64Array.of(0.5, 0.25) }),
      forward: ({ x }: Point) => ({ loss: Math.abs(x[0]! - 0.5) + x[1]! }),
      backward: () => ({ dx: Float64Array.of(1, 1) }),
    });
    const { tensors } = await checkFunction(pair, { ...options, method });
    expect(tensors[0]!.says).toContain('kink at entry 0');
  });
});

describe.each(methods)('%s, where there is no derivative', (method) => {
  // The gradient that is claimed is the one that central differences give: it agrees, and means nothing.
  it.each<[string, (v: number) => number, number]>([
    ['kink', (v) => Math.max(0, v), 0.5],
    ['kink', Math.abs, 0],
    ['kink', (v) => Math.max(v, 2 * v), 1.5],
    ['jump', Math.sign, 0],
  ])('says %s of %s', async (kind, f, slope) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.double({ min: -3, max: 3, noNaN: true }), async (j, c) => {
        const pair = pairOf({
          inputs: () => ({ x: Float64Array.of(1, 1, 1).fill(0.25, j, j + 1) }),
          forward: ({ x }: Point) => ({ loss: f(x[j]! - 0.25) + c * x[0]! * x[1]! * x[2]! }),
          backward: ({ x }: Point) => ({
            dx: x.map((v, i) => (c * x[0]! * x[1]! * x[2]!) / v + (i === j ? slope : 0)),
          }),
        });
        const { passed, tensors } = await checkFunction(pair, { ...options, method });
        expect(passed).toBe(false);
        expect(tensors[0]!.says).toContain(`has a ${kind} at`);
        if (method === 'five-point') expect(tensors[0]!.says).toContain(`entry ${j},`);
      }),
      { numRuns: 10 },
    );
  });
});

it.each(methods)('%s of a loss that is flat, and of arrays without entries, says no gradient', async (method) => {
  const pair = pairOf({
    inputs: () => ({ x: new Float64Array(2), e: new Float64Array(0), m: [] }),
    forward: () => ({ loss: 4 }),
    backward: () => ({ dx: new Float64Array(2), de: new Float64Array(0), dm: [] }),
  });
  const { passed, tensors } = await checkFunction(pair, { ...options, method });
  expect(passed).toBe(true);
  for (const { verdict, worst, fivePoint, directions } of tensors) {
    expect(verdict).toBe('no gradient');
    expect((fivePoint ?? directions)!.bar).toBe(0);
    if (worst) expect(worst.index).not.toContain(NaN);
  }
  expect(tensors.slice(1).map(({ worst }) => worst)).toEqual([null, null]);
}); // prettier-ignore

it('takes a lone number for the loss itself, and numbers among the inputs for constants', async () => {
  const pair = pairOf({
    inputs: () => ({ x: new Float64Array(3), power: 3 }),
    forward: ({ x, power }: Point & { power: number }) => ({
      loss: x.reduce((sum, v) => sum + v ** power, 0),
    }),
    backward: ({ x, power }: Point & { power: number }) => ({
      dx: x.map((v) => power * v ** (power - 1)),
    }),
  });
  expect(await checkFunction(pair, options)).toMatchObject({ passed: true, entries: 3 });
});

it('checks at the values that are given, and fills only zeros', async () => {
  const seen: number[][] = [];
  const pair = pairOf({
    inputs: () => ({ W: [Float64Array.of(1, 2, 3)], x: new Float64Array(3) }),
    forward: (given: Point) => (seen.push([...given.W[0]!], [...given.x]), forward(given)),
  });
  await checkFunction(pair, options);
  expect(seen[0]).toEqual([1, 2, 3]);
  expect(seen[1]!.every((v) => v !== 0 && Math.abs(v) < 1)).toBe(true);
});

describe('a fault of the functions', () => {
  let calls = 0;
  it.each<[string, Changed]>([
    ['The backward pass changed its input x.', { backward: (g: Point & { dy: Float64Array }) => { const d = backward(g); g.x[0]! += 1; return d; } }],
    ['The forward pass changed its input W.', { forward: (g: Point) => { const y = forward(g); g.W[1]!.fill(9); return y; } }],
    ['Two forward passes over the same values gave different losses.', { forward: (g: Point) => ({ y: forward(g).y.map((v) => v + 1e-9 * calls++) }) }],
    ['Two backward passes over the same values gave different gradients of W.', { backward: (g: never) => ({ ...backward(g), dW: [calls++, 1].map((v) => new Float64Array(3).fill(v)) }) }],
  ])('%s', async (says, changed) => {
    const { passed, faults, tensors } = await checkFunction(pairOf(changed), options);
    expect(passed).toBe(false);
    expect(faults).toContain(says);
    expect(tensors).toEqual([]);
  }); // prettier-ignore
});

/** The values, and 1 under a name; by an assignment some names would be lost. */
const also = (values: object, name: string): object =>
  Object.defineProperty(values, name, { value: 1, enumerable: true });

describe('a broken contract', () => {
  it.each<[string, Changed]>([
    ['inputs gives no array', { inputs: () => ({}) }],
    ['inputs gives no array', { inputs: () => ({ n: 3 }) }],
    ['rows of different lengths', { inputs: () => ({ W: [new Float64Array(2), new Float64Array(3)] }) }],
    ['inputs gives NaN in x', { inputs: () => ({ x: Float64Array.of(1, NaN) }) }],
    ['inputs gives dy, which is the name of the gradient', { inputs: () => ({ ...inputs(), dy: new Float64Array(2) }) }],
    ...Object.getOwnPropertyNames(Object.prototype).flatMap((name): [string, Changed][] => [
      [`inputs gives ${name}, which every object has already`, { inputs: () => also({ x: new Float64Array(1) }, name) }],
      [`forward gives ${name}, which every object has already`, { forward: () => also({ y: 1 }, name) }],
      [`backward returns ${name}, which belongs to nothing`, { backward: (g: never) => also(backward(g), name) }],
    ]),
    ['forward gives NaN in loss close to the inputs', { inputs: () => ({ x: Float64Array.of(1e-4) }), forward: ({ x }: Point) => ({ loss: Math.log(x[0]!) }), backward: ({ x }: Point) => ({ dx: x.map((v) => 1 / v) }) }],
    ['forward returns no value', { forward: () => ({}) }],
    ['forward gives Infinity in y', { forward: () => ({ y: Float64Array.of(Infinity) }) }],
    ['backward returns no dx; it returns dW.', { backward: (g: never) => ({ dW: backward(g).dW }) }],
    ['backward returns dW as (3), where it should be (2, 3).', { backward: (g: never) => ({ ...backward(g), dW: new Float64Array(3) }) }],
    ['backward returns dx as a number', { backward: (g: never) => ({ ...backward(g), dx: 1 }) }],
    ['backward returns dq, which belongs to nothing', { backward: (g: never) => ({ ...backward(g), dq: 1 }) }],
    ['backward gives NaN in dx', { backward: (g: never) => ({ ...backward(g), dx: new Float64Array(3).fill(NaN) }) }],
    ['forward returns y as (', { forward: (g: Point) => ({ y: new Float64Array(g.x[0]! < 0.5 ? 1 : 2) }), inputs: () => ({ x: Float64Array.of(0.5) }), backward: () => ({ dx: Float64Array.of(0) }) }],
  ])('%s', async (says, changed) => {
    const ended = checkFunction(pairOf(changed), options);
    await expect(ended).rejects.toThrow(Stopped);
    await expect(ended).rejects.toThrow(says);
  }); // prettier-ignore

  it('too many numbers for one by one, but not for --fast', async () => {
    const few = { ...options, most: 8 };
    await expect(checkFunction(pairOf(), few)).rejects.toThrow('9 numbers are too many');
    expect(await checkFunction(pairOf(), { ...few, method: 'fast' })).toMatchObject({
      passed: true,
    });
  });
});
