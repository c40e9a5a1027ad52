/** `--help` that leads with examples: what most people look for. Long ones are paged. Everything else is oclif's. */
import { stripVTControlCharacters } from 'node:util';
import { CommandHelp, Help } from '@oclif/core/help';
import { Output } from './output.js';
import { exitCodes } from './refusal.js';
import { isInteractive } from './terminal.js';
import { pagerOf } from './pager-program.js';
import type { Page, paragraph } from '../ui/layout.js';

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
