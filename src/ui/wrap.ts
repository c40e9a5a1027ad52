/** Lines of so many columns, broken between words. A longer word is left whole, so that it can be copied and clicked. */
import wrapAnsi from 'wrap-ansi';
import { narrow } from './width.js';

/** A text's lines, without the blanks at their ends. Narrow text does not need wrap-ansi, which is slow to begin. */
export function wrap(text: string, columns: number): string[] {
  if (!narrow.test(text)) return wrapAnsi(text, columns).split('\n');
  const lines = [''];
  for (const word of text.split(' ')) {
    const before = lines.at(-1)!.trimStart();
    const joined = before === '' ? word : `${before} ${word}`;
    if (joined.length > columns && word !== '' && before !== '') lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines.map((line) => line.trimEnd());
}
