/** Where a learner's own cards are, and the deck that they make with ours. Reads files; judges nothing. */
import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import { logPaths } from './journal.js';
import type { Deck } from '../quiz/index.js';
import type { Flaw, OwnCards, OwnFile } from '../quiz/own/own-cards.js';

/** The largest file that is read, in bytes; and what is read of all files, since YAML takes its time. */
const largest = 1_000_000;
const largestOfAll = 2_000_000;

/** The folders in which YAML files of cards are looked for: the workspace's and the data folder's. */
export function cardFolders(workspace: string | undefined, env: NodeJS.ProcessEnv): string[] {
  const data = path.dirname(logPaths(workspace, env).home);
  const around = [...(workspace === undefined ? [] : [workspace]), data];
  return [...new Set(around.map((folder) => path.join(folder, 'cards')))];
}

/** The YAML files of a folder by name; none where there is no folder. */
export function cardFilesIn(folder: string): string[] {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^[^.].*\.ya?ml$/i.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** A file as it is called in a sentence: from where one stands, if it is below. */
export function called(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}

/** The cards of these files, and what is wrong with any of them. */
export async function cardsIn(files: readonly string[]): Promise<OwnCards> {
  const { readOwnCards } = await import('../quiz/own/own-cards.js');
  const flaws: Flaw[] = [];
  const texts: OwnFile[] = [];
  let left = largestOfAll;
  for (const file of files) {
    const read = textOf(file, left);
    if (read.kind === 'text') {
      left -= read.text.length;
      texts.push({ file: called(file), text: read.text });
    } else flaws.push({ file: called(file), line: 1, says: read.says });
  }
  const own = readOwnCards(texts);
  return { cards: own.cards, flaws: [...flaws, ...own.flaws] };
}

type Text =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly says: string };

/** @param left bytes that may still be read */
function textOf(file: string, left: number): Text {
  const refused = (says: string): Text => ({ kind: 'refused', says });
  try {
    const stat = fs.statSync(file);
    // To read a pipe would wait for ever.
    if (!stat.isFile()) return refused('this is not a regular file.');
    if (stat.size > largest) return refused(`the file is larger than ${largest} bytes.`);
    if (stat.size > left)
      return refused(`with this file, your cards are larger than ${largestOfAll} bytes.`);
    const bytes = fs.readFileSync(file);
    return isUtf8(bytes)
      ? { kind: 'text', text: bytes.toString() }
      : refused('the file is not UTF-8 text.');
  } catch (error) {
    return refused(
      `the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`,
    );
  }
}

/** The learner's own cards, from their folders; one warning where some have to be left out. */
export async function ownCards(
  workspace: string | undefined,
  warn: (sentence: string) => void,
): Promise<OwnCards['cards']> {
  const files = cardFolders(workspace, process.env).flatMap(cardFilesIn);
  if (files.length === 0) return [];
  const [{ flawLine }, { cards, flaws }] = await Promise.all([
    import('../quiz/own/own-cards.js'),
    cardsIn(files),
  ]);
  const [first, ...others] = flaws;
  if (first) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    warn(`left out: ${flawLine(first).replace(/\.$/, '')}${more}; bptt cards shows what is wrong.`);
  }
  return cards;
}

/** Our deck with the learner's own cards. */
export async function deckOfLearner(
  workspace: string | undefined,
  warn: (sentence: string) => void,
): Promise<Deck> {
  const { deckWith } = await import('../quiz/index.js');
  return deckWith(await ownCards(workspace, warn));
}
