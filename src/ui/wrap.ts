/** Lines of so many columns, broken between words, and inside one only where it is longer than a line. */
import wrapAnsi from 'wrap-ansi';
import { narrow } from './width.js';

/** A text's lines, without the blanks at their ends. Narrow text does not need wrap-ansi, which is slow to begin. */
export function wrap(text: string, columns: number): string[] {
  const words = text.split(' ');
  if (!narrow.test(text) || words.some((word) => word.length > columns))
    return wrapAnsi(text, columns, { hard: true }).split('\n');
  const lines = [''];
  for (const word of words) {
    const before = lines.at(-1)!.trimStart();
    const joined = before === '' ? word : `${before} ${word}`;
    if (joined.length > columns && word !== '') lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines.map((line) => line.trimEnd());
}
