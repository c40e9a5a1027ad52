/** Cards with options: one of them (choice, trap) or some of them (several). */
import type { SeveralCard, Wrong } from '../card.js';
import { right, unreadable, wrong, type Judged } from './judged.js';

/** Texts are compared without case, runs of space and a closing full stop. */
const plain = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim().replace(/\.$/, '');

/** The option that `2`, `2.`, `2)` or its own text names. */
function optionNamed(given: string, options: readonly string[]): string | undefined {
  const number = /^(\d{1,2})[.)]?$/.exec(given)?.[1];
  if (number !== undefined) return options[Number(number) - 1];
  return options.find((option) => plain(option) === plain(given));
}

/** Is the right one of the options named? */
export function gradeChoice(
  answer: string,
  distractors: readonly Wrong<string>[],
  options: readonly string[],
  given: string,
): Judged {
  const chosen = optionNamed(given, options);
  if (chosen === undefined) return unreadable(`Answer with a number from 1 to ${options.length}.`);
  if (chosen === answer) return right();
  const because = distractors.find(({ is }) => is === chosen)?.because;
  return wrong(because ?? 'That is not the right one.');
}

/** `1,3`, `1 3` and `1 and 3` name several; `all` and `none` do as they say. */
function optionsNamed(given: string, options: readonly string[]): string[] | undefined {
  if (/^(none|0)$/i.test(given)) return [];
  if (/^all$/i.test(given)) return [...options];
  const one = optionNamed(given, options);
  if (one !== undefined) return [one];
  const parts = given.split(/[\s,;+&]+|\band\b/iu).filter((part) => part !== '');
  const named = parts.map((part) =>
    /^\d{1,2}$/.test(part) ? options[Number(part) - 1] : undefined,
  );
  return parts.length === 0 || named.some((option) => option === undefined)
    ? undefined
    : named.filter((option) => option !== undefined);
}

/** Are all the right options named, and no other? The first one that is missed or wrong is explained. */
export function gradeSeveral(card: SeveralCard, options: readonly string[], given: string): Judged {
  const chosen = optionsNamed(given, options);
  if (!chosen)
    return unreadable(`Answer with the numbers of all that are right, of 1 to ${options.length}.`);
  const faults = options.flatMap((option, k) => {
    const known = card.options.find(({ is }) => is === option);
    if (!known || known.right === chosen.includes(option)) return [];
    return [`${k + 1} is ${known.right ? 'right' : 'wrong'}: ${known.because}`];
  });
  return faults.length === 0 ? right() : wrong(faults.join(' '));
}
