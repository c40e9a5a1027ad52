import path from 'node:path';
import * as Args from '@oclif/core/args';
import { BaseCommand } from './base.js';
import { Refusal } from './refusal.js';

export default class Undo extends BaseCommand {
  static override readonly summary =
    'Bring back your file from before the last reset. Undo again to undo that.';
  static override readonly examples = ['<%= config.bin %> undo lstm-step'];
  static override readonly args = { kata: Args.string({ description: 'its id', required: true }) };

  async run(): Promise<{ kata: string; file: string; backup: string | null }> {
    const { args } = await this.parse(Undo);
    const { workspace } = this;
    const kata = await this.kata(args.kata);
    const { undoReset } = await import('../kata/index.js');
    const result = undoReset(workspace, kata);
    if (result.kind === 'refused') throw new Refusal(result.says);
    this.journal.record({ type: 'undone', kata: kata.id, backup: result.backup });
    this.print([`${path.relative(process.cwd(), result.file)} is back as it was.`]);
    return { kata: kata.id, file: result.file, backup: result.backup };
  }
}
