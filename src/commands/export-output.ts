/** What the exports share: to a file, whole or not at all and never over another one unasked, or out. */
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal } from './refusal.js';
import { expectName, saveAs } from './save-as.js';
import { statOf } from '../kata/workspace.js';

export interface ExportReport {
  readonly version: 1;
  readonly format: string;
  /** Cards or events. */
  readonly count: number;
  /** The file that was written, or null. */
  readonly file: string | null;
  /** What was exported, where no file was named; else null. */
  readonly content: string | null;
}

/** The file that we name where none was. */
const suggested = {
  anki: 'bptt.txt',
  json: 'history.json',
  csv: 'history.csv',
} as const;

interface Export {
  readonly format: keyof typeof suggested;
  /** What is counted: `notes`. */
  readonly what: string;
  readonly count: number;
  readonly content: string;
}

export abstract class ExportCommand extends BaseCommand {
  static readonly outputFlags = {
    out: Flags.string({
      description: 'the file to write; - is standard output, where that is no terminal',
      helpValue: 'FILE',
      default: '-',
    }),
    force: Flags.boolean({ description: 'replace the file if there is one' }),
  };

  /**
   * Writes what is exported.
   * @throws {Refusal} if the file is there already or cannot be written.
   */
  protected deliver(
    { format, what, count, content }: Export,
    { out, force }: { readonly out: string; readonly force: boolean },
  ): ExportReport {
    if (out === '-') {
      const command = (this.id ?? '').replace(':', ' ');
      // Nobody reads a file on a terminal; in a pipe it goes out byte for byte.
      if (process.stdout.isTTY)
        this.print([`  ${count} ${what}; bptt ${command} --out ${suggested[format]} writes them.`]);
      else if (!this.jsonEnabled()) process.stdout.write(content);
      return { version: 1, format, count, file: null, content };
    }
    expectName('--out', out);
    if (statOf(out)?.isFile() && !force)
      throw new Refusal(`--out: ${out} is there already; --force replaces it.`);
    saveAs('--out', out, content);
    this.print([`  ${count} ${what} in ${out}`]);
    return { version: 1, format, count, file: out, content: null };
  }
}
