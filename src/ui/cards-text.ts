/** Cards as lines: the list of a deck, and a learner's own cards with what is wrong in their files. */
import { columns, paragraph } from './layout.js';
import type { Page } from './layout.js';

export interface CardRow {
  readonly id: string;
  readonly topic: string;
  readonly kind: string;
  readonly level: number;
}

/** One card a line. */
export const cardColumns = (cards: readonly CardRow[], page: Page): string[] =>
  columns(
    [
      { head: 'card' },
      { head: 'topic', drop: 2 },
      { head: 'kind', drop: 1 },
      { head: 'level', align: 'right', drop: 3 },
    ],
    cards.map(({ id, topic, kind, level }) => [id, topic, kind, String(level)]),
    page,
  );

/** What `bptt cards` shows; the command's report has this shape. */
export interface OwnCardsView {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly cards: readonly CardRow[];
  readonly flaws: readonly {
    readonly file: string;
    readonly line: number;
    readonly says: string;
  }[];
}

/** As many flaws as are shown; --json has them all. */
const mostFlaws = 20;

export function cardsText({ folders, files, cards, flaws }: OwnCardsView, page: Page): string[] {
  const { paint } = page;
  if (files.length === 0)
    return [
      ...paragraph('No cards of your own yet. They go into .yaml files in', page),
      ...folders.flatMap((folder) => paragraph(folder, page, 4)),
      '',
      ...paragraph('bptt cards --example prints a file to start from.', page),
    ];
  const rest = flaws.length - mostFlaws;
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  return [
    ...flaws
      .slice(0, mostFlaws)
      .flatMap(({ file, line, says }) =>
        paragraph(`${paint.bad('✗')} ${file}:${line}: ${says}`, page),
      ),
    ...(rest > 0 ? paragraph(`… and ${rest} more`, page) : []),
    ...(flaws.length > 0 ? [''] : []),
    ...(cards.length > 0 ? [...cardColumns(cards, page), ''] : []),
    ...paragraph(
      flaws.length === 0
        ? paint.good(`✓ ${count(cards.length, 'card')} in ${count(files.length, 'file')}`)
        : `${count(cards.length, 'card')} in ${count(files.length, 'file')}, ${count(flaws.length, 'flaw')}`,
      page,
    ),
  ];
}
