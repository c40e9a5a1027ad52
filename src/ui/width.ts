/** How many columns a text takes. */
import stringWidth from 'string-width';

/**
 * Characters of one column each that never join with their neighbours: Latin and Greek letters, punctuation, small
 * digits, arrows, operators, boxes and our marks. Most text is made of them, and string-width is slow to begin.
 */
export const narrow =
  /^[\x20-\x7e\u00b0-\u024f\u0391-\u03c9\u2010-\u2027\u2030-\u203b\u2070-\u209c\u2190-\u2193\u2200-\u22ff\u2500-\u259f●○✓✗]*$/u;

/** The columns of a line without line breaks; colours take none. */
export const widthOf = (text: string): number =>
  narrow.test(text) ? text.length : stringWidth(text);
