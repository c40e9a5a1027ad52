import { BaseCommand } from './base.js';
import type { StatsReport } from '../quiz/index.js';

export default class Stats extends BaseCommand {
  static override readonly summary =
    'How well it sticks: retention, what falls due, what is weakest.';
  static override readonly description =
    'Counts the answers of bptt quiz and the mistakes that bptt check has named. Retention is the share of right answers to cards that were seen on an earlier day; FSRS aims at 90 %. Days are those of your time zone (TZ).';
  static override readonly examples = ['<%= config.bin %> stats', '<%= config.bin %> stats --json'];
  static override readonly strict = false;

  async run(): Promise<StatsReport> {
    const { argv } = await this.parse(Stats);
    this.refuseArguments(argv);
    const [{ statsOf }, { statsText }, { outsideText }, { deckOfLearner }] = await Promise.all([
      import('../quiz/index.js'),
      import('../ui/stats-text.js'),
      import('../ui/outside-text.js'),
      import('./own-cards.js'),
    ]);
    const deck = await deckOfLearner(this.journal.workspace, (sentence) => this.warning(sentence));
    const report = statsOf(this.journal.events, deck, new Date().toISOString());
    const inside = this.journal.workspace !== undefined;
    this.print((page) => [...statsText(report, page), ...(inside ? [] : outsideText(page))]);
    return report;
  }
}
