/** Which kata a word means, its id or the path of its file; or the sentence about what it is instead. It loads no kata. */
import fs from 'node:fs';
import path from 'node:path';
import { findWorkspace, kataPath } from '../kata/workspace.js';
import { kataCommand } from '../ui/kata-command.js';
import { Refusal, didYouMean, quoted } from './refusal.js';
import type { Shelved } from '../kata/shelf.js';
import type { WalkId } from '../walk/index.js';

/** The walks by name: by type, as every command that takes a kata loads this file, and only one loads the walks. */
const walks: Readonly<Record<WalkId, true>> = {
  rnn: true,
  lstm: true,
  gru: true,
  sequences: true,
  attention: true,
  memory: true,
};

/** How many letters of names stand in a sentence: about one line of a terminal. */
const room = 60;

/**
 * The kata that is meant.
 * @param folder that the katas come from, where they are not ours
 * @throws {Refusal} with what is near: the katas of that topic, those that begin so, or the nearest id
 */
export function namedKata<K extends Shelved>(
  given: string,
  katas: readonly K[],
  folder?: string,
): K {
  const kata = katas.find(({ id }) => id === given);
  if (kata) return kata;
  return isPath(given) ? ofFile(given, katas, folder) : refuse(given, katas, folder);
}

const isPath = (given: string): boolean =>
  given.includes('/') || given.includes(path.sep) || given.endsWith('.ts');

/** The kata whose file in the workspace this is, or would be. */
function ofFile<K extends Shelved>(given: string, katas: readonly K[], folder?: string): K {
  const file = path.resolve(given);
  const workspace = findWorkspace(path.dirname(file));
  const kata = katas.find((one) => workspace !== undefined && kataPath(workspace, one) === file);
  if (!kata) {
    const hint = didYouMean(
      path.basename(given, '.ts'),
      katas.map(({ id }) => id),
    );
    throw new Refusal(
      `There is no kata ${quoted(given)}: that is not the path of a kata’s file in a workspace.${hint} ${kataCommand('check --file FILE KATA', folder)} checks any file.`,
    );
  }
  // Commands work where one stands: from elsewhere they would take the file of the same name there.
  const here = findWorkspace('.');
  if (here !== undefined && fs.realpathSync(here) !== fs.realpathSync(workspace!))
    throw new Refusal(
      `${quoted(given)} is in another workspace than the one you stand in: cd ${workspace!}, or ${kataCommand(`check --file FILE ${kata.id}`, folder)}.`,
    );
  return kata;
}

function refuse(given: string, katas: readonly Shelved[], folder: string | undefined): never {
  const names = katas.map(({ id }) => id);
  const all = `${kataCommand('list', folder)} shows them all.`;
  const near = nearBy(given, katas);
  if (near === undefined)
    throw new Refusal(`There is no kata ${quoted(given)}.${didYouMean(given, names)} ${all}`);
  const walk = folder === undefined ? walkOf(given, near.topic) : undefined;
  throw new Refusal(
    `There is no kata ${quoted(given)}. ${near.topic === undefined ? 'Names that begin so:' : `The topic ${near.topic} has`} ${listed(near.names)}.${
      walk === undefined ? '' : ` bptt walk ${walk} is the guided way.`
    } ${all}`,
  );
}

/** Topics are numbered, `30-lstm`, and called by name. */
const bare = (topic: string): string => topic.replace(/^\d+-/, '');

/** The katas of a topic of that name; else those that begin so; else those of a topic that begins so. */
function nearBy(
  given: string,
  katas: readonly Shelved[],
): { readonly names: readonly string[]; readonly topic?: string } | undefined {
  if (given === '') return undefined;
  const idsOf = (topic: string) => katas.filter((one) => one.topic === topic).map(({ id }) => id);
  const topics = katas.map(({ topic }) => topic);
  const called = topics.find((topic) => topic === given || bare(topic) === given);
  if (called !== undefined) return { names: idsOf(called), topic: bare(called) };
  const names = katas.map(({ id }) => id).filter((id) => id.startsWith(given));
  if (names.length > 0) return { names };
  const topic = topics.find((one) => one.startsWith(given) || bare(one).startsWith(given));
  return topic === undefined ? undefined : { names: idsOf(topic), topic: bare(topic) };
}

const walkOf = (...names: readonly (string | undefined)[]): string | undefined =>
  Object.keys(walks).find((id) => names.includes(id));

/** As many names as fit a line, one at least, and how many more there are. */
function listed(names: readonly string[]): string {
  const shown = names.filter((_, k) => k === 0 || names.slice(0, k + 1).join(', ').length <= room);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
