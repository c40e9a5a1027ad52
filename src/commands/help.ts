/** `--help` that leads with examples: what most people look for. Long ones are paged. Everything else is oclif's. */
import { stripVTControlCharacters } from 'node:util';
import { CommandHelp, Help } from '@oclif/core/help';
import { Output } from './output.js';
import { exitCodes } from './refusal.js';
import { isInteractive } from './terminal.js';
import { pagerOf } from './pager-program.js';
import type * as Layout from '../ui/layout.js';

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

  /** Without the summary, which stands above everything. */
  protected override description(): string | undefined {
    const { description } = this.command;
    return description ? this.wrap(description) : undefined;
  }
}

export class HelpWithExamples extends Help {
  protected override CommandHelpClass = ExamplesFirst;
  readonly #output = new Output(isInteractive(process.env) ? pagerOf(process.env) : 'none');

  #layout: typeof Layout | undefined;

  override async showHelp(argv: string[]): Promise<void> {
    this.#layout = await import('../ui/layout.js');
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

  /** oclif wraps all but summaries and what is typed, at 40 columns at least; what is typed stays as it is typed. */
  #wrapped(line: string, page: Layout.Page): readonly string[] {
    if (line.length <= page.width || /^ *\$ /.test(line) || !this.#layout) return [line];
    const { hanging, paragraph } = this.#layout;
    // A name and what it means: the meaning hangs where it leaves room for words.
    const [, name = '', meaning = ''] = /^ {2}(\S.*? {2,})(\S.*)$/.exec(line) ?? [];
    return name !== '' && page.width - name.length >= 12
      ? hanging(name, meaning, page)
      : paragraph(line.trim(), page, line.search(/\S/));
  }
}
