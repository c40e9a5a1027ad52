/** The smallest case on which the learner's numbers are wrong, worked by hand beside them. */
import fc from 'fast-check';
import { compareOutputs, unfit } from './compare.js';
import { copyValues, explainingCases, usedDims } from './cases.js';
import { plain } from './plain.js';
import { work } from './work.js';
import type { Case } from './cases.js';
import type { Counterexample } from './report.js';
import type { Difference } from './compare.js';
import type { Kata } from './define.js';
import type { Subject } from './subject.js';
import type { Values } from './values.js';

interface Failure {
  readonly case: Case;
  readonly expected: Values;
  readonly got: Values;
  readonly first: Difference;
}

/** Asks the subject once; a failure is a well-shaped answer with other numbers. */
async function fails(kata: Kata, subject: Subject, one: Case): Promise<Failure | undefined> {
  const answer = await subject.call(copyValues(one.given));
  if (answer.kind !== 'returned') return undefined;
  const fitting = unfit(kata.outputs, one.dims, answer.outputs);
  if (fitting.kind === 'unfit') return undefined;
  const expected = kata.reference(one.given);
  const comparison = compareOutputs(expected, fitting.values);
  return comparison.same
    ? undefined
    : { case: one, expected, got: fitting.values, first: comparison.first };
}

/** Shrinks from a failing case (fast-check), and works the smallest one through the kata's equations. */
export async function explain(
  kata: Kata,
  subject: Subject,
  seed: number,
  known: Case,
): Promise<Counterexample | null> {
  let smallest = await fails(kata, subject, known);
  const property = fc.asyncProperty(explainingCases(kata), async (one) => {
    const failure = await fails(kata, subject, one);
    if (failure) smallest = failure;
    return failure === undefined;
  });
  await fc.check(property, {
    seed,
    numRuns: 100,
    interruptAfterTimeLimit: 2000,
    markInterruptAsFailure: true,
  });
  if (!smallest) return null;
  const { case: one, expected, got, first } = smallest;
  const firstDifference = divergence(kata, expected, got, first);
  return {
    dims: usedDims(kata, one),
    seed: one.seed,
    given: plain(one.given),
    expected: plain(expected),
    got: plain(got),
    firstDifference,
    ...(await work(kata, one.given, got, firstDifference)),
  };
}

/** The first difference in the order in which the steps are computed, backward from the last one, and where that is. */
function divergence(
  kata: Kata,
  expected: Values,
  got: Values,
  first: Difference,
): Counterexample['firstDifference'] {
  const { output } = first;
  const shape = kata.outputs[output]!;
  const rows = expected[output]!;
  const last =
    kata.backward && shape.kind === 'sequence'
      ? (rows as Float64Array[]).findLastIndex(
          (row, t) => !compareOutputs({ row }, { row: (got[output] as Float64Array[])[t]! }).same,
        )
      : -1;
  const again = last < 0 ? undefined : rowDifference(rows, got[output]!, last);
  const found = again ? { ...first, ...again } : first;
  const [j, k] = found.index;
  const where = {
    scalar: '',
    integer: '',
    vector: `${'axes' in shape && shape.axes[0] === 'H' ? 'unit' : 'entry'} ${j}`,
    vectors: `vector ${j}, entry ${k}`,
    matrix: `row ${j}, column ${k}`,
    sequence: `t = ${j}, ${'axes' in shape && shape.axes[1] === 'H' ? 'unit' : 'entry'} ${k}`,
  }[shape.kind];
  return { ...found, where };
}

/** The first entry of one row that differs, on the row's own scale. */
function rowDifference(expected: Values[string], got: Values[string], t: number) {
  const [row, mine] = [expected, got].map((rows) => (rows as Float64Array[])[t]!) as [
    Float64Array,
    Float64Array,
  ];
  const comparison = compareOutputs({ row }, { row: mine });
  if (comparison.same) return undefined;
  const { index, expected: want, got: have } = comparison.first;
  return { index: [t, ...index], expected: want, got: have };
}
