/** `bptt watch` on the screen: turns keys into intents and a state into lines. What they lead to is handed in. */
import { useRef } from 'react';
import { useInput } from 'ink';
import { Frame } from './frame.js';
import { watchIntent } from './watch-keys.js';
import { watchText } from './watch-text.js';
import type { Page } from './layout.js';
import type { WatchIntent } from './watch-keys.js';
import type { WatchState } from './watching.js';

export interface WatchScreenProps {
  readonly state: WatchState;
  readonly page: Page;
  /** Of the terminal. */
  readonly rows: number;
  /** @param most how far the panel can be scrolled */
  readonly onIntent: (intent: WatchIntent, most: number) => void;
}

export function WatchScreen({ state, page, rows, onIntent }: WatchScreenProps) {
  const { lines, keys, most } = watchText(state, page, rows);
  const latest = useRef(most);
  latest.current = most;
  useInput((input, key) => {
    // Quick typing arrives as one chunk: each character is a key.
    for (const one of input.length > 1 ? Array.from(input) : [input])
      onIntent(watchIntent(one, key, Math.max(1, rows - 10)), latest.current);
  });
  return <Frame lines={lines} keys={keys} />;
}
