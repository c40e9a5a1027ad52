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

/** One line: sequences and control characters are dropped, a tab becomes two spaces. */
export const printable = (text: string): string =>
  text.replace(strings, '').replace(sequences, '').replaceAll('\t', '  ').replace(controls, '');

/** Several lines: split at every line ending, `\r` included, so that nothing can be overwritten. */
export const printableLines = (text: string): string[] =>
  text
    .replace(strings, '')
    .split(/\r\n|[\n\r]/)
    .map(printable);
