import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal } from './refusal.js';
import { katasFlag } from './flags.js';
import type { DifferenceLine } from '../ui/difference.js';

export default class Diff extends BaseCommand {
  static override readonly summary =
    'Your file against the solution; after you passed, or with --reveal.';
  static override readonly examples = [
    '<%= config.bin %> diff lstm-step',
    '<%= config.bin %> diff lstm-step --reveal',
  ];
  static override readonly args = { kata: Args.string({ description: 'its id', required: true }) };
  static override readonly flags = {
    reveal: Flags.boolean({ description: 'show it before you passed; your history says so' }),
    katas: katasFlag,
  };

  async run(): Promise<{
    version: 1;
    kata: string;
    file: string;
    lines: readonly DifferenceLine[];
  }> {
    const { args, flags } = await this.parse(Diff);
    const { workspace } = this;
    const kata = await this.kata(args.kata, flags.katas);
    const [{ readKata }, { difference }, { diffText }, { revealedSolution }] = await Promise.all([
      import('../kata/index.js'),
      import('../ui/difference.js'),
      import('../ui/diff-text.js'),
      import('./reveal.js'),
    ]);
    const yours = readKata(workspace, kata);
    if (yours.kind === 'refused') throw new Refusal(yours.says);
    const lines = difference(yours.text, revealedSolution(this.journal, kata, flags.reveal));
    this.print((page) => diffText(kata.id, lines, page));
    return { version: 1, kata: kata.id, file: yours.file, lines };
  }
}
