import path from 'node:path';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes } from './refusal.js';
import { reasonOf } from '../store/reason.js';
import { kataArg, katasFlag } from './flags.js';
import { kataCommand } from '../ui/kata-command.js';
import { paragraph } from '../ui/layout.js';

export default class Reset extends BaseCommand {
  static override readonly summary =
    'Start a kata over from its stub. Your file is kept; bptt undo brings it back.';
  static override readonly examples = ['<%= config.bin %> reset lstm-step'];
  static override readonly args = { kata: kataArg };
  static override readonly flags = { katas: katasFlag };

  async run(): Promise<{ kata: string; file: string; backup: string | null }> {
    const { args, flags } = await this.parse(Reset);
    const { workspace } = this;
    const kata = await this.kata(args.kata, flags.katas);
    const { resetKata } = await import('../kata/index.js');
    const result = resetKata(workspace, kata, reasonOf);
    if (result.kind === 'refused')
      throw new Refusal(result.says, result.unsaved ? exitCodes.notSaved : exitCodes.usage);
    this.journal.record({ type: 'reset', kata: kata.id, backup: result.backup });
    const file = path.relative(process.cwd(), result.file);
    const kept =
      result.backup === null
        ? ''
        : ` Yours is kept in ${result.backup}; ${kataCommand(`undo ${kata.id}`, kata.folder)} brings it back.`;
    this.print((page) => paragraph(`${file} is the stub again.${kept}`, page, 0));
    return { kata: kata.id, file: result.file, backup: result.backup };
  }
}
