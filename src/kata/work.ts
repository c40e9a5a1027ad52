/**
 * A case worked by hand: a kata's equations in order, each with its value, and beside it what the learner has where
 * that is another number. Of a kata of many steps, the one at which the learner's numbers first differ.
 */
import { chainOf, isEachStep, oneStepOf, steps, stepsGiven } from './backward.js';
import { compareOutputs } from './compare.js';
import { plain } from './plain.js';
import type { Chain } from './backward.js';
import type { Difference } from './compare.js';
import type { Kata } from './define.js';
import type { Values } from './values.js';
import type { Counterexample, WorkedLine } from './report.js';

/** What is known before the first line, what the learner has by the names of the equations, and which step that is. */
interface Beginning {
  readonly known: Values;
  readonly answers: Values;
  readonly step: Counterexample['step'];
}

/** The lines, and the step that they are about. Without a learner's outputs, those of the step that is computed first. */
export async function work(
  kata: Kata,
  given: Values,
  got: Values = {},
  first?: Pick<Difference, 'output' | 'index'>,
): Promise<Pick<Counterexample, 'step' | 'worked'>> {
  const { equationById, evaluate, toUnicode } = await import('../notation/index.js');
  const { known, answers, step } = await begin(kata, given, got, first);
  const worked: WorkedLine[] = [];
  for (const id of kata.equations) {
    const equation = equationById(id);
    if (!equation) continue;
    const needs = Object.keys(equation.symbols).filter((name) => name !== equation.defines);
    if (!needs.every((name) => Object.hasOwn(known, name))) continue;
    const value = evaluate(equation, known);
    known[equation.defines] = value;
    const mine = Object.hasOwn(answers, equation.defines) ? answers[equation.defines] : undefined;
    const differs = mine !== undefined && !compareOutputs({ value }, { value: mine }).same;
    worked.push({
      equation: id,
      text: toUnicode(equation),
      name: equation.defines,
      value: plain({ value }).value!,
      ...(differs ? { yours: plain({ mine }).mine! } : {}),
    });
  }
  return { step, worked };
}

async function begin(
  kata: Kata,
  given: Values,
  got: Values,
  first: Pick<Difference, 'output' | 'index'> | undefined,
): Promise<Beginning> {
  const walk = kata.backward ?? kata.forward;
  const chain = walk && !kata.symbols ? await chainOf(kata) : undefined;
  const all = chain && steps(chain, given);
  if (!chain || !all) {
    const answers = Object.keys(got).length === 0 ? {} : (kata.answers?.(got, given) ?? got);
    return { known: kata.symbols?.(given) ?? { ...given }, answers, step: null };
  }
  const steppers = stepsGiven(chain, given);
  const t = stepOf(kata, chain, all.length, first);
  const known = Object.fromEntries(
    Object.keys(steppers[t]!).map((symbol) => [symbol, all[t]!(symbol)!]),
  );
  const answers: Values = {};
  for (const [name, { symbol, by }] of chain.outputs) {
    const value = got[name];
    if (value === undefined) continue;
    if (by === 'each step') answers[symbol] = (value as Float64Array[])[t]!;
    else if (all.length === 1 || oneStepOf(by, all.length) === t) answers[symbol] = value;
  }
  if (all.length === 1) return { known, answers, step: null };
  const from = chain.direction === 'forward' ? t - 1 : t + 1;
  const came = from in all && !chain.walk.cut?.(given, from);
  const into = came ? Object.values(chain.walk.carries ?? {}) : [];
  const received = plain(Object.fromEntries(into.map((symbol) => [symbol, known[symbol]!])));
  const rows = chain.walk.carries === undefined; // nothing goes from one to the next: rows, and no time
  return { known, answers, step: { where: `${rows ? 'row' : 't ='} ${t}`, from, received } };
}

/** The step of a difference; where it has none, the one that is computed first. */
function stepOf(
  kata: Kata,
  { outputs, direction }: Chain,
  count: number,
  first: Pick<Difference, 'output' | 'index'> | undefined,
): number {
  if (first && isEachStep(kata.outputs[first.output]!)) return first.index[0]!;
  const own = oneStepOf(first && outputs.get(first.output)?.by, count);
  return own ?? (direction === 'forward' ? 0 : count - 1);
}
