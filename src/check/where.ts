/** Where an entry of a tensor is, as indices and in words. */
import type { Tensor } from './differentiable.js';

const words: Readonly<Record<string, string>> = {
  T: 'step',
  B: 'sequence',
  D: 'input',
  H: 'unit',
  O: 'output',
};

/** The index of flat entry j of a tensor, and what it counts: «unit 2, from x[1]». */
export function whereIs({ shape, axes }: Tensor, j: number): { index: number[]; where: string } {
  const index: number[] = [];
  let rest = j;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  const named = axes.some((letter) => letter !== '');
  const plain = shape.length === 1 ? ['entry'] : shape.length === 2 ? ['row', 'column'] : [];
  const parts = index.map((i, axis) => {
    const letter = axes[axis] ?? '';
    if (!named) return `${plain[axis] ?? `axis ${axis}`} ${i}`;
    // The columns of a gate's matrix meet h first, then x; the rows count its units (H of them).
    if (letter === 'H+D') return i < shape[0]! ? `from h[${i}]` : `from x[${i - shape[0]!}]`;
    if (axis === 1 && axes[0] !== 'T' && axes[0] !== 'B')
      return letter === 'D' ? `from x[${i}]` : `from h[${i}]`;
    return `${words[letter] ?? `axis ${axis}`} ${i}`;
  });
  return { index, where: parts.join(', ') };
}
