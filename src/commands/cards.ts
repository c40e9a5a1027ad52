import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes, quoted } from './refusal.js';
import { called, cardFilesIn, cardFolders, cardsIn } from './own-cards.js';
import type { Flaw } from '../quiz/own/own-cards.js';

interface CardsReport {
  readonly version: 1;
  /** Where own cards are looked for. */
  readonly folders: readonly string[];
  /** What was read. */
  readonly files: readonly string[];
  readonly cards: readonly {
    readonly id: string;
    readonly kind: string;
    readonly topic: string;
    readonly level: number;
  }[];
  readonly flaws: readonly Flaw[];
}

export default class Cards extends BaseCommand {
  static override readonly summary = 'Your own cards: where they go, and whether they can be read.';
  static override readonly description =
    'Every .yaml file in the folder cards/ of your workspace or of the data folder holds cards of your own; they are asked and scheduled like ours. docs/own-cards.md describes the format. With FILE: checks those files instead. Exit code 1 if something in them cannot be read.';
  static override readonly examples = [
    '<%= config.bin %> cards',
    '<%= config.bin %> cards draft.yaml',
    '<%= config.bin %> cards --example > cards/mine.yaml',
  ];
  static override readonly usage = 'cards [FILE…] [--example] [--json]';
  static override readonly strict = false;
  static override readonly flags = {
    example: Flags.boolean({
      description: 'print a file with a card of every kind, to start from',
    }),
  };

  async run(): Promise<CardsReport | { readonly version: 1; readonly example: string }> {
    const { argv, flags } = await this.parse(Cards);
    if (flags.example) {
      if (argv.length > 0)
        throw new Refusal(`--example takes no file, got ${quoted(String(argv[0]))}.`);
      const file = path.join(this.config.root, 'docs', 'own-cards.yaml');
      const example = readFileSync(file, 'utf8');
      this.print(example.trimEnd().split('\n'));
      return { version: 1, example };
    }
    const folders = cardFolders(this.journal.workspace, process.env);
    const named = argv.map((one) => path.resolve(String(one)));
    const files = named.length > 0 ? named : folders.flatMap(cardFilesIn);
    const { cards, flaws } = await cardsIn(files);
    const { cardsText } = await import('../ui/cards-text.js');
    const report: CardsReport = {
      version: 1,
      folders: folders.map(called),
      files: files.map(called),
      cards: cards.map(({ id, kind, topic, level }) => ({ id, kind, topic, level })),
      flaws,
    };
    this.print((page) => cardsText(report, page));
    if (flaws.length > 0) this.endWith(exitCodes.failed);
    return report;
  }
}
