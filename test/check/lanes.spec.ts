/** Many tangents at once are the dual numbers one by one, to the bit; and the oracle knows its own rounding. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellKinds, rng } from '../../src/engine/index.js';
import {
  additiveProblem,
  attentionProblem,
  cellProblem,
  checkGradient,
  duals,
  exactGradient,
  multiHeadProblem,
} from '../../src/check/index.js';
import { Lanes } from '../../src/check/lanes.js';
import { dimsOf } from './mutants.js';
import type { Algebra, Differentiable, Dual } from '../../src/check/index.js';

const valuesOf = ({ tensors }: Differentiable) => tensors.map(({ values }) => values);

/** One dual forward pass for each entry. */
function oneByOne(problem: Differentiable): Float64Array[] {
  const lifted: Dual[][] = valuesOf(problem).map((array) => Array.from(array, duals.constant));
  return lifted.map((tensor) =>
    Float64Array.from(tensor.keys(), (j) => {
      const before = tensor[j]!;
      tensor[j] = { v: before.v, d: 1 };
      const { d } = problem.lossOver!(duals, lifted);
      tensor[j] = before;
      return d;
    }),
  );
}

const problems: [string, (seed: number) => Differentiable][] = [
  ...cellKinds.map((kind): [string, (seed: number) => Differentiable] => [
    kind,
    (seed) => cellProblem(kind, dimsOf(kind, 3, 2, 2, 3), seed),
  ]),
  ['attention', (s) => attentionProblem('naive', { Tq: 3, Tk: 4, B: 1, heads: 2, dk: 3, dv: 2 }, s, { causal: true })],
  ['additive attention', (s) => additiveProblem({ J: 2, T: 3, B: 2, H: 3, S: 2, A: 2 }, s)],
]; // prettier-ignore

it.each(problems)('the gradient of %s is that of dual numbers, bit for bit', (_, problemOf) => {
  for (const seed of [1, 2, 3]) {
    const problem = problemOf(seed);
    const lanes = exactGradient(problem as Required<Differentiable>, valuesOf(problem));
    for (const [k, gradient] of oneByOne(problem).entries()) expect(lanes[k]).toEqual(gradient);
  }
});

it('every operation is that of dual numbers, whichever operands have tangents', () => {
  const number = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((k) => (30 * k) / 2 ** 20);
  const lanes = new Lanes(3);
  const one = ['exp', 'sigmoid', 'tanh'] as const;
  const two = ['add', 'sub', 'mul', 'div', 'max'] as const;
  fc.assert(
    fc.property(number, number, fc.nat(2), fc.nat(2), (a, b, i, j) => {
      lanes.reset();
      // Lane 0 differentiates by a, lane 1 by b, lane 2 by nothing; 2 stands for a constant.
      const lift = (v: number, lane: number) =>
        lane === 2 ? lanes.constant(v) : lanes.variable(v, lane);
      const [x, y] = [lift(a, i), lift(b, j)];
      const dual = (v: number, own: number, lane: number): Dual => ({ v, d: own === lane && own !== 2 ? 1 : 0 });
      const same = (f: <S>(ops: Algebra<S>, p: S, q: S) => S): void => {
        const found = f(lanes, x, y);
        for (const lane of [0, 1, 2]) {
          const { v, d } = f(duals, dual(a, i, lane), dual(b, j, lane));
          expect(lanes.value(found)).toBe(v);
          expect(lanes.tangent(found, lane) + 0).toBe(d + 0); // -0 is 0
        }
      };
      for (const name of one) same((ops, p) => ops[name](p));
      if (b !== 0) for (const name of two) same((ops, p, q) => ops[name](p, q));
      // Rows of constants, of variables and of both, an odd number of them and an even one, four columns and more.
      for (const row of [0, 1, 2])
        for (const rows of [2, 3])
          same((ops, p, q) => {
            const two = ops.constant(2);
            const W = [[two, two, two, two, two, two], [p, q, p, q, p, q], [two, q, two, two, p, q]];
            return ops.product(W.slice(0, rows), [q, q, p, two, p, q])[Math.min(row, rows - 1)]!;
          });
      if (a > 0) for (const name of ['log', 'sqrt'] as const) same((ops, p) => ops[name](p));
    }),
  ); // prettier-ignore
});

describe('the rounding of the oracle', () => {
  const bkOf = (seed: number) => {
    const problem = multiHeadProblem({ Tq: 3, Tk: 3, B: 1, E: 4, heads: 2 }, seed);
    return { problem, k: problem.tensors.findIndex(({ name }) => name === 'bk') };
  };

  it('lets the noise of a sum that cancels pass, and says how much of it there is', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { problem, k } = bkOf(seed);
      const { passed, tensors } = checkGradient(problem, { method: 'complex-step' });
      expect(passed).toBe(true);
      expect(tensors[k]!.norm).toBeLessThan(1e-14);
      expect(tensors[k]).toMatchObject({ passed: true });
    }
  });

  it('lets nothing else pass there: a gradient a million times smaller than the others is no noise', () => {
    const { problem, k } = bkOf(1);
    const random = rng(1);
    const wrong: Differentiable = {
      ...problem,
      gradient: (values) =>
        problem.gradient(values).map((g, i) => (i === k ? g.map(() => 1e-6 * random()) : g)),
    };
    const fixed = wrong.gradient(valuesOf(wrong));
    const report = checkGradient({ ...wrong, gradient: () => fixed }, { method: 'complex-step' });
    expect(report.tensors.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['bk']);
  });
});
