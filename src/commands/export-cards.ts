import * as Flags from '@oclif/core/flags';
import { ExportCommand, type ExportReport } from './export-output.js';
import { seedFlag, wholeNumber } from './flags.js';
import { refuseUnknown } from './refusal.js';
import { deckOfLearner } from './own-cards.js';

export default class ExportCards extends ExportCommand {
  static override readonly summary = 'The cards as a file that Anki imports, your own included.';
  static override readonly description =
    'One note a card: the question with its options in front; the answer, why, and what is wrong with the other answers behind. A generator gives some cards, from the seed. Notes carry ids: importing a newer file changes them instead of doubling them.';
  static override readonly examples = [
    '<%= config.bin %> export cards --out bptt.txt',
    '<%= config.bin %> export cards --topic lstm --instances 5 --out lstm.txt',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    format: Flags.string({ description: 'how it is written', options: ['anki'], default: 'anki' }),
    topic: Flags.string({ description: 'only these topics', multiple: true }),
    instances: wholeNumber(
      'instances',
      0,
      100,
    )({ description: 'cards of each generator', default: 3 }),
    seed: seedFlag({ description: 'of the generated cards', default: 1 }),
    ...ExportCommand.outputFlags,
  };

  async run(): Promise<ExportReport> {
    const { argv, flags } = await this.parse(ExportCards);
    this.refuseArguments(argv);
    const [{ notesOf, topics }, { ankiText }] = await Promise.all([
      import('../quiz/index.js'),
      import('../ui/anki-text.js'),
    ]);
    const { topic = [], instances, seed } = flags;
    refuseUnknown('topic', topic, [...topics, 'own']);
    const deck = await deckOfLearner(this.journal.workspace, (says) => this.warning(says));
    const notes = notesOf(deck, { instances, seed, topics: topic });
    const content = ankiText(notes);
    const format = 'anki';
    return this.deliver({ format, what: 'notes', count: notes.length, content }, flags);
  }
}
