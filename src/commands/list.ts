import { BaseCommand } from './base.js';
import { katasFlag } from './flags.js';
import type { Shelved } from '../kata/index.js';

interface Row extends Shelved {
  /** By the last check. */
  readonly status: 'open' | 'failed' | 'passed';
  /** Whether any check passed: practising it again takes nothing away. */
  readonly everPassed: boolean;
}

export default class List extends BaseCommand {
  static override readonly summary = 'The katas, and where you stand with each.';
  static override readonly examples = ['<%= config.bin %> list', '<%= config.bin %> list --json'];

  static override readonly strict = false;
  static override readonly usage = 'list [--katas <value>] [--json]';
  static override readonly flags = { katas: katasFlag };

  async run(): Promise<{ katas: Row[] }> {
    const { argv, flags } = await this.parse(List);
    this.refuseArguments(argv);
    const [{ shelf }, { progressOf }, { listText }, { outsideText }] = await Promise.all([
      import('../kata/shelf.js'),
      import('../kata/progress.js'),
      import('../ui/list-text.js'),
      import('../ui/outside-text.js'),
    ]);
    const katas = flags.katas === undefined ? shelf : (await this.catalogue(flags.katas)).katas;
    const progress = progressOf(this.journal.events);
    const rows = katas.map(({ id, topic, title, level, minutes }): Row => ({
      id,
      topic,
      title,
      level,
      minutes,
      status: progress(id).status,
      everPassed: progress(id).everPassed,
    }));
    const inside = this.journal.workspace !== undefined;
    this.print((page) => [...listText(rows, page), ...(inside ? [] : outsideText(page))]);
    return { katas: rows };
  }
}
