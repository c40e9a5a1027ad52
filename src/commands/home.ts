import { existsSync } from 'node:fs';
import path from 'node:path';
import { BaseCommand } from './base.js';
import { Journal } from './journal.js';
import { exitCodes } from './refusal.js';
import { reasonOf } from '../store/reason.js';
import type { Offer } from '../ui/home-keys.js';
import type { HomeReport } from '../walk/home.js';

/** The workspace that home offers to make, below the folder one stands in. */
const newFolder = 'my-workspace';

export default class Home extends BaseCommand {
  static override readonly summary = 'What is due and what is next. This is what bptt alone shows.';
  static override readonly description =
    'On a terminal each thing to do has a key; what it starts comes back here. Where there is neither a workspace nor a history, it offers to make a workspace, says what it would write, and writes nothing before you say yes. In a pipe it prints what is due. Exit code: 0, or 130 after Ctrl-C.';
  static override readonly examples = ['<%= config.bin %>', '<%= config.bin %> --json'];
  static override readonly strict = false;

  async run(): Promise<HomeReport> {
    const { argv } = await this.parse(Home);
    this.refuseArguments(argv);
    if (!this.interactive) {
      const report = await this.#report(this.journal);
      const { homeText } = await import('../ui/home-text.js');
      this.print(homeText(report, this.page));
      return report;
    }
    const { homeOnScreen } = await import('./home-screen.js');
    const { workspace, events } = this.journal;
    const { report, interrupted } = await homeOnScreen({
      report: () => this.#report(this.#freshJournal()),
      first: workspace === undefined && events.length === 0 ? 'offer' : 'home',
      offer: () => this.#offer(),
      accept: (offer) => this.#accept(offer),
    });
    if (interrupted) this.endWith(exitCodes.interrupted);
    return report;
  }

  /** The history as it is now, in the folder that one stands in now. */
  #freshJournal(): Journal {
    return new Journal(process.cwd(), process.env, () => undefined); // its warnings were given at the start
  }

  async #report({ events, workspace }: Journal): Promise<HomeReport> {
    const [{ shelf }, { homeReport }, { deckOfLearner }] = await Promise.all([
      import('../kata/shelf.js'),
      import('../walk/home.js'),
      import('./own-cards.js'),
    ]);
    const deck = await deckOfLearner(workspace, (sentence) => this.warning(sentence));
    return homeReport(shelf, events, deck, workspace, new Date().toISOString());
  }

  async #offer(): Promise<Offer> {
    const folder = path.resolve(newFolder);
    const { katas, marker, workspaceFiles } = await import('../kata/index.js');
    return {
      folder,
      files: existsSync(path.join(folder, marker))
        ? []
        : [...workspaceFiles(katas, this.config.version).keys()],
    };
  }

  async #accept({ folder, files }: Offer): Promise<string> {
    if (files.length > 0) {
      const { initWorkspace } = await import('../kata/index.js');
      const result = initWorkspace(folder, this.config.version, reasonOf);
      if (result.kind === 'refused') return result.says;
    }
    process.chdir(folder);
    return `You stand in ${folder} now. After leaving: cd ${newFolder}`;
  }
}
