/**
 * What a key means on a quiz screen: a pure function to an intent. The session component carries it out.
 * The footer is made here too, so that what is shown is what works.
 */
import type { Key } from 'ink';
import type { CardKind } from '../quiz/index.js';

export type Intent =
  | 'quit'
  | 'skip'
  | 'hint'
  | 'submit'
  | 'next'
  | 'why'
  | 'clear'
  | { readonly option: number }
  | { readonly move: 1 | -1 }
  | 'toggle'
  | 'edit'
  | 'none';

/** What is on the screen. */
export interface Screen {
  readonly kind: CardKind;
  readonly answered: boolean;
  /** Is anything typed? */
  readonly empty: boolean;
  readonly hasHint: boolean;
}

const choosing: ReadonlySet<CardKind> = new Set<CardKind>(['choice', 'trap', 'several']);

/** Is this kind answered by choosing options, not by typing? */
export const isChosen = (kind: CardKind): boolean => choosing.has(kind);

const answeredKeys: Readonly<Record<string, Intent>> = {
  '?': 'why',
  q: 'quit',
  n: 'next',
  ' ': 'next',
};
const choosingKeys: Readonly<Record<string, Intent>> = {
  '?': 'hint',
  q: 'quit',
  s: 'skip',
  ' ': 'toggle',
};

/** The intent of one key. Letters are letters while one types; tab and escape work everywhere. */
export function intentOf(input: string, key: Partial<Key>, screen: Screen): Intent {
  if (key.ctrl && (input === 'c' || input === 'd')) return 'quit';
  if (screen.answered) {
    if (key.return) return 'next';
    return key.escape ? 'quit' : (known(answeredKeys, input) ?? 'none');
  }
  if (key.return) return 'submit';
  if (key.tab) return 'skip';
  if (isChosen(screen.kind)) {
    if (key.escape) return 'quit';
    if (key.upArrow) return { move: -1 };
    if (key.downArrow) return { move: 1 };
    if (/^[1-9]$/.test(input)) return { option: Number(input) - 1 };
    return key.ctrl ? 'none' : (known(choosingKeys, input) ?? 'none');
  }
  if (key.escape) return screen.empty ? 'quit' : 'clear';
  if (input === '?' && screen.empty) return 'hint';
  return 'edit';
}

const known = (keys: Readonly<Record<string, Intent>>, input: string): Intent | undefined =>
  Object.hasOwn(keys, input) ? keys[input] : undefined;

/** What can be pressed now. */
export function footerOf({ kind, answered, empty, hasHint }: Screen): string {
  if (answered) return 'enter next · ? why · q stop';
  const hint = hasHint ? ['? hint'] : [];
  if (isChosen(kind)) {
    const choose = kind === 'several' ? '1-9 mark' : '1-9 choose';
    return [choose, 'enter answer', ...hint, 's skip', 'q stop'].join(' · ');
  }
  if (!empty) return 'enter answer · esc clear · tab skip';
  return ['enter answer', ...hint, 'tab skip', 'esc stop'].join(' · ');
}
