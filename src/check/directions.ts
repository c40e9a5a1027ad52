/**
 * The fast check: the derivative along three random directions of each tensor instead of every entry. A
 * wrong entry shows in all of them, since a Gaussian direction misses nothing; where one disagrees, the
 * entry is found by halving. Differences only, so it works on any function, at a cost that grows as log N.
 */
import { fillNormal, rng } from '../engine/index.js';
import { breakAt, fivePoint, fivePointStep, ridders } from './differences.js';
import { fivePointTolerance, largest, scaledError, verdictOf } from './errors.js';
import { brokenAt } from './five-points.js';
import { alongDirection, alongEntry } from './lines.js';
import { lossAt } from './asking.js';
import { explainNotFinite } from './explain.js';
import { explainRatio } from './ratio.js';
import { whereIs } from './where.js';
import type { Asking } from './asking.js';
import type { Given } from './faults.js';
import type { TensorReport, WorstEntry } from './gradient-report.js';

/** Directions per tensor. One would do for most mistakes; three make a miss a matter of 1e-9. */
export const directions = 3;

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, v, j) => sum + v * b[j]!, 0);
const norm2 = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** A Gaussian direction of length 1. */
function drawn(length: number, random: () => number): Float64Array {
  const u = new Float64Array(length);
  fillNormal(u, random);
  const size = norm2(u);
  return u.map((v) => v / size);
}

/** One tensor's gradient against the derivatives along random directions. */
export function* judgeDirections(
  { tensors, lossOver }: Given,
  values: readonly Float64Array[],
  k: number,
  analytic: Float64Array,
  seed: number,
): Asking<TensorReport> {
  const tensor = tensors[k]!;
  const { length } = analytic;
  const random = rng(seed + k + 1);
  // ⟨g, u⟩ along a direction of length 1 is about as large as an entry of g.
  const typical = length === 0 ? 0 : norm2(analytic) / Math.sqrt(length);
  let [maxError, undecided, largestLoss, loudest] = [0, 0, 0, 0];
  let wrong: Float64Array | undefined;
  let broken: string | undefined;
  const here = yield* lossAt(values);
  for (let m = 0; length > 0 && m < directions && !wrong && !broken; m++) {
    const u = drawn(length, random);
    const claimed = dot(analytic, u);
    const first = yield* alongDirection((s) => fivePoint(s, here), values, k, u);
    largestLoss = Math.max(largestLoss, first.largest);
    loudest = Math.max(loudest, Math.abs(first.derivative));
    let error = scaledError(claimed, first.derivative, typical);
    if (error > fivePointTolerance) {
      let accepted = false;
      if (!(Math.abs(claimed - first.derivative) > 10 * first.doubt)) {
        const { derivative, bar } = yield* alongDirection(ridders, values, k, u);
        if (bar > Math.max(Math.abs(claimed), Math.abs(derivative))) undecided++;
        accepted = Math.abs(claimed - derivative) <= 10 * bar;
      }
      if (accepted) error = fivePointTolerance;
      else wrong = u;
    }
    maxError = Math.max(maxError, error);
    const suspect = first.suspect && !lossOver; // over an algebra all is smooth
    const kind = !wrong && suspect ? yield* alongDirection(breakAt, values, k, u) : undefined;
    if (kind) broken = brokenAt(kind, `the inputs, on a line through ${tensor.name}`);
  }
  const passed = !wrong && !broken;
  const found = wrong && (yield* worstEntry(values, k, analytic, wrong, tensors));
  const silent = !broken && loudest === 0 && analytic.every((a) => a === 0);
  const step = fivePointStep(0);
  const scale = Math.max(typical, loudest);
  return {
    name: tensor.name,
    shape: tensor.shape,
    norm: largest(analytic),
    maxError,
    worst: found?.worst ?? null,
    complexStep: null,
    fivePoint: null,
    directions: {
      maxError,
      bar: scale === 0 ? 0 : (1.5 * Number.EPSILON * largestLoss) / step / scale,
      undecided,
    },
    verdict: silent
      ? 'no gradient'
      : broken || (passed && undecided === directions)
        ? 'undecided'
        : verdictOf(maxError),
    passed,
    says: silent
      ? 'No gradient reaches this tensor, and none is claimed.'
      : (found?.says ?? broken ?? null),
  };
}

/**
 * The entry that a wrong direction is wrong in: of the two halves, the one whose part disagrees more, again
 * and again. Four losses for each halving, as what one half does not explain the other must.
 */
function* worstEntry(
  values: readonly Float64Array[],
  k: number,
  analytic: Float64Array,
  u: Float64Array,
  tensors: Given['tensors'],
): Asking<{ worst: WorstEntry; says: string }> {
  const gapWithin = function* (from: number, to: number): Asking<number> {
    const part = u.map((v, j) => (j >= from && j < to ? v : 0));
    const { derivative } = yield* alongDirection(fivePoint, values, k, part);
    return derivative - dot(analytic, part);
  };
  let [from, to] = [0, u.length];
  let gap = yield* gapWithin(from, to);
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    const left = yield* gapWithin(from, middle);
    const right = gap - left;
    // A gap that is not a number is in the half that has it.
    if (Math.abs(left) >= Math.abs(right) || Number.isNaN(left)) [to, gap] = [middle, left];
    else [from, gap] = [middle, right];
  }
  const [a, place] = [analytic[from]!, whereIs(tensors[k]!, from)];
  const { derivative: n } = yield* alongEntry(ridders, values, k, from);
  const ratio = n === 0 ? null : a / n;
  const broken = yield* alongEntry(breakAt, values, k, from);
  const says = broken
    ? brokenAt(broken, place.where)
    : (explainNotFinite(tensors[k]!, analytic) ??
      `${explainRatio(ratio, false, {})} Found by halving: other entries may be wrong too.`);
  return { worst: { ...place, analytic: a, numeric: n, ratio }, says };
}
