/** What a learner's file printed, kept within a budget of bytes and made safe to display. */
import { StringDecoder } from 'node:string_decoder';
import { printedLines } from '../printable.js';

const MOST_LINES = 40;
const MOST_COLUMNS = 1000;
/** Only the end is ever shown: this many characters of it are kept. */
const MOST_KEPT = 64 * 1024;

const crashReport = /\n+<--- Last few GCs --->|\n#\n# Fatal|\nFATAL ERROR/;

/** Collects both streams in order of arrival. */
export class Transcript {
  #bytes = 0;
  #text = '';
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };

  /** @param mostBytes the budget, in bytes, of both streams together */
  constructor(readonly mostBytes: number) {}

  /** Takes what arrived; true while the budget holds. */
  take(stream: 'stdout' | 'stderr', chunk: Buffer): boolean {
    this.#bytes += chunk.length;
    this.#text = (this.#text + this.#decoders[stream].write(chunk)).slice(-MOST_KEPT);
    return this.#bytes <= this.mostBytes;
  }

  /** True when the runtime itself said that it ran out of memory. */
  get saysOutOfMemory(): boolean {
    return /heap out of memory|process out of memory|bad_alloc|allocation failed/i.test(this.#text);
  }

  /** The last 40 lines, each cut to 1000 characters, without the runtime's own crash report. */
  lines(): string[] {
    const [learners = '', ...report] = this.#text.split(crashReport);
    const lines = printedLines(report.length > 0 ? learners.trimEnd() : learners);
    if (lines.at(-1) === '') lines.pop();
    return lines
      .slice(-MOST_LINES)
      .map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)}…` : line));
  }
}
