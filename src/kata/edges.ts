/**
 * Edges: inputs that a stub allows and no generated case has: a size of 1, sizes that are all the same, and what a
 * definition names, such as a chunk longer than the sequence. A function can be right on every case and wrong
 * there. Edges are compared with the reference and no more: to name a mistake takes cases that discriminate.
 */
import { caseOf, copyValues, usedDims } from './cases.js';
import { compareOutputs, unfit } from './compare.js';
import type { Answer, Fault, Subject } from './subject.js';
import type { Case } from './cases.js';
import type { Kata } from './define.js';
import type { KataDims } from './sizes.js';

/** A case of its own kind. */
export interface Edge {
  /** What is special about it, after «where»: `T = 1`. */
  readonly where: string;
  readonly case: Case;
}

/** Sizes with nothing special about them. */
const plain: KataDims = { T: 4, D: 3, H: 2, O: 5, S: 6, K: 7, V: 8, N: 2, B: 9 };
const same: KataDims = { T: 3, D: 3, H: 3, O: 3, S: 3, K: 3, V: 3, N: 3, B: 3 };

/** All edges of a kata; the same seed gives the same ones. */
export function edgesOf(kata: Kata, seed: number): Edge[] {
  const of = (where: string, dims: KataDims): Edge => ({ where, case: caseOf(kata, dims, seed) });
  const usual = of('all is as usual', plain).case;
  const used = Object.keys(usedDims(kata, usual));
  const small = used.map((letter) => of(`${letter} = 1`, { ...plain, [letter]: 1 }));
  const equal = used.length > 1 ? [of(used.join(' = '), same)] : [];
  const named = Object.entries(kata.edges ?? {}).map(([where, change]) => ({
    where,
    case: { ...usual, given: change(copyValues(usual.given)) },
  }));
  return [...small, ...equal, ...named];
}

/** How a subject does at the edges; `says` goes on from «Right on all cases, and …». */
export type AtEdges =
  | { readonly kind: 'judged'; readonly says: string | null; readonly first?: Case }
  | {
      readonly kind: 'ended';
      readonly answer: Exclude<Answer | Fault, { kind: 'returned' }>;
      readonly where: string;
    };

/** Puts a subject that is right on every case to every edge. Never rejects. */
export async function judgeEdges(kata: Kata, subject: Subject, seed: number): Promise<AtEdges> {
  const wrong: (Edge & { readonly why: string })[] = [];
  for (const edge of edgesOf(kata, seed)) {
    const { given, dims } = edge.case;
    const answer = await subject.call(copyValues(given));
    if (answer.kind !== 'returned') return { kind: 'ended', answer, where: edge.where };
    const fitting = unfit(kata.outputs, dims, answer.outputs);
    if (fitting.kind === 'unfit') wrong.push({ ...edge, why: ` ${fitting.says}` });
    else if (!compareOutputs(kata.reference(copyValues(given)), fitting.values).same)
      wrong.push({ ...edge, why: fitting.notFinite ? ` There ${fitting.notFinite}` : '' });
  }
  const [first] = wrong;
  if (!first) return { kind: 'judged', says: null };
  const where = wrong.map((one) => `where ${one.where}`).join(', and ');
  return { kind: 'judged', says: `wrong ${where}.${first.why}`, first: first.case };
}
