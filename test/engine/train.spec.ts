/**
 * The whole, from a seed: three classical tasks, learnt with the engine's own cells, losses, clipping and
 * Adam. Sizes and steps are chosen to take seconds with the plain loops; every run stops when it is there.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  adam,
  addingBaseline,
  addingBatch,
  characterBatch,
  characterText,
  classifier,
  copyMemoryBaseline,
  copyMemoryBatch,
  copyMemorySizes,
  forgetBias,
  forgetBiasFor,
  lstm,
  regressor,
  rng,
  rnn,
  sgd,
  train,
  unigramEntropy,
} from '../../src/engine/index.js';
import type { Cell, HiddenNames, LstmNames, Model, Parameters } from '../../src/engine/index.js';

/** Calls stop when the mean of the last `over` losses is below `goal`. */
const untilBelow = (goal: number, over: number) => {
  const recent: number[] = [];
  return (_: number, loss: number): boolean => {
    recent.push(loss);
    if (recent.length > over) recent.shift();
    return recent.length === over && recent.reduce((a, b) => a + b, 0) / over < goal;
  };
};

describe('the adding problem, T = 100', () => {
  const dims = { T: 100, B: 16, D: 2, H: 16, O: 1 };
  const steps = 500;

  /** Trains with the same seed, steps, rate and clipping, and is judged on 512 unseen sequences. */
  function attempt(cell: Cell<HiddenNames>, prepare: (p: Parameters<LstmNames>) => void): number {
    const arena = new Arena();
    const random = rng(1);
    const model = regressor(arena, cell, dims, random);
    prepare(model.cell as unknown as Parameters<LstmNames>);
    train({
      ...{ arena, model, steps, random, maxNorm: 1 },
      optimiser: adam(arena, model.parameters, { rate: 0.03 }),
      batch: (scope, draw) => addingBatch(scope, dims, draw),
      onStep: untilBelow(0.005, 30),
    });
    const unseen = rng(99);
    let sum = 0;
    for (let k = 0; k < 32; k++)
      sum += arena.scope(
        () => model.lossAndGradients(arena, addingBatch(arena, dims, unseen)).loss,
      );
    return sum / 32;
  }

  it('is solved by an LSTM whose gates start for a long memory: a tenth of the baseline', () => {
    const loss = attempt(lstm, (p) => {
      forgetBias(p.bf, forgetBiasFor(100)); // f starts at 0.99: a memory of about 100 steps
      p.bi.fill(-2.3); // i starts at 0.1, so that 98 unmarked numbers do not drown two marked ones
      // The two columns of x start three times as large: a mark must be able to open a gate.
      for (const W of [p.Wf, p.Wi, p.Wc, p.Wo])
        for (let j = 0; j < dims.H; j++)
          for (let k = dims.H; k < dims.H + 2; k++) W[j * (dims.H + 2) + k]! *= 3;
    });
    expect(loss).toBeLessThan(addingBaseline / 10);
  }, 120_000);

  it('needs two steps to mark', () => {
    expect(() => addingBatch(new Arena(), { T: 1, B: 1 }, rng(1))).toThrow(
      /expected T >= 2, got 1/,
    );
  });

  it('is not solved by a tanh RNN: no better than always saying 1', () => {
    const loss = attempt(rnn, () => undefined);
    expect(loss).toBeGreaterThan(0.95 * addingBaseline);
  }, 120_000);

  it('the baseline is what always saying 1 costs', () => {
    const arena = new Arena();
    const { targets } = addingBatch(arena, { T: 10, B: 20_000 }, rng(5));
    const loss = targets.reduce((sum, t) => sum + (t - 1) ** 2, 0) / targets.length;
    expect(loss / addingBaseline).toBeGreaterThan(0.97); // the standard error is 0.8 %
    expect(loss / addingBaseline).toBeLessThan(1.03);
  });
});

it('copy memory: three of four symbols over 20 silent steps, an LSTM recalls far above chance', () => {
  const task = { symbols: 4, length: 3, silence: 20 };
  const dims = { ...copyMemorySizes(task), B: 16, H: 32 };
  const arena = new Arena();
  const random = rng(1);
  const model = classifier(arena, lstm, dims, random);
  forgetBias((model.cell as unknown as Parameters<LstmNames>).bf, 3); // f starts at 0.95
  const { losses } = train({
    ...{ arena, model, random, steps: 500, maxNorm: 1 },
    optimiser: adam(arena, model.parameters, { rate: 0.03 }),
    batch: (scope, draw) => copyMemoryBatch(scope, task, 16, draw),
    onStep: untilBelow(0.4 * copyMemoryBaseline(task), 20),
  });
  const first = losses.slice(0, 5).reduce((a, b) => a + b, 0) / 5;
  expect(first).toBeGreaterThan(0.9 * copyMemoryBaseline(task));
  const unseen = arena.scope(
    () => model.lossAndGradients(arena, copyMemoryBatch(arena, task, 16, rng(77))).loss,
  );
  expect(unseen).toBeLessThan(0.5 * copyMemoryBaseline(task));
}, 120_000);

describe('a character model of 2.4 kB of Alice', () => {
  const text = characterText(readFileSync(new URL('texts/alice.txt', import.meta.url), 'utf8'));
  const O = text.alphabet.length;
  const dims = { T: 25, B: 8, D: O, H: 32, O };
  const learn = (steps: number) => {
    const arena = new Arena();
    const random = rng(1);
    const model = classifier(arena, lstm, dims, random);
    return train({
      ...{ arena, model, random, steps, maxNorm: 1 },
      optimiser: adam(arena, model.parameters, { rate: 0.02 }),
      batch: (scope, draw) => characterBatch(scope, text, dims, draw),
    });
  };

  it('starts near ln of the alphabet and falls well below the unigram entropy', () => {
    const { losses } = learn(100);
    const mean = (part: readonly number[]) => part.reduce((a, b) => a + b, 0) / part.length;
    expect(Math.abs(losses[0]! - Math.log(O))).toBeLessThan(0.2);
    expect(unigramEntropy(text)).toBeLessThan(Math.log(O));
    expect(mean(losses.slice(-20))).toBeLessThan(0.85 * unigramEntropy(text));
  }, 120_000);

  it('is the same, bit for bit, from the same seed', () => {
    expect(learn(5)).toEqual(learn(5));
  });
});

describe('the training loop', () => {
  /** L = (θ - target)², gradient 2 (θ - target). */
  const parabola = (theta: Float64Array): Model<number> => ({
    parameters: [theta],
    lossAndGradients: (arena, target) => {
      const gradient = arena.alloc('gradients', 1);
      gradient[0] = 2 * (theta[0]! - target);
      return { loss: (theta[0]! - target) ** 2, gradients: [gradient] };
    },
  });

  it('by hand: from 4 towards 0 at rate 0.25, halved each step; clipped to 1, a quarter less each step', () => {
    for (const [maxNorm, path] of [
      [Infinity, [4, 2, 1]],
      [1, [4, 3.75, 3.5]],
    ] as const) {
      const theta = Float64Array.of(4);
      const arena = new Arena();
      const { losses, norms } = train({
        ...{ arena, model: parabola(theta), steps: 3, random: rng(1), maxNorm },
        optimiser: sgd(arena, [theta], { rate: 0.25 }),
        batch: () => 0,
      });
      expect(losses).toEqual(path.map((v) => v * v));
      expect(norms).toEqual(path.map((v) => 2 * v));
      expect(arena.live.gradients).toBe(0);
    }
  });

  it('stops when it is told to, and at the first number that is not finite', () => {
    const theta = Float64Array.of(4);
    const arena = new Arena();
    const setting = {
      ...{ arena, model: parabola(theta), steps: 100, random: rng(1) },
      optimiser: sgd(arena, [theta], { rate: 0.1 }),
    };
    const report = train({ ...setting, batch: () => 0, onStep: (step) => step === 6 });
    expect(report.losses).toHaveLength(7);
    const before = theta[0];
    expect(() => train({ ...setting, batch: () => NaN })).toThrow(EngineError);
    expect(() => train({ ...setting, batch: () => NaN })).toThrow(/diverged at step 0/);
    expect(theta[0]).toBe(before);
  });
});
