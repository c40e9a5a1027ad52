/** A text as a prediction task: at every character, the next one. No files here: the text is an argument. */
import { EngineError } from '../errors.js';
import { log } from '../logarithm.js';
import type { Arena } from '../arena.js';
import type { ClassBatch } from '../sequence-model.js';
import type { Rng } from '../rng.js';

/** A text as classes, to predict each character from those before it. */
export interface CharacterText {
  /** Every character that occurs, in code point order; a class is an index here. */
  readonly alphabet: readonly string[];
  /** The text as classes. */
  readonly classes: readonly number[];
}

/**
 * A text's characters as classes.
 *
 * @example
 * ```ts
 * import { characterText } from 'bptt';
 *
 * characterText('abba'); // → { alphabet: ['a', 'b'], classes: [0, 1, 1, 0] }
 * ```
 */
export function characterText(text: string): CharacterText {
  const characters = Array.from(text);
  const alphabet = [...new Set(characters)].sort();
  const classOf = new Map(alphabet.map((character, k) => [character, k]));
  return { alphabet, classes: characters.map((character) => classOf.get(character)!) };
}

/** The entropy of single characters, -Σ p ln p in nats: the loss of whoever knows only how frequent each one is. */
export function unigramEntropy({ alphabet, classes }: CharacterText): number {
  const counts = alphabet.map(() => 0);
  for (const k of classes) counts[k]++;
  return -counts.reduce((sum, count) => {
    const p = count / classes.length;
    return sum + p * log(p);
  }, 0);
}

/**
 * B pieces of T characters from random places: x (T,B,alphabet) one-hot, targets (T,B) the character after.
 * @throws {EngineError} if the text is not longer than T.
 */
export function characterBatch(
  arena: Arena,
  { alphabet, classes }: CharacterText,
  { T, B }: { readonly T: number; readonly B: number },
  random: Rng,
): ClassBatch {
  if (classes.length <= T)
    throw new EngineError(`Expected a text of more than ${T} characters, got ${classes.length}.`);
  const D = alphabet.length;
  const x = arena.alloc('workspace', T * B * D);
  const targets = arena.alloc('workspace', T * B);
  for (let n = 0; n < B; n++) {
    const start = Math.floor(random() * (classes.length - T));
    for (let t = 0; t < T; t++) {
      x[(t * B + n) * D + classes[start + t]] = 1;
      targets[t * B + n] = classes[start + t + 1];
    }
  }
  return { x, targets };
}
