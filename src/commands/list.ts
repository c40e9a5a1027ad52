import { BaseCommand } from './base.js';

interface Row {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  readonly level: number;
  readonly minutes: number;
  readonly status: 'open' | 'failed' | 'passed';
}

export default class List extends BaseCommand {
  static override readonly summary = 'The katas, and where you stand with each.';
  static override readonly examples = ['<%= config.bin %> list', '<%= config.bin %> list --json'];

  static override readonly strict = false;

  async run(): Promise<{ katas: Row[] }> {
    const { argv } = await this.parse(List);
    this.refuseArguments(argv);
    const [{ katas, progressOf }, { listText }] = await Promise.all([
      import('../kata/index.js'),
      import('../ui/list-text.js'),
    ]);
    const progress = progressOf(this.journal.events);
    const rows = katas.map(({ id, topic, title, level, minutes }): Row => ({
      id,
      topic,
      title,
      level,
      minutes,
      status: progress(id).status,
    }));
    this.print(listText(rows, this.page));
    return { katas: rows };
  }
}
