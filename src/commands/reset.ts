import path from 'node:path';
import * as Args from '@oclif/core/args';
import { BaseCommand } from './base.js';
import { Refusal } from './refusal.js';
import { katasFlag } from './flags.js';

export default class Reset extends BaseCommand {
  static override readonly summary =
    'Start a kata over from its stub. Your file is kept; bptt undo brings it back.';
  static override readonly examples = ['<%= config.bin %> reset lstm-step'];
  static override readonly args = { kata: Args.string({ description: 'its id', required: true }) };
  static override readonly flags = { katas: katasFlag };

  async run(): Promise<{ kata: string; file: string; backup: string | null }> {
    const { args, flags } = await this.parse(Reset);
    const { workspace } = this;
    const kata = await this.kata(args.kata, flags.katas);
    const { resetKata } = await import('../kata/index.js');
    const result = resetKata(workspace, kata);
    if (result.kind === 'refused') throw new Refusal(result.says);
    this.journal.record({ type: 'reset', kata: kata.id, backup: result.backup });
    const file = path.relative(process.cwd(), result.file);
    this.print([
      `${file} is the stub again.${result.backup === null ? '' : ` Yours is kept in ${result.backup}; bptt undo ${kata.id} brings it back.`}`,
    ]);
    return { kata: kata.id, file: result.file, backup: result.backup };
  }
}
