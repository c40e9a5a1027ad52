import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { answerSource } from './answers.js';
import { deckOfLearner } from './own-cards.js';
import type { Walk as WalkData, WalkReport, WalkStanding } from '../walk/index.js';
import type { MemoryStep } from '../walk/index.js';

export default class Walk extends BaseCommand {
  static override readonly summary =
    'The guided way: equation by equation, kata by kata, then the gradient, the picture, the questions.';
  static override readonly description =
    'Without a name, lists the walks and how far you are. On a terminal a walk opens where you left it: it shows the equations, waits for the save, checks, names the mistake, and goes on. What you passed elsewhere counts. Not on a terminal it prints the steps and what to type next. The walk memory asks before it measures, in a pipe one prediction a line. Exit code: 0, 1 if a prediction in a pipe was wrong or could not be read, 130 after Ctrl-C.';
  static override readonly examples = [
    '<%= config.bin %> walk',
    '<%= config.bin %> walk lstm',
    '<%= config.bin %> walk memory --answers predictions.txt',
    '<%= config.bin %> walk gru --json',
  ];
  static override readonly strict = false;
  static override readonly usage = 'walk [WALK] [--again] [--answers <value>] [--json]';
  static override readonly flags = {
    again: Flags.boolean({ description: 'begin with the first step, whatever is done' }),
    answers: Flags.string({
      description:
        'predictions for the walk memory: a file with one a line, or JSON as for bptt quiz; - is standard input',
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<WalkReport> {
    const { argv, flags } = await this.parse(Walk);
    const [id, ...more] = argv as string[];
    if (more.length > 0)
      throw new Refusal(`bptt walk takes one walk, got ${quoted(more[0]!)} as well.`);
    const { isWalkId, walkById, walkIds, walks } = await import('../walk/index.js');
    if (id !== undefined && !isWalkId(id))
      throw new Refusal(
        `There is no walk ${quoted(id)}.${didYouMean(id, walkIds)} There are ${walkIds.join(', ')}.`,
      );
    if (flags.answers !== undefined && id !== 'memory')
      throw new Refusal('--answers: only bptt walk memory asks for anything.');
    const walk = id === undefined ? undefined : walkById(id);
    const [{ standingOf }, deck] = await Promise.all([
      import('../walk/index.js'),
      deckOfLearner(this.journal.workspace, (says) => this.warning(says)),
    ]);
    /** By the log as it is then. */
    const standing = (one: WalkData): WalkStanding =>
      standingOf(one, this.journal.events, (card) => deck.topicOf(card));
    if (walk?.id === 'memory' && !(this.interactive && flags.answers === undefined))
      await this.#predictByLine(walk, standing, flags);
    else if (walk && this.interactive && (walk.id === 'memory' || this.#hasWorkspace)) {
      const { walkOnScreen } = await import('./walk-screen.js');
      const interrupted = await walkOnScreen({
        ...{ walk, again: flags.again, journal: this.journal, deck },
        standing: () => standing(walk),
      });
      this.print(['']); // the last frame stays above
      if (interrupted) this.endWith(exitCodes.interrupted);
    }
    return this.#report(walk ? [walk] : walks, standing);
  }

  get #hasWorkspace(): boolean {
    return this.journal.workspace !== undefined;
  }

  async #report(
    chosen: readonly WalkData[],
    standing: (walk: WalkData) => WalkStanding,
  ): Promise<WalkReport> {
    const [{ walkReport }, { standingText, walksText }] = await Promise.all([
      import('../walk/index.js'),
      import('../ui/walk-text.js'),
    ]);
    const report = walkReport(chosen.map(standing), this.journal.workspace);
    this.print((page) => (chosen.length === 1 ? standingText : walksText)(report, page));
    return report;
  }

  /** Predictions from a file or a pipe, until there are no more. */
  async #predictByLine(
    walk: WalkData,
    standing: (walk: WalkData) => WalkStanding,
    flags: { readonly again: boolean; readonly answers: string | undefined },
  ): Promise<void> {
    // With nobody to ask, there is only something to show.
    if (flags.answers === undefined && process.stdin.isTTY && !this.page.spoken) return;
    const source = answerSource(flags.answers, false)!;
    const { predictByLine } = await import('./walk-memory.js');
    const { steps } = standing(walk);
    const wrong = await predictByLine({
      steps: walk.steps as readonly MemoryStep[],
      before: flags.again ? [] : steps,
      source,
      page: this.page,
      print: (lines) => this.printNow(lines), // measuring takes a while
      progress: (text) => this.progress(text),
      record: (events) => this.journal.record(...events),
    });
    this.print(['']);
    if (wrong) this.endWith(exitCodes.failed);
  }
}
