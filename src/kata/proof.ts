/**
 * What is proved of a kata before anybody is given it: claims, each a function to complaints. Our katas are
 * put to them in the tests, an author's by `bptt dev check`. A claim that nothing complains about holds.
 */
import { equationById } from '../notation/index.js';
import { compareOutputs } from './compare.js';
import { copyValues, judgingCases } from './cases.js';
import { clipped } from './linear.js';
import { judge } from './judge.js';
import { localSubject } from './local-subject.js';
import type { Case } from './cases.js';
import type { Kata } from './define.js';
import type { KataReport } from './report.js';
import type { Subject } from './subject.js';
import type { Values } from './values.js';

/** A stub or a solution: its text, and the function in it. */
export interface Piece {
  readonly text: string;
  readonly subject: Subject;
}

/** All that belongs to one kata. */
export interface Material {
  readonly kata: Kata;
  readonly stub: Piece;
  readonly solution: Piece;
  readonly hasCard: (id: string) => boolean;
}

/** Whether a law holds for a function, on one case. */
function keeps(
  law: Kata['laws'][number],
  solve: (given: Values) => Values,
  { given }: Case,
): boolean {
  const changed = law.change(copyValues(given));
  return law.holds(changed, solve(copyValues(changed)), solve(copyValues(given)));
}

export interface Claim {
  readonly name: string;
  /** One sentence for each thing that is not so. */
  readonly complaints: (material: Material) => Promise<string[]> | string[];
}

/** The most lines of a stub: its shapes, its signature and a TODO fit on a screen. */
const mostStubLines = 60;
const fewestMistakes = 4;

/** Why a report is not what it should be. */
const told = ({ outcome, says, checks, seed }: Omit<KataReport, 'ms'>): string =>
  [
    `${outcome} with seed ${seed}`,
    says,
    ...checks
      .filter(({ passed }) => !passed)
      .map((check) => `✗ ${check.name}${check.says === null ? '' : `: ${check.says}`}`),
  ]
    .filter(Boolean)
    .join('; ');

/** Everything that is proved, in the order in which an author would want to know. */
export const claims: readonly Claim[] = [
  {
    name: 'the stub fails as not implemented',
    complaints: async ({ kata, stub }) => {
      const report = await judge(kata, stub.subject, { seed: 1 });
      return report.outcome === 'notImplemented' ? [] : [`The stub is ${told(report)}.`];
    },
  },
  {
    name: `the stub has a TODO, and at most ${mostStubLines} lines`,
    complaints: ({ stub: { text } }) => [
      ...(text.includes('// TODO: ') ? [] : ['The stub has no «// TODO: ».']),
      ...(text.split('\n').length <= mostStubLines ? [] : [`The stub is longer than that.`]),
    ],
  },
  {
    name: 'the solution passes, for five seeds',
    complaints: async ({ kata, solution }) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const report = await judge(kata, solution.subject, { seed });
        if (report.outcome !== 'passed') return [`The solution is ${told(report)}.`];
      }
      return [];
    },
  },
  {
    name: 'the solution imports bptt/kata and nothing else, so shares no code with the engine',
    complaints: ({ solution: { text } }) =>
      [...text.matchAll(/\b(?:from|import|require)\b[\s(]*(['"])(.+?)\1/g)]
        .map(([, , from]) => from!)
        .filter((from) => from !== 'bptt/kata')
        .map((from) => `The solution imports ${from}.`),
  },
  {
    name: `at least ${fewestMistakes} mistakes are known`,
    complaints: ({ kata: { mistakes } }) =>
      mistakes.length >= fewestMistakes ? [] : [`There are ${mistakes.length}.`],
  },
  {
    name: 'every mistake is caught and named, with a counterexample',
    complaints: async ({ kata }) => {
      const complaints: string[] = [];
      for (const { id, variant } of kata.mistakes)
        for (const seed of [1, 2, 3]) {
          const report = await judge(kata, localSubject(variant), { seed });
          if (report.outcome !== 'failed') complaints.push(`${id} is ${told(report)}.`);
          else if (report.diagnosis?.mistake !== id)
            complaints.push(
              `${id} is told as ${report.diagnosis?.mistake ?? 'nothing'} (seed ${seed}).`,
            );
          else if (report.counterexample === null)
            complaints.push(`${id} has no counterexample (seed ${seed}).`);
        }
      return complaints;
    },
  },
  {
    name: 'every two mistakes differ on a quarter of the cases or more',
    complaints: ({ kata }) => {
      const cases = judgingCases(kata, 11, 40);
      const got = kata.mistakes.map(({ id, variant }) => ({
        id,
        numbers: cases.map(({ given }) => variant(copyValues(given))),
      }));
      return got.flatMap((one, k) =>
        got.slice(0, k).flatMap((other) => {
          const apart = cases.filter(
            (_, j) => !compareOutputs(one.numbers[j]!, other.numbers[j]!).same,
          ).length;
          return apart >= cases.length / 4
            ? []
            : [`${other.id} and ${one.id} differ on ${apart} of ${cases.length} cases.`];
        }),
      );
    },
  },
  {
    name: 'the laws hold for the reference',
    complaints: ({ kata }) =>
      kata.laws.flatMap((law) => {
        const broken = judgingCases(kata, 5, 40).filter((one) => !keeps(law, kata.reference, one));
        return broken.length === 0
          ? []
          : [`«${law.name}» does not hold on ${broken.length} of 40 cases.`];
      }),
  },
  {
    name: 'every law is broken by some mistake, or by clipping',
    complaints: ({ kata }) => {
      const wrong = [
        ...kata.mistakes.map(({ variant }) => variant),
        (given: Values) => clipped(kata.reference(given)),
      ];
      const cases = judgingCases(kata, 5, 40);
      return kata.laws
        .filter((law) => !cases.some((one) => wrong.some((solve) => !keeps(law, solve, one))))
        .map((law) => `«${law.name}» is broken by none, so it says nothing.`);
    },
  },
  {
    name: 'there are three hints or more, all different, and follow-up questions',
    complaints: ({ kata: { hints, followUps } }) => [
      ...(hints.length >= 3 ? [] : [`There are ${hints.length} hints.`]),
      ...(new Set(hints).size === hints.length ? [] : ['A hint stands there twice.']),
      ...(followUps.length > 0 ? [] : ['There is no follow-up question.']),
    ],
  },
  {
    name: 'the equations and cards that it names exist',
    complaints: ({ kata, hasCard }) => [
      ...kata.equations
        .filter((id) => equationById(id) === undefined)
        .map((id) => `There is no equation ${id}.`),
      ...kata.mistakes
        .filter(({ card }) => card !== undefined && !hasCard(card))
        .map(({ id, card }) => `There is no card ${card!}, which ${id} schedules.`),
    ],
  },
  {
    name: 'its cases have different sizes, T >= 3 and no zeros',
    complaints: ({ kata }) => {
      const complaints = new Set<string>();
      for (const { dims, given } of judgingCases(kata, 7, 100)) {
        const { N: _, ...sizes } = dims;
        if (new Set(Object.values(sizes)).size < Object.keys(sizes).length)
          complaints.add('Two sizes are the same.');
        if (dims.T < 3) complaints.add('T is less than 3.');
        for (const [name, value] of Object.entries(given))
          if (typeof value !== 'number')
            for (const row of value instanceof Float64Array ? [value] : value)
              if (row.includes(0)) complaints.add(`There is a zero in ${name}.`);
      }
      return [...complaints];
    },
  },
];

/** One kata's proof: a report like any other. */
export interface ProofReport {
  readonly id: string;
  readonly holds: boolean;
  readonly claims: readonly {
    readonly name: string;
    readonly holds: boolean;
    readonly says: readonly string[];
  }[];
}

/** Puts one kata to every claim. Never rejects: what a definition throws is a complaint. */
export async function prove(material: Material): Promise<ProofReport> {
  const proved: ProofReport['claims'][number][] = [];
  for (const { name, complaints } of claims) {
    let says: string[];
    try {
      says = await complaints(material);
    } catch (error) {
      says = [`The definition threw ${String(error)}.`];
    }
    proved.push({ name, holds: says.length === 0, says });
  }
  return { id: material.kata.id, holds: proved.every(({ holds }) => holds), claims: proved };
}
