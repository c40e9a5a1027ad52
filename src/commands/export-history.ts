import * as Flags from '@oclif/core/flags';
import { ExportCommand, type ExportReport } from './export-output.js';

export default class ExportHistory extends ExportCommand {
  static override readonly summary = 'Everything that happened, as JSON or CSV.';
  static override readonly description =
    "All events of the workspace’s history and of the data folder’s, each once, in the order of time. The JSON is exact. In CSV a text that a spreadsheet would run as a formula gets a ' before it.";
  static override readonly examples = [
    '<%= config.bin %> export history --out history.json',
    '<%= config.bin %> export history --out history.csv',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    format: Flags.string({
      description: 'how it is written; json, or what the name of --out ends in',
      options: ['json', 'csv'],
    }),
    ...ExportCommand.outputFlags,
  };

  async run(): Promise<ExportReport> {
    const { argv, flags } = await this.parse(ExportHistory);
    this.refuseArguments(argv);
    const { historyCsv, historyJson } = await import('../ui/history-export.js');
    const { events } = this.journal;
    const named = flags.format ?? flags.out.split('.').at(-1)!.toLowerCase();
    const format = named === 'csv' ? 'csv' : 'json';
    const content = format === 'csv' ? historyCsv(events) : historyJson(events);
    return this.deliver({ format, what: 'events', count: events.length, content }, flags);
  }
}
