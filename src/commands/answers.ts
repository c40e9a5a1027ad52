/** Where a session in a pipe gets its answers: line by line, or from JSON by position or by card id. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Refusal } from './refusal.js';

export interface AnswerSource {
  /** The answer to this card; undefined when there are no more. */
  next(card: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Where answers come from; undefined for a person at the keys.
 * @throws {Refusal} if the file cannot be read, or if nobody is there and nothing was given.
 */
export function answerSource(
  file: string | undefined,
  interactive: boolean,
): AnswerSource | undefined {
  if (file !== undefined) return answersFrom(file);
  if (interactive) return undefined;
  if (process.stdin.isTTY)
    throw new Refusal('Not on a terminal: give --answers FILE, or the answers on standard input.');
  return answersFrom('-');
}

/** @throws {Refusal} if the file cannot be read, or is JSON of another form. */
function answersFrom(file: string): AnswerSource {
  if (file === '-') return fromLines(process.stdin);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(
      `--answers: could not read ${file} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`,
    );
  }
  return /^\s*[[{]/.test(text) ? fromJson(file, text) : fromLines(text);
}

function fromLines(input: NodeJS.ReadableStream | string): AnswerSource {
  if (typeof input === 'string') {
    const lines = input
      .split(/\r?\n/)
      .filter((line, k, all) => line !== '' || k < all.length - 1)
      [Symbol.iterator]();
    return { next: () => Promise.resolve(lines.next().value), close: () => Promise.resolve() };
  }
  const reader = createInterface({ input });
  const lines = reader[Symbol.asyncIterator]();
  return {
    next: async () => (await lines.next()).value as string | undefined,
    close: () => {
      reader.close();
      return Promise.resolve();
    },
  };
}

function fromJson(file: string, text: string): AnswerSource {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal(`--answers: ${file} is not valid JSON: ${(error as Error).message}.`);
  }
  const isAnswer = (one: unknown): one is string | number =>
    typeof one === 'string' || typeof one === 'number';
  const entries = Object.entries(value as object);
  const wrong = entries.find(([, one]) => !isAnswer(one));
  if (wrong)
    throw new Refusal(
      `--answers: ${file} must hold strings or numbers, and ${wrong[0].slice(0, 40)} is neither.`,
    );
  const byKey = new Map(entries.map(([key, one]) => [key, String(one)]));
  let position = 0;
  return {
    next: (card) =>
      Promise.resolve(
        Array.isArray(value)
          ? byKey.get(String(position++))
          : (byKey.get(card) ?? byKey.get(card.split('#')[0]!) ?? ''),
      ),
    close: () => Promise.resolve(),
  };
}
