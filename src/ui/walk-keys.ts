/**
 * What a key means in a walk: a pure function to an intent. The footer is made here too, so that what is
 * shown is what works. The keys of a kata are those of `bptt watch`, but for enter, b and n.
 */
import { watchIntent } from './watch-keys.js';
import { standingAt } from './walk-view.js';
import type { Key } from 'ink';
import type { WatchIntent } from './watch-keys.js';
import type { WalkView } from './walk-view.js';

export type WalkIntent =
  | 'quit'
  | 'interrupt'
  /** Enter: do what the step waits for, or go on. */
  | 'on'
  | 'back'
  | 'skip'
  | 'lesson'
  | 'equations'
  | 'mistake'
  | { readonly watch: Exclude<WatchIntent, object> }
  | { readonly scroll: number }
  | 'none';

const letters: Readonly<Record<string, WalkIntent>> = {
  b: 'back',
  n: 'skip',
  l: 'lesson',
  e: 'equations',
  m: 'mistake',
};

/** Keys of `bptt watch` that mean the same here. */
const shared: ReadonlySet<WatchIntent> = new Set<WatchIntent>([
  'check',
  'hint',
  'solution',
  'reveal',
  'diff',
]);

/** @param page how many lines space, page up and page down move */
export function walkIntent(input: string, key: Partial<Key>, page: number): WalkIntent {
  if (key.return) return 'on';
  if (key.escape || key.leftArrow) return 'back';
  if (!key.ctrl && Object.hasOwn(letters, input)) return letters[input]!;
  const intent = watchIntent(input, key, page);
  if (typeof intent === 'object') return intent;
  if (intent === 'quit' || intent === 'interrupt') return intent;
  return shared.has(intent) ? { watch: intent as Exclude<WatchIntent, object> } : 'none';
}

/** What can be pressed now. @param long whether there is more than the screen shows */
export function walkFooter(view: WalkView, long: boolean): string[] {
  const scroll = long ? ['↑ ↓ space scroll'] : [];
  if (view.lesson !== null) return [...scroll, 'b back', 'q quit'];
  const { body } = view;
  const done = standingAt(view)?.done === true;
  const later = done ? [] : ['n later'];
  const back = view.at > 0 ? ['b back'] : [];
  switch (body.kind) {
    case 'kata': {
      const { watch, again } = body;
      const over = watch.panel.kind !== 'report' || again;
      return [
        ...scroll,
        done && !over ? 'enter next' : 'enter check',
        ...(over ? ['b back'] : []),
        'h hint',
        ...(watch.kata.open ? ['s solution', 'd diff'] : ['S reveal the solution']),
        ...(watch.report === null || again ? [] : ['e equations']),
        'l lesson',
        ...later,
        ...(over ? [] : back),
        'q quit',
      ];
    }
    case 'gradcheck':
      return [
        ...scroll,
        body.report === null ? 'enter check' : 'enter next',
        'm with a mistake',
        ...later,
        ...back,
        'q quit',
      ];
    case 'picture':
    case 'flow':
      return [...scroll, 'enter next', 'l lesson', ...back, 'q quit'];
    case 'cards':
      return [...scroll, done ? 'enter next' : 'enter begin', ...later, ...back, 'q quit'];
    case 'prediction':
      return [...scroll, ...(body.measured ? ['enter next'] : []), ...back, 'q quit'];
    case 'end':
      return [...scroll, 'enter leave', ...back, 'q quit'];
  }
}
