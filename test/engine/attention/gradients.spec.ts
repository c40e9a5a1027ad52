/** Every attention's backward pass against the complex step of the textbook and five-point differences. */
import { describe, expect, it } from 'vitest';
import {
  additiveProblem,
  attentionProblem,
  checkGradient,
  encoderDecoderProblem,
  multiHeadProblem,
} from '../../../src/check/index.js';
import type { Differentiable } from '../../../src/check/index.js';

const expectGradientsAgree = (problem: Differentiable): void => {
  const { passed, faults, tensors } = checkGradient(problem);
  expect(faults).toEqual([]);
  for (const { name, verdict, maxError, says, complexStep, fivePoint } of tensors) {
    expect(`${name}: ${verdict} ${maxError} ${says ?? ''}`).toMatch(/: (exact|ok|no gradient) /);
    expect(complexStep && fivePoint, 'both oracles ran').toBeTruthy();
  }
  expect(tensors.some(({ norm }) => norm > 0)).toBe(true);
  expect(passed).toBe(true);
};

const small = { Tq: 5, Tk: 5, B: 2, heads: 3, dk: 4, dv: 2 };
const padding = Uint8Array.from([0, 1, 1, 0, 0, 1, 0, 0, 1, 0]); // (Tk,B) = (5,2)
const nothingVisible = Uint8Array.from({ length: 10 }, (_, j) => j % 2); // sequence 1 is all padding

describe.each(['naive', 'online'] as const)('scaled dot-product, %s', (kind) => {
  it.each([
    ['full', small, {}],
    ['causal', small, { causal: true }],
    ['key padding', small, { keyPadding: padding }],
    ['causal and key padding', small, { causal: true, keyPadding: padding }],
    ['a sequence of nothing but padding', small, { keyPadding: nothingVisible }],
    ['cross, more keys', { ...small, Tq: 2, Tk: 5 }, {}],
    ['cross, more queries, causal', { ...small, Tq: 5, Tk: 3 }, { causal: true }],
    ['all sizes 1', { Tq: 1, Tk: 1, B: 1, heads: 1, dk: 1, dv: 1 }, {}],
  ])('%s', (_, dims, mask) => {
    for (const seed of [1, 2]) expectGradientsAgree(attentionProblem(kind, dims, seed, mask));
  });
});

it('scaled dot-product over several tiles, of which the last ones are cut', () => {
  const dims = { Tq: 67, Tk: 70, B: 1, heads: 1, dk: 1, dv: 1 };
  expectGradientsAgree(attentionProblem('online', dims, 3, { causal: true }));
});

/**
 * bk adds q · bk to every score of a row, and softmax does not see a shift: the gradient of bk is exactly
 * zero in mathematics and rounding noise in floats. A relative check cannot judge noise against zero, so
 * bk is held to 1e-15 of the largest gradient, and all others to the check.
 */
const expectGradientsAgreeButForBk = (problem: Differentiable): void => {
  const { faults, tensors } = checkGradient(problem);
  expect(faults).toEqual([]);
  const scale = Math.max(...tensors.map(({ norm }) => norm));
  for (const { name, norm, verdict, maxError, worst } of tensors) {
    if (name !== 'bk')
      expect(`${name}: ${verdict} ${maxError}`).toMatch(/: (exact|ok|no gradient) /);
    else {
      expect(norm).toBeLessThanOrEqual(1e-15 * scale);
      expect(Math.abs(worst!.analytic)).toBeLessThanOrEqual(1e-15 * scale);
    }
  }
};

describe('multi-head', () => {
  const dims = { Tq: 4, Tk: 4, B: 2, E: 6, heads: 2 };
  it.each([
    ['self', dims, {}],
    ['self, causal', dims, { mask: { causal: true } }],
    ['cross', { ...dims, Tq: 3, Tk: 5 }, { cross: true }],
    ['one head', { ...dims, heads: 1 }, {}],
    ['all sizes 1', { Tq: 1, Tk: 1, B: 1, E: 1, heads: 1 }, {}],
  ])('%s', (_, sizes, options) =>
    expectGradientsAgreeButForBk(multiHeadProblem(sizes, 4, options)),
  );
});

describe('additive', () => {
  it.each([
    ['several queries', { J: 3, T: 5, B: 2, H: 4, S: 3, A: 6 }],
    ['one state', { J: 2, T: 1, B: 1, H: 2, S: 2, A: 3 }],
    ['all sizes 1', { J: 1, T: 2, B: 1, H: 1, S: 1, A: 1 }],
  ])('%s', (_, dims) => expectGradientsAgree(additiveProblem(dims, 5)));
});

describe('LSTM encoder–decoder with additive attention', () => {
  it.each([
    ['a batch', { T: 5, J: 4, B: 2, D: 2, E: 3, H: 4, A: 3 }],
    ['one step each', { T: 1, J: 1, B: 1, D: 1, E: 1, H: 1, A: 1 }],
    ['a longer answer than question', { T: 2, J: 6, B: 1, D: 3, E: 1, H: 2, A: 5 }],
  ])('%s', (_, dims) => expectGradientsAgree(encoderDecoderProblem(dims, 6)));

  it('over sequences that end at different steps', () => {
    const dims = { T: 5, J: 3, B: 3, D: 2, E: 2, H: 3, A: 2 };
    expectGradientsAgree(encoderDecoderProblem(dims, 6, [5, 1, 3]));
  });
});
