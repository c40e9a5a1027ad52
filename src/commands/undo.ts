import path from 'node:path';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes } from './refusal.js';
import { reasonOf } from '../store/reason.js';
import { kataArg, katasFlag } from './flags.js';
import { kataCommand } from '../ui/kata-command.js';
import { paragraph } from '../ui/layout.js';

export default class Undo extends BaseCommand {
  static override readonly summary =
    'Bring back your file from before the last reset. Undo again to undo that.';
  static override readonly examples = ['<%= config.bin %> undo lstm-step'];
  static override readonly args = { kata: kataArg };
  static override readonly flags = { katas: katasFlag };

  async run(): Promise<{ kata: string; file: string; backup: string | null }> {
    const { args, flags } = await this.parse(Undo);
    const { workspace } = this;
    const kata = await this.kata(args.kata, flags.katas);
    const { undoReset } = await import('../kata/index.js');
    const result = undoReset(workspace, kata, reasonOf);
    if (result.kind === 'refused')
      throw new Refusal(result.says, result.unsaved ? exitCodes.notSaved : exitCodes.usage);
    this.journal.record({ type: 'undone', kata: kata.id, backup: result.backup });
    const file = path.relative(process.cwd(), result.file);
    const again = kataCommand(`undo ${kata.id}`, kata.folder);
    const says = result.isStub
      ? `${file} is the stub again: the last undo is undone. ${again} brings yours back.`
      : `${file} is back as it was.`;
    this.print((page) => paragraph(says, page, 0));
    return { kata: kata.id, file: result.file, backup: result.backup };
  }
}
