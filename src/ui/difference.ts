/**
 * Two texts line by line: what stands only in yours, only in the solution, or in both; of what stands only in
 * yours, what came with the stub. Only data; see diff-text.ts.
 */
import { diffArrays } from 'diff';

export interface DifferenceLine {
  readonly in: 'both' | 'yours' | 'solution';
  readonly text: string;
  /** From 1; in the solution where it stands only there, otherwise in yours. */
  readonly line: number;
  /** Present where it stands only in yours and is not of your making: the stub's comments, its «not implemented». */
  readonly stub?: true;
}

/** Line endings and spaces at the end of a line make no difference. */
const linesOf = (text: string): string[] =>
  text
    .trimEnd()
    .split(/\r\n|[\n\r]/)
    .map((line) => line.trimEnd());

/** A line of a stub that is no code of anybody's: a comment, a blank, or about NotImplemented. */
const isScaffold = (line: string): boolean => /^\s*(?:\/\/|\/?\*|$)|\bNotImplemented\b/.test(line);

/** What a stub has over its solution, but for its code: a signature stands, and is compared. */
const scaffoldOf = (stub: string, solution: string): string[] =>
  diffArrays(linesOf(stub), linesOf(solution))
    .filter(({ removed }) => removed)
    .flatMap(({ value }) => value.filter(isScaffold));

/** @param stub what the file began as, if that is known */
export function difference(yours: string, solution: string, stub?: string): DifferenceLine[] {
  const at = { yours: 0, solution: 0 };
  const scaffold = stub === undefined ? [] : scaffoldOf(stub, solution);
  /** Whether it is a line of the stub; each of them is one line of yours. */
  const fromStub = (text: string): boolean => {
    const k = scaffold.indexOf(text);
    return k >= 0 && scaffold.splice(k, 1).length > 0;
  };
  return diffArrays(linesOf(yours), linesOf(solution)).flatMap(({ value, added, removed }) =>
    value.map((text): DifferenceLine => {
      if (added) return { in: 'solution', text, line: ++at.solution };
      if (!removed) at.solution++;
      const line = ++at.yours;
      if (!removed) return { in: 'both', text, line };
      return { in: 'yours', text, line, ...(fromStub(text) ? { stub: true } : {}) };
    }),
  );
}
