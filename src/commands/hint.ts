import { BaseCommand } from './base.js';
import { Refusal } from './refusal.js';
import { kataArg, katasFlag, wholeNumber } from './flags.js';
import { kataCommand } from '../ui/kata-command.js';

export default class Hint extends BaseCommand {
  static override readonly summary =
    'The next hint for a kata: first the idea, then the equation, then the line.';
  static override readonly examples = [
    '<%= config.bin %> hint lstm-step',
    '<%= config.bin %> hint lstm-step --level 1',
  ];
  static override readonly args = { kata: kataArg };
  static override readonly flags = {
    level: wholeNumber(
      'level',
      1,
      20,
    )({ description: 'a rung of the ladder; the next one unless given' }),
    katas: katasFlag,
  };

  async run(): Promise<{ kata: string; level: number; of: number; hint: string }> {
    const { args, flags } = await this.parse(Hint);
    const kata = await this.kata(args.kata, flags.katas);
    const { progressOf } = await import('../kata/progress.js');
    const { paragraph } = await import('../ui/layout.js');
    const of = kata.hints.length;
    const level = flags.level ?? Math.min(of, progressOf(this.journal.events)(kata.id).hints + 1);
    if (level > of) throw new Refusal(`--level: ${kata.id} has ${of} hints, got ${level}.`);
    const hint = kata.hints[level - 1]!;
    this.journal.record({ type: 'hinted', kata: kata.id, level });
    this.print([
      `${kata.id}: hint ${level} of ${of}`,
      '',
      ...paragraph(hint, this.page),
      '',
      ...paragraph(
        level < of
          ? `${kataCommand(`hint ${kata.id}`, kata.folder)} again for the next one`
          : `that was the last one; ${kataCommand(`solution ${kata.id} --reveal`, kata.folder)} shows ours`,
        this.page,
      ),
    ]);
    return { kata: kata.id, level, of, hint };
  }
}
