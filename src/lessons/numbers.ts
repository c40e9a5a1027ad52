/**
 * Sums in the running text of a lesson: a code span like `0.5^99 = 1.6e-30` is read as a formula of the
 * notation, computed and compared, to as many digits as it shows.
 */
import { checkedEquation, evaluate, NotationError } from '../notation/index.js';
import { lineOf } from './line.js';

/** `formula = number`, perhaps with a unit; ≈ means the same. */
const sum = /^(.*[^=<>≈!])\s*[=≈]\s*(-?[\d,]*\.?\d+(?:e[+-]?\d+)?)(?: [a-zA-Z%]+)?$/;

export interface Sum {
  readonly line: number;
  readonly text: string;
  readonly formula: string;
  readonly shown: string;
}

/** Every sum of a page: code spans outside fenced blocks whose left side is made of numbers. */
export function sumsIn(markdown: string): Sum[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, (fence) =>
    fence.replaceAll(/[^\n]/g, ' '),
  );
  return [...prose.matchAll(/`([^`]+)`/g)].flatMap((span) => {
    const [, formula, shown] = sum.exec(span[1]!.replaceAll('−', '-')) ?? [];
    // A formula with names is an equation, and belongs in a block.
    if (formula === undefined || shown === undefined || !/\d/.test(formula)) return [];
    if (/[a-zA-Z_]/.test(formula.replaceAll(/\b(?:exp|tanh|sqrt|log|sigmoid|e(?=[+-]?\d))/g, '')))
      return [];
    return [{ line: lineOf(markdown, span.index), text: span[1]!, formula, shown }];
  });
}

/** What a sum comes to. @throws NotationError when it cannot be read. */
export function valueOfSum({ formula }: Pick<Sum, 'formula'>): number {
  const plain = formula
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll('·', '*')
    .replaceAll('σ', 'sigmoid');
  return evaluate(
    checkedEquation('training.sum', { says: '', symbols: { P: [] }, is: `P = ${plain}` }),
    {},
  ) as number;
}

/** Wrong sums, one sentence each. */
export const flawsOf = (markdown: string): string[] =>
  sumsIn(markdown).flatMap((one) => {
    const { line, text, shown } = one;
    try {
      const value = valueOfSum(one);
      const wanted = roundedLike(value, shown);
      return wanted === Number(shown.replaceAll(',', ''))
        ? []
        : [`Line ${line}: \`${text}\` should end in ${wanted}.`];
    } catch (fault) {
      if (fault instanceof NotationError) return [`Line ${line}: \`${text}\`: ${fault.message}`];
      throw fault;
    }
  });

/** The value with as many significant digits, or decimals, as the shown number has. */
function roundedLike(value: number, shown: string): number {
  const plain = shown.replaceAll(',', '');
  const mantissa = plain.split('e')[0]!;
  if (plain.includes('e'))
    return Number(value.toExponential((mantissa.split('.')[1] ?? '').length));
  return Number(value.toFixed((mantissa.split('.')[1] ?? '').length));
}
