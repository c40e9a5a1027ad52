/** A command about katas as one would type it next. It looks where the one before looked: --katas goes along. */

/** What a shell takes for one word as it stands. */
const plain = /^[\w@%+=:,./-]+$/;

/**
 * `bptt hint rnn-step`, or `bptt hint leaky-step --katas our-katas`.
 * @param words the command's name, and what it is about
 * @param folder of katas, as --katas named it; absent for ours
 */
export function kataCommand(words: string, folder?: string): string {
  if (folder === undefined) return `bptt ${words}`;
  const word = plain.test(folder) ? folder : `'${folder.replaceAll("'", String.raw`'\''`)}'`;
  return `bptt ${words} --katas ${word}`;
}
