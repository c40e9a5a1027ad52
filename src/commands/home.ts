import { BaseCommand } from './base.js';
import type { HomeReport } from './home-report.js';

export default class Home extends BaseCommand {
  static override readonly summary = 'What is due and what is next. This is what bptt alone shows.';
  static override readonly examples = ['<%= config.bin %>', '<%= config.bin %> --json'];
  static override readonly strict = false;

  async run(): Promise<HomeReport> {
    const { argv } = await this.parse(Home);
    this.refuseArguments(argv);
    const [{ katas }, { homeReport }, { deckOfLearner }, { homeText }] = await Promise.all([
      import('../kata/index.js'),
      import('./home-report.js'),
      import('./own-cards.js'),
      import('../ui/home-text.js'),
    ]);
    const { events, workspace } = this.journal;
    const deck = await deckOfLearner(workspace, (sentence) => this.warning(sentence));
    const report = homeReport(katas, events, deck, workspace, new Date().toISOString());
    this.print(homeText(report, this.page));
    return report;
  }
}
