/**
 * Any error as one sentence that is safe to print, and how it stands on stderr. oclif's own errors run over several
 * lines, wrap the message of a flag's parser, and repeat what was typed as it was typed. It does not translate them.
 */
import { pageOf } from './terminal.js';
import { wrap } from '../ui/wrap.js';
import type { Stream } from './terminal.js';

const longest = 600;

/** The error's message as one sentence, without control characters. */
export function sentenceOf({ message }: Pick<Error, 'message'>): string {
  const lines = message
    .replace(/^Parsing --\S+ \n\t/, '') // what oclif puts before a parser's own sentence …
    .replace(/\nSee more help with --help$/, '') // … and after every one
    .split('\n');
  // «Missing 1 required arg:» and below it a table of names and descriptions, two spaces apart.
  const [first = '', ...table] = lines;
  const rows = table
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().replace(/ {2,}(.*)/, ' ($1)'));
  // Of two flags that exclude each other oclif says it from both ends, and calls a switch `--list=true`.
  const [, one, other] =
    /(--[\w-]+)=[^]*? cannot also be provided when using (--[\w-]+)/.exec(message) ?? [];
  const whole =
    one !== undefined
      ? `${one} cannot be given together with ${other}`
      : first.endsWith(':')
        ? `${first} ${rows.join(', ')}`
        : first;
  const safe = whole.replace(/[^\p{L}\p{N}\p{M}\p{P}\p{S} ]/gu, '·').trim();
  const cut = safe.length > longest ? `${safe.slice(0, longest)}…` : safe;
  return cut.replace(/([^.!?…])$/, '$1.');
}

/** Lines for stderr: between words as wide as its terminal, where it is one; in a pipe one line, for grep. */
export const complaint = (sentence: string, stream: Stream = process.stderr): string => {
  const line = `bptt: ${sentence}`;
  return stream.isTTY ? wrap(line, pageOf(stream, {}).width).join('\n') : line;
};
