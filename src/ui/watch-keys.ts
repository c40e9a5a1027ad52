/**
 * What a key means while one watches: a pure function to an intent. The footer is made here too, so that
 * what is shown is what works.
 */
import type { Key } from 'ink';
import type { WatchState } from './watching.js';

export type WatchIntent =
  | 'quit'
  | 'interrupt'
  | 'check'
  | 'next'
  | 'hint'
  | 'solution'
  | 'reveal'
  | 'diff'
  | 'back'
  | { readonly scroll: number }
  | 'none';

const letters: Readonly<Record<string, WatchIntent>> = {
  q: 'quit',
  c: 'check',
  n: 'next',
  h: 'hint',
  s: 'solution',
  S: 'reveal',
  d: 'diff',
  b: 'back',
};

/** @param page how many lines space, page up and page down move */
export function watchIntent(input: string, key: Partial<Key>, page: number): WatchIntent {
  if (key.ctrl) return input === 'c' || input === 'd' ? 'interrupt' : 'none';
  if (key.return) return 'check';
  if (key.escape) return 'back';
  if (key.upArrow) return { scroll: -1 };
  if (key.downArrow) return { scroll: 1 };
  if (key.pageUp) return { scroll: -page };
  if (key.pageDown || input === ' ') return { scroll: page };
  return Object.hasOwn(letters, input) ? letters[input]! : 'none';
}

/** What can be pressed now, key by key. @param long whether there is more than the screen shows */
export function watchFooter({ kata, panel }: WatchState, long: boolean): string[] {
  return [
    ...(long ? ['↑ ↓ space scroll'] : []),
    ...(panel.kind === 'report' ? ['enter check again'] : ['b back']),
    'h hint',
    ...(kata.open ? ['s solution', 'd diff'] : ['S reveal the solution']),
    'n next kata',
    'q quit',
  ];
}
