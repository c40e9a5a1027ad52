/**
 * What a command prints. On a terminal it is kept until the command ends, since only then is it known whether it
 * fits: what is higher than the terminal is read with a pager. Everywhere else it goes out at once.
 */
import { pageOf, shown } from './terminal.js';
import { withPager } from './pager-program.js';
import { unmarked } from '../ui/blocks.js';
import type { Pager } from './pager-program.js';
import type { Page } from '../ui/layout.js';

/** Lines, or how they are made: a terminal can become wider while they are read. */
export type Lines = readonly string[] | ((page: Page) => readonly string[]);

/** Screens that stand below each other where there is no pager. */
const joined = (screens: readonly (readonly string[])[]): string[] =>
  unmarked(screens.flatMap((lines, k) => (k === 0 ? [...lines] : ['', '', ...lines])));

export class Output {
  readonly #pager: Pager;
  readonly #screens: Lines[][] = [];
  /** A process that ends in the middle leaves nothing unsaid. */
  readonly #rescue = (): void => this.flush();

  /** @param pager who shows what does not fit; none: everything goes out at once */
  constructor(pager: Pager) {
    this.#pager = pager;
  }

  /** One screen, or more of the one before. */
  print(lines: Lines): void {
    this.#keep(() => {
      if (this.#screens.length === 0) this.#screens.push([]);
      this.#screens.at(-1)!.push(lines);
    });
  }

  /** Screens of their own, which a pager shows one after the other even where all would fit. */
  printScreens(screens: readonly Lines[]): void {
    this.#keep(() => this.#screens.push(...screens.map((lines) => [lines])));
  }

  /** Puts out what is kept, and after it these lines: for output that is watched while it grows. */
  printNow(lines: Lines): void {
    this.flush();
    this.print(lines);
    this.flush();
  }

  /** Puts out what is kept, without a pager. */
  flush(): void {
    if (this.#screens.length === 0) return;
    write(joined(rendered(this.#screens)));
    this.#forget();
  }

  /** Shows what is kept. @returns whether Ctrl-C ended the reading */
  async end(): Promise<boolean> {
    const screens = [...this.#screens];
    if (this.#pager === 'none' || (screens.length < 2 && (await fits(rendered(screens).flat())))) {
      this.flush();
      return false;
    }
    this.#forget();
    if (this.#pager !== 'ours') {
      const text = joined(rendered(screens));
      if (!(await withPager(this.#pager.command, text))) write(text);
      return false;
    }
    const { readScreens } = await import('./pager-screen.js');
    const { read, interrupted } = await readScreens(() => rendered(screens));
    write(joined(read)); // what was read stays on the terminal, to be scrolled back to
    return interrupted;
  }

  #keep(add: () => void): void {
    if (this.#screens.length === 0) process.once('exit', this.#rescue);
    add();
    if (this.#pager === 'none') this.flush();
  }

  #forget(): void {
    this.#screens.length = 0;
    process.off('exit', this.#rescue);
  }
}

/** The screens at the terminal's width as it is now. */
function rendered(screens: readonly (readonly Lines[])[]): string[][] {
  const page = pageOf(process.stdout, process.env);
  return screens.map((parts) =>
    parts.flatMap((lines) => shown(typeof lines === 'function' ? lines(page) : lines, page.paint)),
  );
}

/** Whether these lines and the prompt after them stand on one screen. */
async function fits(lines: readonly string[]): Promise<boolean> {
  const { columns, rows } = process.stdout;
  if (lines.length >= rows) return false;
  const { cut } = await import('../ui/layout.js');
  return lines.flatMap((line) => cut(line, columns)).length < rows;
}

const write = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
};
