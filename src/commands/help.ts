/** `--help` that leads with examples: what most people look for. Long ones are paged. Everything else is oclif's. */
import { stripVTControlCharacters } from 'node:util';
import { CommandHelp, Help } from '@oclif/core/help';
import { Output } from './output.js';
import { exitCodes } from './refusal.js';
import { isInteractive } from './terminal.js';
import { pagerOf } from './pager-program.js';
import type { Page, paragraph } from '../ui/layout.js';

/** What each exit code says, in the order of the codes. */
const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  passed: 'passed, or done',
  failed: 'a check or an answer failed',
  usage: 'wrong command line, file or name',
  newer: 'data written by a newer bptt',
  notSaved: 'something could not be saved',
  bug: 'our bug',
  timedOut: 'out of time',
  interrupted: 'Ctrl-C',
  outOfMemory: 'out of memory',
};

class ExamplesFirst extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const sections = super.sections();
    const isExamples = ({ header }: { readonly header: string }): boolean => header === 'EXAMPLES';
    return [...sections.filter(isExamples), ...sections.filter((one) => !isExamples(one))];
  }
}

export class HelpWithExamples extends Help {
  protected override CommandHelpClass = ExamplesFirst;
  readonly #output = new Output(isInteractive(process.env) ? pagerOf(process.env) : 'none');

  #paragraph: typeof paragraph | undefined;

  override async showHelp(argv: string[]): Promise<void> {
    ({ paragraph: this.#paragraph } = await import('../ui/layout.js'));
    await super.showHelp(argv);
    if (await this.#output.end()) process.exit(exitCodes.interrupted);
  }

  protected override async showRootHelp(): Promise<void> {
    await super.showRootHelp();
    const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
    const rows = names.map((name): [string, string] => [
      String(exitCodes[name]),
      exitMeanings[name],
    ]);
    this.log(this.section('EXIT CODES', this.renderList(rows, { indentation: 2, spacer: '\n' })));
    this.log('');
  }

  protected override log(...texts: string[]): void {
    this.#output.print((page) => {
      const text = texts.join(' ');
      const plain = page.paint.strong('x') === 'x' ? stripVTControlCharacters(text) : text;
      return plain.split('\n').flatMap((line) => this.#wrapped(line, page));
    });
  }

  /** oclif wraps all but summaries and what is typed; the latter stays as it is typed. */
  #wrapped(line: string, page: Page): readonly string[] {
    return line.length <= page.width || /^ *\$ /.test(line) || !this.#paragraph
      ? [line]
      : this.#paragraph(line.trim(), page, line.search(/\S/));
  }
}
