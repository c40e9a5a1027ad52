/**
 * The gradient check: every entry of every tensor, against two independent oracles. No absolute floor
 * anywhere: vanishing gradients are the subject, and a floor lets an all-zero gradient pass.
 */
import { duals } from './algebra.js';
import { explainRatio } from './ratio.js';
import { fivePoint, fivePointStep, hasKink, ridders } from './differences.js';
import { whereIs } from './where.js';
import type { Differentiable, Tensor } from './differentiable.js';
import type { Dual } from './algebra.js';
import type { FivePointReport, Method, TensorReport, Verdict } from './gradient-report.js';
import type { RatioContext } from './ratio.js';

/** An error up to this against the complex step passes. */
export const complexStepTolerance = 1e-9;
/** An error up to this against the five-point differences passes. */
export const fivePointTolerance = 1e-6;

export interface CheckOptions extends RatioContext {
  readonly method?: Method;
  /** Called after each tensor with the share of all entries that is done. */
  readonly onProgress?: (done: number) => void;
}

export interface GradientCheck {
  readonly passed: boolean;
  readonly faults: readonly string[];
  readonly tensors: readonly TensorReport[];
}

/** Checks the gradient of a differentiable function. Never changes its values. */
export function checkGradient(problem: Differentiable, options: CheckOptions = {}): GradientCheck {
  const { tensors } = problem;
  const method = problem.lossOver ? (options.method ?? 'both') : 'five-point';
  const values = tensors.map((tensor) => tensor.values.slice());
  const analytic = problem.gradient(values).map((gradient) => gradient.slice());
  const faults = faultsOf(problem, values, analytic);

  const total = tensors.reduce((sum, tensor) => sum + tensor.values.length, 0);
  let done = 0;
  const reports = tensors.map((tensor, k): TensorReport => {
    const exact = method === 'five-point' ? undefined : complexStep(problem, values, k);
    const differences = method === 'complex-step' ? undefined : fivePoints(problem, values, k);
    done += tensor.values.length;
    options.onProgress?.(done / total);
    return reportOf(problem, values, k, analytic[k]!, exact, differences, options);
  });
  return {
    passed: faults.length === 0 && reports.every((report) => report.passed),
    faults,
    tensors: reports,
  };
}

/** e = |a - n| / (max(|a|, |n|) + 1e-4 ‖n‖∞), and 1 where either is not a number. */
export function scaledError(a: number, n: number, norm: number): number {
  if (a === n) return 0;
  const error = Math.abs(a - n) / (Math.max(Math.abs(a), Math.abs(n)) + 1e-4 * norm);
  return Number.isNaN(error) ? 1 : error;
}

const largest = (array: Float64Array): number =>
  array.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((v, j) => Object.is(v, b[j]));

/** What makes any comparison meaningless: wrong shapes, no determinism, inputs changed on the way. */
function faultsOf(
  problem: Differentiable,
  values: Float64Array[],
  analytic: readonly Float64Array[],
): string[] {
  const faults: string[] = [];
  const { tensors } = problem;
  for (const [k, { name, values: original }] of tensors.entries()) {
    if (!sameBits(values[k]!, original))
      faults.push(`The backward pass changed its input ${name}.`);
    if (analytic[k]?.length !== original.length)
      faults.push(
        `The gradient of ${name} has ${analytic[k]?.length ?? 0} entries where ${name} has ${original.length}.`,
      );
    values[k]!.set(original);
  }
  const again = problem.gradient(values);
  for (const [k, { name, values: original }] of tensors.entries()) {
    if (analytic[k] && again[k] && !sameBits(analytic[k], again[k]))
      faults.push(`Two backward passes over the same values gave different gradients of ${name}.`);
    values[k]!.set(original);
  }
  const [first, second] = [problem.loss(values), problem.loss(values)];
  if (!Object.is(first, second))
    faults.push('Two forward passes over the same values gave different losses.');
  for (const [k, { name, values: original }] of tensors.entries()) {
    if (!sameBits(values[k]!, original)) faults.push(`The forward pass changed its input ${name}.`);
    values[k]!.set(original);
  }
  if (problem.lossOver) {
    const textbook = problem.lossOver(duals, values.map(lift)).v;
    const scale = Math.max(Math.abs(first), Math.abs(textbook), Number.MIN_VALUE);
    if (Math.abs(first - textbook) > 1e-9 * scale && Math.abs(first - textbook) > 1e-12)
      faults.push(
        `The two forward passes disagree: the loss is ${first} in one and ${textbook} in the other.`,
      );
  }
  return faults;
}

const lift = (array: Float64Array): Dual[] => Array.from(array, (v) => ({ v, d: 0 }));

/** dL/dθ of one tensor with dual numbers: exact, one evaluation an entry. */
function complexStep(
  problem: Differentiable,
  values: readonly Float64Array[],
  k: number,
): Float64Array {
  const lifted = values.map(lift);
  const tensor = lifted[k]!;
  return values[k]!.map((v, j) => {
    tensor[j] = { v, d: 1 };
    const { d } = problem.lossOver!(duals, lifted);
    tensor[j] = { v, d: 0 };
    return d;
  });
}

/** L as a function of one entry of one tensor. Puts the entry back, also when the loss throws. */
const alongEntry =
  (problem: Differentiable, values: readonly Float64Array[], k: number, j: number) =>
  (x: number) => {
    const tensor = values[k]!;
    const before = tensor[j]!;
    try {
      tensor[j] = x;
      return problem.loss(values);
    } finally {
      tensor[j] = before;
    }
  };

interface Differences {
  readonly gradient: Float64Array;
  /** The largest loss that was seen: rounding errors are in proportion to it. */
  readonly largestLoss: number;
}

function fivePoints(
  problem: Differentiable,
  values: readonly Float64Array[],
  k: number,
): Differences {
  let largestLoss = 0;
  const gradient = values[k]!.map((x, j) => {
    const result = fivePoint(alongEntry(problem, values, k, j), x);
    largestLoss = Math.max(largestLoss, result.largest);
    return result.derivative;
  });
  return { gradient, largestLoss };
}

function verdictOf(error: number): Verdict {
  if (error <= 1e-9) return 'exact';
  if (error <= 1e-6) return 'ok';
  if (error <= 1e-4) return 'suspicious';
  return error <= 1e-2 ? 'likely wrong' : 'wrong';
}

/** Compares one tensor with what the oracles say. */
function reportOf(
  problem: Differentiable,
  values: readonly Float64Array[],
  k: number,
  analytic: Float64Array,
  exact: Float64Array | undefined,
  differences: Differences | undefined,
  context: RatioContext,
): TensorReport {
  const tensor = problem.tensors[k]!;
  const judged = differences && judgeDifferences(problem, values, k, analytic, differences);
  const numeric = exact ?? judged!.gradient;
  const norm = largest(numeric);
  const errors = exact ? analytic.map((a, j) => scaledError(a, exact[j]!, norm)) : judged!.errors;
  let worst = 0;
  errors.forEach((e, j) => (worst = e > errors[worst]! ? j : worst));
  const maxError = errors[worst] ?? 0;

  const tolerance = exact ? complexStepTolerance : fivePointTolerance;
  const passed = maxError <= tolerance && (judged?.report.maxError ?? 0) <= fivePointTolerance;
  const undecided = !exact && judged?.report.undecided === analytic.length;
  const silent = norm === 0 && largest(analytic) === 0;
  const verdict = silent
    ? 'no gradient'
    : undecided
      ? 'undecided'
      : verdictOf(Math.max(maxError, passed ? 0 : (judged?.report.maxError ?? 0)));
  const ratio = numeric[worst] === 0 ? null : analytic[worst]! / numeric[worst]!;
  return {
    name: tensor.name,
    shape: tensor.shape,
    norm,
    maxError,
    worst: {
      ...whereIs(tensor, worst),
      analytic: analytic[worst]!,
      numeric: numeric[worst]!,
      ratio,
    },
    complexStep: exact ? { maxError } : null,
    fivePoint: judged?.report ?? null,
    verdict,
    passed,
    says: silent
      ? 'No gradient reaches this tensor, and none is claimed.'
      : passed
        ? null
        : (judged?.kink ??
          explainFailure(tensor, analytic, numeric, errors, tolerance, ratio, context)),
  };
}

/** The five-point errors, entry by entry; what they reject is measured again by Ridders, whose error bar then decides. */
function judgeDifferences(
  problem: Differentiable,
  values: readonly Float64Array[],
  k: number,
  analytic: Float64Array,
  { gradient: first, largestLoss }: Differences,
): {
  gradient: Float64Array;
  errors: Float64Array;
  report: FivePointReport;
  kink: string | undefined;
} {
  const gradient = first.slice();
  const norm = largest(gradient);
  let undecided = 0;
  let kink: string | undefined;
  const errors = gradient.map((n, j) => {
    const a = analytic[j]!;
    const error = scaledError(a, n, norm);
    if (error <= fivePointTolerance) return error;
    const f = alongEntry(problem, values, k, j);
    const second = ridders(f, values[k]![j]!);
    gradient[j] = second.derivative;
    if (second.bar > Math.max(Math.abs(a), Math.abs(second.derivative))) undecided++;
    if (Math.abs(a - second.derivative) <= 10 * second.bar)
      return Math.min(error, fivePointTolerance);
    if (kink === undefined && hasKink(f, values[k]![j]!))
      kink = `The function has a kink at ${whereIs(problem.tensors[k]!, j).where}: nudge the input and check again.`;
    return scaledError(a, second.derivative, norm);
  });
  const step = fivePointStep(largest(values[k]!));
  const bar = norm === 0 ? 0 : (1.5 * Number.EPSILON * largestLoss) / step / norm;
  return { gradient, errors, kink, report: { maxError: largest(errors), bar, undecided } };
}

/** The sentence under a failing row: what the ratio means, and from which step on. */
function explainFailure(
  tensor: Tensor,
  analytic: Float64Array,
  numeric: Float64Array,
  errors: Float64Array,
  tolerance: number,
  ratio: number | null,
  context: RatioContext,
): string {
  const wrong = [...errors.keys()].filter((j) => errors[j]! > tolerance);
  const ratios = [...numeric.keys()]
    .filter((j) => numeric[j] !== 0)
    .map((j) => analytic[j]! / numeric[j]!);
  const constant =
    ratio !== null &&
    ratios.length > 1 &&
    ratios.every((r) => Math.abs(r - ratio) <= 1e-6 * Math.abs(ratio));
  const alone = wrong.length === 1 && errors.length > 1;
  const sentences = alone
    ? [
        `Only this entry of ${errors.length} is wrong${ratio === null ? '' : `, by the factor ${Number(ratio.toPrecision(4))}`}: look at how it is indexed.`,
      ]
    : [explainRatio(ratio, constant, context)];
  if (!alone && wrong.length < errors.length)
    sentences.push(`${wrong.length} of ${errors.length} entries are wrong.`);
  if (tensor.axes[0] === 'T') {
    const steps = [...new Set(wrong.map((j) => whereIs(tensor, j).index[0]!))];
    const T = tensor.shape[0]!;
    const last = Math.max(...steps);
    if (steps.length < T && steps.length === last + 1)
      sentences.push(
        `Steps 0 to ${last} are wrong and the later ones right: the error is in what you carry back from step ${last + 1}.`,
      );
  }
  return sentences.join(' ');
}
