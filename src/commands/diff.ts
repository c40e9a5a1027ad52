import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { kataArg, katasFlag } from './flags.js';
import type { AgainstSolution } from './against-solution.js';

export default class Diff extends BaseCommand {
  static override readonly summary =
    'Your file against the solution; after you passed, or with --reveal.';
  static override readonly description =
    'The comments of the stub and its «not implemented» are not counted as yours. Exit code: 0; 1 while the solution is kept back.';
  static override readonly examples = [
    '<%= config.bin %> diff lstm-step',
    '<%= config.bin %> diff lstm-step --reveal',
  ];
  static override readonly args = { kata: kataArg };
  static override readonly flags = {
    reveal: Flags.boolean({ description: 'show it before you passed; your history says so' }),
    katas: katasFlag,
  };

  async run(): Promise<{ version: 1; kata: string } & AgainstSolution> {
    const { args, flags } = await this.parse(Diff);
    const { workspace } = this;
    const kata = await this.kata(args.kata, flags.katas);
    const [{ againstSolution }, { diffText, notBegunText }] = await Promise.all([
      import('./against-solution.js'),
      import('../ui/diff-text.js'),
    ]);
    const found = againstSolution(workspace, this.journal, kata, flags.reveal);
    this.print((page) =>
      found.begun ? diffText(kata.id, found.lines, page) : notBegunText(kata.id, page, kata.folder),
    );
    return { version: 1, kata: kata.id, ...found };
  }
}
