/**
 * Text of unknown origin, made safe to display: no escape sequence, no control or bidirectional control
 * character, no lone surrogate. It does not shorten and does not escape for HTML.
 */

// The grammar of ECMA-48: strings (OSC, DCS, SOS, PM, APC) with their payload, ended by BEL, ST or the end
// of the text; CSI sequences; two-character escapes. (node:util's stripVTControlCharacters takes the text
// between a CSI sequence and the next BEL as well.)
const strings =
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?/g;
const sequences = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g;
const controls = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu;

const withoutSequences = (text: string): string => text.replace(strings, '').replace(sequences, '');

/** Several lines: split at every line ending, `\r` included, so that nothing can be overwritten. */
const linesOf = (text: string): string[] => text.replace(strings, '').split(/\r\n|[\n\r]/);

/** One line: sequences and control characters are dropped, a tab becomes two spaces. */
export const printable = (text: string): string =>
  withoutSequences(text).replaceAll('\t', '  ').replace(controls, '');

/** Several lines, each made printable. */
export const printableLines = (text: string): string[] => linesOf(text).map(printable);

/** A name that cannot be taken for another: whatever in it does not show is told by its number, `h\\u{200b}`. */
export const visible = (name: string): string =>
  name.replace(
    /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (hidden) => `\\u{${hidden.codePointAt(0)!.toString(16)}}`,
  );

/** The same of what a program printed: a tab goes on to the next eighth column, so that a table stays one. */
export const printedLines = (text: string): string[] =>
  linesOf(text).map((line) =>
    withoutSequences(line)
      .split('\t')
      .map((part) => part.replace(controls, ''))
      .reduce((row, part) => row + ' '.repeat(8 - (row.length % 8)) + part),
  );
