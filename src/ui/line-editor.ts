/**
 * One line of text being edited: a pure function from line and key to line. It knows no terminal and
 * draws nothing. Positions count code points, so no character is cut in half.
 */
import type { Key } from 'ink';

export interface Line {
  readonly characters: readonly string[];
  /** Before which character the next one is put: 0 … characters.length. */
  readonly cursor: number;
}

export const emptyLine: Line = { characters: [], cursor: 0 };

/** How the cursor is drawn. */
export const cursorMark = '▏';

/** The longest line that is kept. */
const longest = 2000;

export const textOf = ({ characters }: Line): string => characters.join('');

/** A line that holds a text, the cursor at its end. */
export const lineOf = (text: string): Line => insert(emptyLine, text);

/** The line with a bar where the cursor is: visible without colour. */
export const withCursor = ({ characters, cursor }: Line): string =>
  `${characters.slice(0, cursor).join('')}${cursorMark}${characters.slice(cursor).join('')}`;

const insert = ({ characters, cursor }: Line, text: string): Line => {
  const plain = Array.from(text.replace(/[\r\n\t]+/g, ' ').replace(/\p{Cc}/gu, ''));
  const added = plain.slice(0, Math.max(0, longest - characters.length));
  return {
    characters: [...characters.slice(0, cursor), ...added, ...characters.slice(cursor)],
    cursor: cursor + added.length,
  };
};

/** Without the characters from `start` to before the cursor. */
const cutFrom = ({ characters, cursor }: Line, start: number): Line => ({
  characters: [...characters.slice(0, start), ...characters.slice(cursor)],
  cursor: start,
});

const wordStart = ({ characters, cursor }: Line): number => {
  let start = cursor;
  while (start > 0 && characters[start - 1] === ' ') start--;
  while (start > 0 && characters[start - 1] !== ' ') start--;
  return start;
};

/** What a control key does, by its letter. */
const controls: Readonly<Record<string, (line: Line) => Line>> = {
  a: (line) => ({ ...line, cursor: 0 }),
  e: (line) => ({ ...line, cursor: line.characters.length }),
  u: (line) => cutFrom(line, 0),
  k: (line) => ({ ...line, characters: line.characters.slice(0, line.cursor) }),
  w: (line) => cutFrom(line, wordStart(line)),
};

/** Ink reports the backspace key of most terminals as `delete`, so both delete to the left. */
export function edited(line: Line, input: string, key: Partial<Key>): Line {
  const { characters, cursor } = line;
  if (key.backspace || key.delete) return cutFrom(line, Math.max(0, cursor - 1));
  if (key.leftArrow) return { ...line, cursor: Math.max(0, cursor - 1) };
  if (key.rightArrow) return { ...line, cursor: Math.min(characters.length, cursor + 1) };
  if (key.home) return { ...line, cursor: 0 };
  if (key.end) return { ...line, cursor: characters.length };
  if (key.ctrl)
    return (Object.hasOwn(controls, input) ? controls[input] : undefined)?.(line) ?? line;
  if (key.meta || key.escape || key.tab || key.upArrow || key.downArrow) return line;
  return insert(line, input);
}
