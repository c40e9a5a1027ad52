/**
 * The judge: cases in, raw answers back, verdict here. It holds the reference, the laws and the known
 * mistakes; the subject never sees them. It judges a child process and a local function alike.
 */
import { compareOutputs, sameBits, unfit } from './compare.js';
import { copyValues, judgingCases, usedDims } from './cases.js';
import { diagnose } from './diagnose.js';
import { explain } from './counterexample.js';
import { judgeEdges } from './edges.js';
import { thrownSentences } from './thrown.js';
import type { Answer, Fault, Subject } from './subject.js';
import type { AtEdges } from './edges.js';
import type { Case } from './cases.js';
import type { Kata } from './define.js';
import type { CheckReport, KataReport } from './report.js';
import type { Values } from './values.js';

export interface JudgeOptions {
  readonly seed: number;
  /** How many generated cases; 40 unless told. */
  readonly cases?: number;
}

/** The names of the checks that every kata gets from its shapes, in the order in which they are reported. */
export const fromShapes = [
  'names and shapes',
  'finite',
  'inputs untouched',
  'no aliasing',
  'deterministic',
  'equals the equations',
] as const;
type ShapeCheck = (typeof fromShapes)[number];

/** Judges one subject. Never rejects; does not close the subject. `ms` is the caller's to fill. */
export async function judge(
  kata: Kata,
  subject: Subject,
  options: JudgeOptions,
): Promise<Omit<KataReport, 'ms'>> {
  const cases = judgingCases(kata, options.seed, options.cases ?? 40);
  const failed = new Map<string, string>();
  const fail = (check: ShapeCheck, says: string): void => {
    if (!failed.has(check)) failed.set(check, says);
  };
  const answered: { readonly case: Case; readonly got: Values }[] = [];
  const notFinite: { readonly case: Case; readonly says: string }[] = [];
  const report = (
    rest: Partial<KataReport> & Pick<KataReport, 'outcome'>,
  ): Omit<KataReport, 'ms'> => ({
    id: kata.id,
    title: kata.title,
    seed: options.seed,
    checks: [],
    diagnosis: null,
    counterexample: null,
    says: null,
    printed: subject.printed(),
    ...rest,
  });

  for (const [number, one] of cases.entries()) {
    const answer = await subject.call(copyValues(one.given));
    if (answer.kind !== 'returned')
      return report(
        endOf(kata, answer, `case ${number + 1} of ${cases.length} (${sizesOf(kata, one)})`),
      );
    const touched = firstTouched(one.given, answer.inputsAfter);
    if (touched)
      fail('inputs untouched', `You changed your input ${touched}: the caller still needs it.`);
    const alias = answer.aliases[0];
    if (alias)
      fail('no aliasing', `${alias[0]} and ${alias[1]} share memory: return fresh arrays.`);
    const fitting = unfit(kata.outputs, one.dims, answer.outputs);
    if (fitting.kind === 'unfit') {
      fail('names and shapes', fitting.says);
      break; // the remaining cases would say the same
    }
    if (fitting.notFinite) notFinite.push({ case: one, says: fitting.notFinite });
    answered.push({ case: one, got: fitting.values });
  }

  if (notFinite.length > 0) fail('finite', whereNotFinite(kata, cases, notFinite));

  // The last one first: two calls alike in a row, so that what is kept from one to the next can be handed back.
  for (const { case: one, got } of [...answered.slice(-1), ...answered.slice(0, 3)]) {
    const answer = await subject.call(copyValues(one.given));
    if (answer.kind !== 'returned')
      return report(endOf(kata, answer, 'a case that it had answered before'));
    const [shared] = answer.aliases;
    if (shared)
      fail('no aliasing', `${shared[0]} and ${shared[1]} share memory: return fresh arrays.`);
    const again = unfit(kata.outputs, one.dims, answer.outputs);
    if (again.kind === 'unfit' || !sameBits(again.values, got))
      fail(
        'deterministic',
        'The same inputs gave other outputs the second time: something is kept between calls, or random.',
      );
  }

  const wrong = answered.filter(
    ({ case: one, got }) => !compareOutputs(kata.reference(one.given), got).same,
  );
  if (wrong.length > 0)
    fail('equals the equations', `${wrong.length} of ${answered.length} cases differ.`);

  const atEdges: AtEdges =
    failed.size === 0
      ? await judgeEdges(kata, subject, options.seed)
      : { kind: 'judged', says: null };
  if (atEdges.kind === 'ended')
    return report(endOf(kata, atEdges.answer, `a case of its own, where ${atEdges.where}`));
  const edge =
    atEdges.says === null ? null : `Right on all ${cases.length} cases, and ${atEdges.says}`;
  if (edge !== null) fail('equals the equations', edge);

  const checks: CheckReport[] = (
    answered.length === cases.length ? fromShapes : fromShapes.slice(0, 1)
  ).map((name) => ({
    name,
    passed: !failed.has(name),
    says: failed.get(name) ?? null,
  }));
  if (answered.length === cases.length) {
    for (const law of kata.laws) {
      const verdict = await holds(kata, law, subject, answered.slice(0, 8));
      if (verdict.kind === 'ended')
        return report(endOf(kata, verdict.answer, `the law «${law.name}»`));
      checks.push({
        name: law.name,
        passed: verdict.says === null,
        says: verdict.says,
      });
    }
  }

  const passed = checks.every((check) => check.passed);
  const differing = wrong[0]?.case ?? atEdges.first;
  return report({
    outcome: passed ? 'passed' : 'failed',
    checks,
    diagnosis:
      wrong.length > 0
        ? await diagnose(kata, answered)
        : edge !== null && !checks.slice(fromShapes.length).some((law) => !law.passed) // a law says it better
          ? { mistake: 'edge', says: edge, cases: cases.length, card: null, guess: true }
          : null,
    counterexample: differing ? await explain(kata, subject, options.seed, differing) : null,
    printed: subject.printed(),
  });
}

async function holds(
  kata: Kata,
  law: Kata['laws'][number],
  subject: Subject,
  answered: readonly { readonly case: Case; readonly got: Values }[],
): Promise<
  | { kind: 'judged'; says: string | null }
  | { kind: 'ended'; answer: Exclude<Answer | Fault, { kind: 'returned' }> }
> {
  for (const { case: one, got: before } of answered) {
    const given = law.change(copyValues(one.given));
    const answer = await subject.call(copyValues(given));
    if (answer.kind !== 'returned') return { kind: 'ended', answer };
    const fitting = unfit(kata.outputs, one.dims, answer.outputs);
    if (fitting.kind === 'unfit') return { kind: 'judged', says: fitting.says };
    if (!law.holds(given, fitting.values, before))
      return {
        kind: 'judged',
        says: [
          `This law does not hold for your outputs${fitting.notFinite ? `: there ${fitting.notFinite}` : '.'}`,
          ...(law.usual === undefined ? [] : [law.usual]),
        ].join(' '),
      };
  }
  return { kind: 'judged', says: null };
}

/** The first number that is not finite; and, where that happens in just those cases that have one size above another, which. */
function whereNotFinite(
  kata: Kata,
  cases: readonly Case[],
  notFinite: readonly { readonly case: Case; readonly says: string }[],
): string {
  const [first] = notFinite;
  const letters = Object.keys(usedDims(kata, first!.case)) as (keyof Case['dims'])[];
  const bad = new Set(notFinite.map((one) => one.case));
  if (bad.size === cases.length)
    return `${first!.says.slice(0, -1)}, in all ${cases.length} cases.`;
  for (const more of letters)
    for (const fewer of letters)
      if (cases.every((one) => bad.has(one) === one.dims[more] > one.dims[fewer]))
        return `${first!.says.slice(0, -1)}, in just those cases that have ${more} > ${fewer}: a loop to ${more} reads past the end of what has ${fewer}.`;
  return `${first!.says.slice(0, -1)}, in ${bad.size} of ${cases.length} cases.`;
}

/** The sizes of a case, as in «T = 3, D = 2, H = 4». */
function sizesOf(kata: Kata, one: Case): string {
  const sizes = Object.entries(usedDims(kata, one)).map(([axis, size]) => `${axis} = ${size}`);
  return [...sizes, `case seed ${one.seed}`].join(', ');
}

const bits = (value: Values[string]): number[] =>
  typeof value === 'number'
    ? [value]
    : value instanceof Float64Array
      ? [...value]
      : value.flatMap((row) => [...row]);

/** The name and place of the first input that is not what it was, e.g. `x[3]`. */
function firstTouched(before: Values, after: Values): string | undefined {
  for (const [name, value] of Object.entries(before)) {
    const now = after[name];
    if (now === undefined) return name;
    const [was, is] = [bits(value), bits(now)];
    const j = was.length === is.length ? was.findIndex((v, k) => !Object.is(v, is[k])) : 0;
    if (j < 0) continue;
    if (typeof value === 'number' || was.length !== is.length) return name;
    if (value instanceof Float64Array) return `${name}[${j}]`;
    let passed = 0; // numbers in the rows so far
    const row = value.findIndex((one) => j < (passed += one.length));
    return `${name}[${row}][${j - passed + value[row]!.length}]`;
  }
  return undefined;
}

/** The outcome of a subject that did not return. */
function endOf(
  kata: Kata,
  answer: Exclude<Answer | Fault, { kind: 'returned' }>,
  where: string,
): Pick<KataReport, 'outcome' | 'says'> {
  switch (answer.kind) {
    case 'notImplemented':
      return {
        outcome: 'notImplemented',
        says: `${kata.functionName} still throws NotImplemented.`,
      };
    case 'threw':
      return {
        outcome: 'threw',
        says: 'says' in answer ? answer.says : thrownSentences(answer, `in ${where}`),
      };
    case 'missing':
    case 'doesNotCompile':
      return { outcome: answer.kind, says: answer.says };
    default:
      return {
        outcome: answer.kind,
        says: answer.loading ? answer.says : `${answer.says} That was in ${where}.`,
      };
  }
}
