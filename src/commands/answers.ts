/** Where a session in a pipe gets its answers: line by line, or from JSON by position or by card id. */
import { closeSync, openSync, readSync } from 'node:fs';
import { linesOf } from './lines.js';
import { Refusal, quoted } from './refusal.js';
import { isSpoken } from './terminal.js';

/** The most bytes of a file of answers. */
const largest = 1_000_000;

export interface AnswerSource {
  /** The answer to this card; undefined when there are no more. */
  next(card: string): Promise<string | undefined>;
  /** Whether a person types them, on a terminal that shows what is typed. Default: no. */
  readonly typed?: boolean;
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
  if (process.stdin.isTTY && process.stdout.isTTY && isSpoken(process.env))
    return { ...answersFrom('-'), typed: true };
  if (process.stdin.isTTY)
    throw new Refusal('Not on a terminal: give --answers FILE, or the answers on standard input.');
  return answersFrom('-');
}

/** @throws {Refusal} if the file cannot be read, or is JSON of another form. */
function answersFrom(file: string): AnswerSource {
  if (file === '-') return fromStream(process.stdin);
  let text: string;
  try {
    text = readAtMost(file, largest);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `--answers: could not read ${quoted(file)} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`,
    );
  }
  return /^\s*[[{]/.test(text) ? fromJson(file, text) : fromText(text);
}

/** The text of a file, which may be a pipe or a device that never ends. @throws {Refusal} past so many bytes. */
function readAtMost(file: string, most: number): string {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(most + 1);
    let filled = 0;
    for (let read = -1; read !== 0 && filled <= most; filled += read)
      read = readSync(fd, bytes, filled, most + 1 - filled, null);
    if (filled > most) throw new Refusal(`--answers: ${quoted(file)} has more than ${most} bytes.`);
    return bytes.toString('utf8', 0, filled);
  } finally {
    closeSync(fd);
  }
}

function fromStream(input: NodeJS.ReadableStream): AnswerSource {
  const lines = linesOf(input);
  return {
    next: async () => (await lines.next()).value ?? undefined,
    close: async () => {
      await lines.return();
    },
  };
}

function fromText(text: string): AnswerSource {
  const lines = text
    .split(/\r?\n/)
    .filter((line, k, all) => line !== '' || k < all.length - 1)
    [Symbol.iterator]();
  return { next: () => Promise.resolve(lines.next().value), close: () => Promise.resolve() };
}

function fromJson(file: string, text: string): AnswerSource {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal(`--answers: ${quoted(file)} is not valid JSON: ${(error as Error).message}.`);
  }
  const isAnswer = (one: unknown): one is string | number =>
    typeof one === 'string' || typeof one === 'number';
  const entries = Object.entries(value as object);
  const wrong = entries.find(([, one]) => !isAnswer(one));
  if (wrong)
    throw new Refusal(
      `--answers: ${quoted(file)} must hold strings or numbers, and ${wrong[0].slice(0, 40)} is neither.`,
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
