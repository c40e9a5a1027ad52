/**
 * Notes as a text file that Anki imports: header lines, then a note a line. The id is the note's own, so
 * importing again changes notes instead of doubling them, and it stands first, since Anki takes a line
 * that begins with # for a comment. https://docs.ankiweb.net/importing/text-files.html
 */
import { stringify } from 'csv-stringify/sync';
import type { Note } from '../quiz/index.js';

const header = [
  '#separator:tab',
  '#html:true',
  '#notetype:Basic',
  '#deck:bptt',
  '#guid column:1',
  '#tags column:4',
  '#columns:Id\tFront\tBack\tTags',
];

/** Text as HTML: nothing in it is markup, lines stay lines. */
const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>');

/** The file's text. */
export const ankiText = (notes: readonly Note[]): string =>
  `${header.join('\n')}\n${stringify(
    notes.map(({ id, front, back, tags }) => [id, html(front), html(back), tags.join(' ')]),
    { delimiter: '\t' },
  )}`;
