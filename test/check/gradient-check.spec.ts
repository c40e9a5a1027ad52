/** The checker itself: it accepts what is right and says where a gradient is wrong. mutants.spec.ts has its score. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellKinds } from '../../src/engine/index.js';
import { cellProblem, checkGradient, planted } from '../../src/check/index.js';
import type { CellKind, Dims } from '../../src/engine/index.js';
import type { Differentiable, Tensor } from '../../src/check/index.js';

const dimsOf = (kind: CellKind, T: number, B: number, D: number, H: number): Dims => ({
  T,
  B,
  D,
  H,
  ...(kind === 'rnn' ? { O: 2 } : {}),
});
const shapes = fc.record({
  T: fc.integer({ min: 1, max: 6 }),
  B: fc.integer({ min: 1, max: 3 }),
  D: fc.integer({ min: 1, max: 4 }),
  H: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});
const bits = (arrays: readonly Float64Array[]): bigint[] =>
  arrays.flatMap((a) => [...new BigUint64Array(a.slice().buffer)]);

describe.each(cellKinds)('%s', (kind) => {
  // The three cells of the interview get every loss scale, their variants a share.
  const basic = ['rnn', 'lstm', 'gru'].includes(kind);
  const loss = basic ? [1, 1e-3, 1e-6, 1e6] : [1e-6, 1];

  it.each(loss)(
    'accepts the engine at loss scale %s, with both oracles, at any shape',
    (lossScale) => {
      fc.assert(
        fc.property(shapes, ({ T, B, D, H, seed }) => {
          const problem = cellProblem(kind, dimsOf(kind, T, B, D, H), seed, { lossScale });
          const { passed, tensors, faults } = checkGradient(problem, { T, B });
          expect(faults).toEqual([]);
          expect(tensors.filter((tensor) => !tensor.passed)).toEqual([]);
          expect(passed).toBe(true);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('has a textbook backward pass that agrees with the engine where nothing is planted', () => {
    fc.assert(
      fc.property(shapes, ({ T, B, D, H, seed }) => {
        const dims = dimsOf(kind, T, B, D, H);
        const problem = cellProblem(kind, dims, seed);
        const values = problem.tensors.map((tensor) => tensor.values);
        const named = Object.fromEntries(
          problem.tensors.map((tensor) => [tensor.name, tensor.values]),
        );
        const textbook = planted(kind, 'none', dims, named, problem.upstream);
        const gradients = problem.gradient(values);
        // A gate that is nearly shut leaves of its own gradient little but the rounding of 1 - tanh².
        const scale = Math.max(...gradients.flatMap((gradient) => [...gradient].map(Math.abs)));
        for (const [k, gradient] of gradients.entries()) {
          for (const [j, g] of gradient.entries())
            expect(Math.abs(g - textbook[problem.tensors[k]!.name]![j]!)).toBeLessThanOrEqual(
              1e-12 * scale,
            );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('compares finite numbers where every gate is shut or open', () => {
    // Not: accepts them all. The backward pass has 1 - tanh² and σ (1 - σ) of a tape, which cancel there.
    fc.assert(
      fc.property(shapes, fc.constantFrom(20, 720, 1000), ({ T, B, D, H, seed }, size) => {
        const problem = cellProblem(kind, dimsOf(kind, T, B, D, H), seed);
        for (const { name, values } of problem.tensors)
          if (name.startsWith('b')) values.forEach((v, j) => (values[j] = v < 0.5 ? -size : size));
        const { tensors, faults } = checkGradient(problem);
        expect(faults).toEqual([]);
        for (const { norm, maxError, worst, complexStep, fivePoint } of tensors)
          for (const v of [norm, maxError, worst!.analytic, worst!.numeric, complexStep!.bar, fivePoint!.bar])
            expect(v).toSatisfy(Number.isFinite);
      }),
      { numRuns: 10 },
    );
  }); // prettier-ignore

  it('leaves the values as they were, bit for bit', () => {
    const problem = cellProblem(kind, dimsOf(kind, 4, 2, 3, 2), 5);
    const before = bits(problem.tensors.map((tensor) => tensor.values));
    checkGradient(problem);
    expect(bits(problem.tensors.map((tensor) => tensor.values))).toEqual(before);
  });

  it('finds one wrong entry anywhere, at its index and with its ratio', () => {
    const problem = cellProblem(kind, dimsOf(kind, 4, 2, 3, 2), 9);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom(-1, 0, 0.5, 1.01, 3), (a, b, factor) => {
        const k = a % problem.tensors.length;
        const tensor = problem.tensors[k]!;
        const j = b % tensor.values.length;
        const wrong: Differentiable = {
          ...problem,
          gradient: (values) => {
            const gradients = problem.gradient(values).map((g) => g.slice());
            gradients[k]![j]! *= factor;
            return gradients;
          },
        };
        const report = checkGradient(wrong, { method: 'complex-step' });
        expect(report.tensors.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([
          tensor.name,
        ]);
        const { index, ratio } = report.tensors[k]!.worst!;
        const flat = index.reduce((sum, i, axis) => sum * tensor.shape[axis]! + i, 0);
        expect(flat).toBe(j);
        expect(ratio).toBeCloseTo(factor, 6);
      }),
      { numRuns: 40 },
    );
  });
});

describe('an all-zero gradient of a state that has almost vanished', () => {
  it('is rejected, where an absolute floor of 1e-5 would accept it', () => {
    const problem = cellProblem('rnn', dimsOf('rnn', 60, 1, 2, 3), 3);
    for (const name of ['h', 'y']) problem.upstream[name]!.fill(0); // only the last state is read
    const h0 = problem.tensors.findIndex(({ name }) => name === 'h0');
    const zero: Differentiable = {
      ...problem,
      gradient: (values) =>
        problem.gradient(values).map((g, k) => (k === h0 ? new Float64Array(g.length) : g)),
    };
    const report = checkGradient(zero).tensors[h0]!;
    expect(report.norm).toBeGreaterThan(0);
    expect(report.norm).toBeLessThan(1e-5);
    expect(report.passed).toBe(false);
    expect(report.says).toContain('Zero on every entry');
  });
});

it.each([NaN, Infinity])('says where a claimed gradient is %s, and nothing of factors', (bad) => {
  const problem = cellProblem('rnn', dimsOf('rnn', 3, 1, 2, 3), 3);
  const broken: Differentiable = {
    ...problem,
    gradient: (values) =>
      problem.gradient(values).map((g, k) => {
        if (k === 0) g[4] = bad;
        return k === 1 ? g.map(() => bad) : g;
      }),
  };
  for (const method of ['complex-step', 'fast'] as const) {
    const { tensors } = checkGradient(broken, { method });
    expect(tensors[0]).toMatchObject({ passed: false });
    expect(tensors[0]!.says).toBe(`The claimed gradient is ${bad} at unit 2, from x[0].`);
    expect(tensors[1]!.says).toBe(`The claimed gradient is ${bad} at unit 0, from h[0].`);
  }
});

it('tells what a saturated gate has lost: σ(1 - σ) holds to about 2⁻⁵³ / (1 - σ)', () => {
  const worst = (bias: number): number => {
    const problem = cellProblem('lstm', dimsOf('lstm', 3, 1, 2, 3), 3);
    problem.tensors.find(({ name }) => name === 'bo')!.values.fill(bias);
    const { tensors } = checkGradient(problem, { method: 'complex-step' });
    return tensors.find(({ name }) => name === 'bo')!.maxError;
  };
  expect(worst(10)).toBeLessThan(1e-9);
  const lost = 2 ** -53 * Math.exp(25); // of 1 - σ(25)
  expect(worst(25)).toBeGreaterThan(lost / 100);
  expect(worst(25)).toBeLessThan(10 * lost);
});

it('knows the mistakes that it plants, and no others', () => {
  const dims = dimsOf('lstm', 3, 1, 2, 3);
  const problem = cellProblem('lstm', dims, 3, { mistake: 'no-cel-carry' });
  expect(() => checkGradient(problem)).toThrow(/has no mistake no-cel-carry/);
});

describe('functions that cannot be checked', () => {
  const square = (
    loss: (v: Float64Array) => number,
    gradient: (v: Float64Array) => Float64Array,
  ): Differentiable => {
    const tensor: Tensor = {
      name: 'w',
      shape: [2],
      axes: ['H'],
      values: Float64Array.of(0.5, -0.25),
    };
    return { tensors: [tensor], loss: ([v]) => loss(v!), gradient: ([v]) => [gradient(v!)] };
  };
  const right = {
    loss: (v: Float64Array) => v[0]! ** 2 + v[1]! ** 2,
    gradient: (v: Float64Array) => v.map((x) => 2 * x),
  };

  it('passes a right gradient by differences alone', () => {
    expect(checkGradient(square(right.loss, right.gradient)).passed).toBe(true);
  });
  it('names non-determinism', () => {
    let calls = 0;
    const report = checkGradient(square((v) => right.loss(v) + calls++ * 1e-9, right.gradient));
    expect(report.faults.join()).toContain('different losses');
  });
  it('names inputs that were changed', () => {
    const report = checkGradient(square(right.loss, (v) => v.map((x, j) => (v[j] = 2 * x))));
    expect(report.faults.join()).toContain('changed its input w');
  });
  it('names a gradient of the wrong length', () => {
    const report = checkGradient(square(right.loss, () => new Float64Array(1)));
    expect(report.passed).toBe(false);
    expect(report.faults.join()).toContain('1 entries where w has 2');
  });
  it('names a kink instead of a mistake', () => {
    const kinked = square(
      (v) => Math.abs(v[0]! - 0.5) + v[1]!,
      () => Float64Array.of(1, 1),
    );
    expect(checkGradient(kinked).tensors[0]!.says).toContain('kink');
  });
  it('never passes a gradient that is not a number', () => {
    expect(checkGradient(square(right.loss, () => Float64Array.of(NaN, NaN))).passed).toBe(false);
    expect(checkGradient(square(() => NaN, right.gradient)).passed).toBe(false);
  });
});
