/**
 * A stack trace of the bundled script, told in the learner's own files and lines. Frames of the host and
 * of Node are dropped. It needs the bundle's source map and reads no file.
 */
import { SourceMap } from 'node:module';
import { printable, printableLines } from '../printable.js';
import { scriptName, type Bundle } from './bundle.js';

const MOST_FRAMES = 30;
const hosts = /^\s+at .*(?:host-child\.cjs|\(?node:[\w/]+):\d+:\d+\)?$/;
const frame = new RegExp(
  `^\\s+at (?:(.*) \\()?${scriptName.replaceAll('.', '\\.')}:(\\d+):(\\d+)\\)?$`,
);

/** Reads positions in one bundle as positions in the learner's files. */
export class StackMapper {
  readonly #sources: SourceMap;

  constructor({ map }: Pick<Bundle, 'map'>) {
    this.#sources = new SourceMap(JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0]);
  }

  /** `TypeError: …` and one line per frame, `    at lstmStep (katas/30-lstm/lstm-step.ts:12:5)`. */
  stack(title: string, stack: string): string {
    const frames = printableLines(stack).flatMap((line) => this.#frame(line) ?? []);
    return [printable(title), ...frames.slice(0, MOST_FRAMES)].join('\n');
  }

  /** Printed lines: a stack trace among them is told likewise, without the host's own frames. */
  lines(lines: readonly string[]): string[] {
    return lines.flatMap((line) => this.#frame(line) ?? (hosts.test(line) ? [] : line));
  }

  #frame(line: string): string | undefined {
    const [, name, row, column] = frame.exec(line) ?? [];
    if (row === undefined || column === undefined) return undefined;
    const place = placeOf(this.#sources, Number(row) - 1, Number(column) - 1);
    if (place === undefined) return undefined;
    return name === undefined ? `    at ${place}` : `    at ${name} (${place})`;
  }
}

/** The first place that a mapped stack names, `file:line:column`. */
export const firstPlace = (stack: string): string | undefined =>
  /^ {4}at (?:.* \()?(.+?:\d+:\d+)\)?$/m.exec(stack)?.[1];

function placeOf(sources: SourceMap, row: number, column: number): string | undefined {
  const entry = sources.findEntry(row, column);
  if (!('originalSource' in entry)) return undefined;
  const file = /(?:^|\/)(?:dist\/kata\.js|src\/kata\/learner\.ts|dist\/chunks\/.*)$/.test(
    entry.originalSource,
  )
    ? 'bptt/kata'
    : printable(entry.originalSource);
  return `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
