import { readFileSync } from 'node:fs';
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes } from './refusal.js';

export default class Solution extends BaseCommand {
  static override readonly summary =
    'What we would be glad to see in an interview; after you passed, or with --reveal.';
  static override readonly examples = [
    '<%= config.bin %> solution lstm-step',
    '<%= config.bin %> solution lstm-step --reveal',
  ];
  static override readonly args = { kata: Args.string({ description: 'its id', required: true }) };
  static override readonly flags = {
    reveal: Flags.boolean({ description: 'show it before you passed; your history says so' }),
  };

  async run(): Promise<{ kata: string; solution: string; followUps: readonly string[] }> {
    const { args, flags } = await this.parse(Solution);
    const kata = await this.kata(args.kata);
    const { progressOf, solutionPath } = await import('../kata/index.js');
    const { paragraph } = await import('../ui/layout.js');
    const { everPassed, revealed } = progressOf(this.journal.events)(kata.id);
    if (!everPassed && !revealed && !flags.reveal)
      throw new Refusal(
        `You have not passed ${kata.id} yet: bptt hint ${kata.id} helps, --reveal shows the solution all the same.`,
        exitCodes.failed,
      );
    if (!everPassed && !revealed) this.journal.record({ type: 'revealed', kata: kata.id });
    const solution = readFileSync(solutionPath(kata), 'utf8');
    this.print([
      solution.trimEnd(),
      '',
      'What an interviewer asks next:',
      ...kata.followUps.flatMap((question) => paragraph(`· ${question}`, this.page)),
    ]);
    return { kata: kata.id, solution, followUps: kata.followUps };
  }
}
