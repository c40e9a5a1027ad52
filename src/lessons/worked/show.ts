/** How worked examples look: numbers with four digits, equations with their values in one column. */
import stringWidth from 'string-width';
import {
  equationOf,
  evaluate,
  symbolUnicode,
  toUnicode,
  type Value,
} from '../../notation/index.js';

export type Values = Readonly<Record<string, Value>>;

/** A column. */
export const vector = (...numbers: number[]): Float64Array => Float64Array.from(numbers);
/** Rows. */
export const matrix = (...rows: number[][]): Float64Array[] =>
  rows.map((row) => Float64Array.from(row));

/** Four significant digits; an exponent where the number is tiny or huge. */
export function four(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

/** 0.5, [1 2] or [1 2; 3 4]. */
export const shown = (value: Value): string => {
  if (typeof value === 'number') return four(value);
  const rows = Array.isArray(value)
    ? (value as readonly ArrayLike<number>[]).map((row) => Array.from(row, four).join(' '))
    : [Array.from(value as ArrayLike<number>, four).join(' ')];
  return rows.length === 1 && !rows[0]!.includes(' ') ? rows[0]! : `[${rows.join('; ')}]`;
};

/** Holds the engine against the notation, to the digits that are shown. @throws Error that shows both. */
export function expectSame(name: string, engines: Value, ours: Value): void {
  if (shown(engines) !== shown(ours))
    throw new Error(`The engine's ${name} is ${shown(engines)}, not ${shown(ours)}.`);
}

/** Two columns; c̃ takes one place, though it is two characters. */
export function beside(rows: readonly (readonly [string, string])[], gap: string): string[] {
  const widest = Math.max(...rows.map(([left]) => stringWidth(left)));
  return rows.map(([left, right]) => left + ' '.repeat(widest - stringWidth(left)) + gap + right);
}

/** A table: heads above columns, the first column at the left edge and the others at the right of theirs. */
export function aligned(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const table = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, k) => Math.max(...table.map((row) => stringWidth(row[k]!))));
  return table.map((row) =>
    row
      .map((cell, k) => {
        const gap = ' '.repeat(widths[k]! - stringWidth(cell));
        return k === 0 ? cell + gap : gap + cell;
      })
      .join('   ')
      .trimEnd(),
  );
}

/** `x = 1   h₋ = 0.5`, as many on a line as 76 columns hold. */
export function given(values: Values): string[] {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const item = `${symbolUnicode(name)} = ${shown(value)}`;
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 3 + stringWidth(item) <= 76)
      lines[lines.length - 1] = `${last}   ${item}`;
    else lines.push(item);
  }
  return lines;
}

/** Equations one after the other, each with the value it comes to; a value is known to all that follow. */
export function steps(ids: readonly string[], start: Values): { lines: string[]; values: Values } {
  const values: Record<string, Value> = { ...start };
  const rows = ids.map((id) => {
    const equation = equationOf(id);
    const value = evaluate(equation, values);
    values[equation.defines] = value;
    return [toUnicode(equation), shown(value)] as const;
  });
  return { lines: beside(rows, '   = '), values };
}
