/**
 * What a key means on a session's screen: a pure function to an intent. The session component carries it
 * out. The footer is made here too, so that what is shown is what works.
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
  | 'derivation'
  | 'clear'
  | { readonly option: number }
  | { readonly move: 1 | -1 }
  /** In screens that are longer than the terminal: lines, or with `page` as many as it has. */
  | { readonly scroll: 1 | -1; readonly page: boolean }
  | 'toggle'
  | 'edit'
  | 'none';

/** What is on the screen. */
export interface Screen {
  /** `task`: something to be done in an editor. */
  readonly kind: CardKind | 'task';
  readonly phase: 'asking' | 'ticking' | 'answered';
  /** Is anything typed? */
  readonly empty: boolean;
  readonly hasHint: boolean;
  /** Is there a reason that ? shows and hides? After a wrong answer it always stands there. */
  readonly hasWhy: boolean;
  /** Is there a derivation behind the answer? */
  readonly hasDerivation: boolean;
  readonly leave: 'stop' | 'pause';
}

const choosing: ReadonlySet<Screen['kind']> = new Set<CardKind>(['choice', 'trap', 'several']);

/** Is this kind answered by choosing options, not by typing? */
export const isChosen = (kind: Screen['kind']): boolean => choosing.has(kind);

/** Is a line being typed? */
export const isTyped = ({ kind, phase }: Pick<Screen, 'kind' | 'phase'>): boolean =>
  phase === 'asking' && kind !== 'task' && !isChosen(kind);

const answeredKeys: Readonly<Record<string, Intent>> = {
  '?': 'why',
  d: 'derivation',
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
const tickingKeys: Readonly<Record<string, Intent>> = { q: 'quit' };

/** The intent of one key. Letters are letters while one types; tab and escape work everywhere. */
export function intentOf(input: string, key: Partial<Key>, screen: Screen): Intent {
  if (key.ctrl && (input === 'c' || input === 'd')) return 'quit';
  if (key.pageUp) return { scroll: -1, page: true };
  if (key.pageDown) return { scroll: 1, page: true };
  if (screen.phase === 'answered') {
    if (key.upArrow) return { scroll: -1, page: false };
    if (key.downArrow) return { scroll: 1, page: false };
    if (key.return) return 'next';
    return key.escape ? 'quit' : (known(answeredKeys, input) ?? 'none');
  }
  if (key.return) return 'submit';
  if (!isTyped(screen)) {
    if (key.escape) return 'quit';
    if (key.upArrow) return { move: -1 };
    if (key.downArrow) return { move: 1 };
    if (/^[1-9]$/.test(input)) return { option: Number(input) - 1 };
    if (screen.phase === 'ticking') return known(tickingKeys, input) ?? 'none';
    if (key.tab) return 'skip';
    return key.ctrl ? 'none' : (known(choosingKeys, input) ?? 'none');
  }
  if (key.tab) return 'skip';
  if (key.escape) return screen.empty ? 'quit' : 'clear';
  if (input === '?' && screen.empty) return 'hint';
  return 'edit';
}

const known = (keys: Readonly<Record<string, Intent>>, input: string): Intent | undefined =>
  Object.hasOwn(keys, input) ? keys[input] : undefined;

/** What can be pressed now, key by key. @param long whether there is more than the terminal shows */
export const footerOf = (screen: Screen, long: boolean): string[] => [
  ...(long ? [screen.phase === 'answered' ? '↑ ↓ scroll' : 'page ↑ page ↓ scroll'] : []),
  ...keysOf(screen),
];

function keysOf({ kind, phase, empty, hasHint, hasWhy, hasDerivation, leave }: Screen): string[] {
  if (phase === 'answered') {
    const why = hasWhy ? ['? why'] : [];
    return ['enter next', ...why, ...(hasDerivation ? ['d derivation'] : []), `q ${leave}`];
  }
  if (phase === 'ticking') return ['1-9 tick', 'enter done', `q ${leave}`];
  if (kind === 'task') return ['enter check', 's skip', `q ${leave}`];
  const hint = hasHint ? ['? hint'] : [];
  if (isChosen(kind)) {
    const choose = kind === 'several' ? '1-9 mark' : '1-9 choose';
    return [choose, 'enter answer', ...hint, 's skip', `q ${leave}`];
  }
  if (!empty) return ['enter answer', 'esc clear', 'tab skip'];
  return ['enter answer', ...hint, 'tab skip', `esc ${leave}`];
}
