import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../src/check/index.js';
import { Arena, log, meanSquaredError, softmaxCrossEntropy } from '../../src/engine/index.js';
import { softmax } from '../../src/check/textbook/attention.js';
import { distance, flat, golden, largest } from './golden-file.js';
import type { Algebra, Differentiable } from '../../src/check/index.js';
import type { Nested } from './golden-file.js';

describe('softmax cross-entropy', () => {
  const { config, inputs, outputs, grads } = golden<{
    config: { N: number; C: number };
    inputs: { logits: Nested; targets: number[] };
    outputs: Record<'probabilities' | 'loss' | 'loss_mean' | 'loss_sum', Nested>;
    grads: Record<'logits_mean' | 'logits_sum', Nested>;
  }>('softmax_ce_base');
  const logits = flat(inputs.logits);

  it.each(['mean', 'sum'] as const)('agrees with PyTorch float64: %s', (reduction) => {
    const run = softmaxCrossEntropy(new Arena(), config, logits, inputs.targets, { reduction });
    const near = (got: Float64Array, want: Nested) =>
      expect(distance(got, flat(want))).toBeLessThanOrEqual(1e-12 * largest(flat(want)));
    near(run.probabilities, outputs.probabilities);
    near(run.losses, outputs.loss);
    near(Float64Array.of(run.loss), outputs[`loss_${reduction}`]);
    near(run.gradient, grads[`logits_${reduction}`]);
  });

  it('is stable: no overflow, and no loss of the tail to a rounded probability', () => {
    const of = (...z: number[]) =>
      softmaxCrossEntropy(new Arena(), { N: 1, C: z.length }, Float64Array.from(z), [0]);
    expect(of(-1000, 1000).loss).toBe(2000);
    expect(of(1e308, -1e308).loss).toBe(0);
    expect(of(-800, -800).loss).toBe(log(2));
    // e^-1000 is 0 in floats, and so is all that is made of it; e^-40 is not, although 1 + e^-40 is 1.
    expect([...of(1000, 0).gradient]).toEqual([0, 0]);
    const { loss, gradient } = of(40, 0);
    for (const small of [loss, -gradient[0]!, gradient[1]!])
      expect(Math.abs(small / Math.exp(-40) - 1)).toBeLessThan(1e-14);
    expect([...of(0, 1000).gradient]).toEqual([-1, 1]);
  });

  it('leaves masked rows out of the loss, the mean and the gradient, whatever stands in them', () => {
    const mask = Uint8Array.of(1, 0, 1, 0, 1);
    const C = config.C;
    const bad = logits.map((v, j) => (mask[Math.floor(j / C)] ? v : NaN));
    const targets = inputs.targets.map((k, n) => (mask[n] ? k : -1));
    const run = softmaxCrossEntropy(new Arena(), config, bad, targets, { mask });
    const kept = [0, 2, 4];
    const rows = (array: Float64Array) => kept.flatMap((n) => [...array.slice(n * C, (n + 1) * C)]);
    const short = softmaxCrossEntropy(
      new Arena(),
      { N: 3, C },
      Float64Array.from(rows(logits)),
      kept.map((n) => inputs.targets[n]!),
    );
    expect(run.loss).toBe(short.loss);
    expect(rows(run.gradient)).toEqual([...short.gradient]);
    expect(run.gradient.slice(C, 2 * C).every((v) => v === 0)).toBe(true);
    const none = softmaxCrossEntropy(new Arena(), config, bad, targets, {
      mask: new Uint8Array(5),
    });
    expect([none.loss, largest(none.gradient)]).toEqual([0, 0]);
  });

  it('has rows of gradient that sum to zero, and a loss of at least zero', () => {
    const row = fc.array(fc.integer({ min: -800, max: 800 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(row, fc.nat(), (z, k) => {
        const sizes = { N: 1, C: z.length };
        const run = softmaxCrossEntropy(new Arena(), sizes, Float64Array.from(z), [k % z.length]);
        expect(run.loss).toBeGreaterThanOrEqual(0);
        expect(Math.abs(run.gradient.reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(1e-15 * 9);
      }),
    );
  });

  it('refuses what is not a class', () => {
    for (const target of [-1, 7, 1.5, NaN])
      expect(() =>
        softmaxCrossEntropy(new Arena(), { N: 1, C: 7 }, logits.slice(0, 7), [target]),
      ).toThrow(/target 0 to be a class 0 … 6/);
    expect(() => softmaxCrossEntropy(new Arena(), { N: 2, C: 7 }, logits, [0, 1])).toThrow(
      /logits \(N,C\) to have 14 entries, got 35/,
    );
  });
});

describe('gradients of the losses, against both oracles', () => {
  const [N, C] = [4, 3];
  const values = Float64Array.from({ length: N * C }, (_, j) => Math.sin(3 * j + 1) * 2);
  const targets = Float64Array.from({ length: N * C }, (_, j) => Math.cos(5 * j));
  const classes = [2, 0, 1, 1];
  const mask = Uint8Array.of(1, 1, 0, 1);
  const problem = (
    run: (z: Float64Array) => { loss: number; gradient: Float64Array },
    lossOver: <S>(ops: Algebra<S>, z: readonly S[]) => S,
  ): Differentiable => ({
    tensors: [{ name: 'z', shape: [N, C], axes: ['N', 'C'], values }],
    loss: ([z]) => run(z!).loss,
    gradient: ([z]) => [run(z!).gradient],
    lossOver: (ops, [z]) => lossOver(ops, z!),
  });
  const over = <S>(ops: Algebra<S>, row: (n: number) => S): S =>
    ops.div([0, 1, 3].map(row).reduce(ops.add), ops.constant(3));

  it('softmax cross-entropy', () => {
    const check = checkGradient(
      problem(
        (z) => softmaxCrossEntropy(new Arena(), { N, C }, z, classes, { mask }),
        (ops, z) =>
          over(ops, (n) => {
            const p = softmax(ops, z.slice(n * C, (n + 1) * C))[classes[n]!]!;
            return ops.sub(ops.constant(0), ops.log(p));
          }),
      ),
    );
    expect(check).toMatchObject({ passed: true, faults: [] });
  });
  it('mean squared error', () => {
    const check = checkGradient(
      problem(
        (z) => meanSquaredError(new Arena(), { N, C }, z, targets, { mask }),
        (ops, z) =>
          over(ops, (n) => {
            const squares = [0, 1, 2].map((j) => {
              const e = ops.sub(z[n * C + j]!, ops.constant(targets[n * C + j]!));
              return ops.mul(e, e);
            });
            return ops.div(squares.reduce(ops.add), ops.constant(C));
          }),
      ),
    );
    expect(check).toMatchObject({ passed: true, faults: [] });
  });
  it('mean squared error, by hand: ((1-3)² + (2-2)²) / 2 = 2, gradient (1-3, 0)', () => {
    const run = meanSquaredError(
      new Arena(),
      { N: 1, C: 2 },
      Float64Array.of(1, 2),
      Float64Array.of(3, 2),
    );
    expect([run.loss, ...run.gradient]).toEqual([2, -2, 0]);
  });
});
