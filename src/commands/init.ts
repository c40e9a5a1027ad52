import path from 'node:path';
import * as Args from '@oclif/core/args';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes } from './refusal.js';
import { reasonOf } from '../store/reason.js';

export default class Init extends BaseCommand {
  static override readonly summary =
    'Make a workspace: stubs to fill in, tests, and a place for your progress.';
  static override readonly examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init ~/interview',
  ];
  static override readonly args = {
    dir: Args.string({ description: 'the folder to make it in', default: '.' }),
  };

  async run(): Promise<{ workspace: string; written: readonly string[]; kept: readonly string[] }> {
    const { args } = await this.parse(Init);
    const { initWorkspace } = await import('../kata/index.js');
    const result = initWorkspace(args.dir, this.config.version, reasonOf);
    if (result.kind === 'refused')
      throw new Refusal(result.says, result.unsaved ? exitCodes.notSaved : exitCodes.usage);
    const { workspace, written, kept } = result;
    const relative = path.relative(process.cwd(), workspace);
    const cd = relative.startsWith('..') ? workspace : relative;
    this.print(
      written.length === 0
        ? [`${workspace} is complete already: nothing was written.`]
        : [
            `${kept.length === 0 ? 'Made a workspace in' : 'Completed the workspace'} ${workspace}: ${written.length} files.`,
            '',
            ...(cd === ''
              ? []
              : [`  cd ${/^[\w./-]+$/.test(cd) ? cd : `'${cd.replaceAll("'", `'\\''`)}'`}`]),
            '  bptt walk rnn            (the guided way, from the equation to the questions)',
            '  bptt check rnn-step      (says «not implemented»: open the file it names)',
            '  bptt list                (all katas)',
            '',
            'README.md there says what a Vector and a Matrix are.',
          ],
    );
    return { workspace, written, kept };
  }
}
