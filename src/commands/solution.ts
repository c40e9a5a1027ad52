import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { kataArg, katasFlag } from './flags.js';

export default class Solution extends BaseCommand {
  static override readonly summary =
    'What we would be glad to see in an interview; after you passed, or with --reveal.';
  static override readonly examples = [
    '<%= config.bin %> solution lstm-step',
    '<%= config.bin %> solution lstm-step --reveal',
  ];
  static override readonly args = { kata: kataArg };
  static override readonly flags = {
    reveal: Flags.boolean({ description: 'show it before you passed; your history says so' }),
    katas: katasFlag,
  };

  async run(): Promise<{ kata: string; solution: string; followUps: readonly string[] }> {
    const { args, flags } = await this.parse(Solution);
    const kata = await this.kata(args.kata, flags.katas);
    const { revealedSolution } = await import('./reveal.js');
    const { paragraph } = await import('../ui/layout.js');
    const solution = revealedSolution(this.journal, kata, flags.reveal);
    this.print((page) => [
      solution.trimEnd(),
      '',
      'What an interviewer asks next:',
      ...kata.followUps.flatMap((question) => paragraph(`· ${question}`, page)),
    ]);
    return { kata: kata.id, solution, followUps: kata.followUps };
  }
}
