/** Two texts line by line: what stands only in yours, only in the solution, or in both. Only data; see diff-text.ts. */
import { diffArrays } from 'diff';

export interface DifferenceLine {
  readonly in: 'both' | 'yours' | 'solution';
  readonly text: string;
  /** From 1; in the solution where it stands only there, otherwise in yours. */
  readonly line: number;
}

/** Line endings and spaces at the end of a line make no difference. */
const linesOf = (text: string): string[] =>
  text
    .trimEnd()
    .split(/\r\n|[\n\r]/)
    .map((line) => line.trimEnd());

export function difference(yours: string, solution: string): DifferenceLine[] {
  const at = { yours: 0, solution: 0 };
  return diffArrays(linesOf(yours), linesOf(solution)).flatMap(({ value, added, removed }) =>
    value.map((text): DifferenceLine => {
      if (added) return { in: 'solution', text, line: ++at.solution };
      if (!removed) at.solution++;
      return { in: removed ? 'yours' : 'both', text, line: ++at.yours };
    }),
  );
}
