/** A walk on the screen: turns keys into intents and a view into lines. What they lead to is handed in. */
import { useRef } from 'react';
import { useInput } from 'ink';
import { Frame } from './frame.js';
import { walkIntent } from './walk-keys.js';
import { walkStepText } from './walk-step-text.js';
import type { Page } from './layout.js';
import type { WalkIntent } from './walk-keys.js';
import type { WalkView } from './walk-view.js';

export interface WalkScreenProps {
  readonly view: WalkView;
  readonly page: Page;
  /** Of the terminal. */
  readonly rows: number;
  /** @param most how far the panel can be scrolled */
  readonly onIntent: (intent: WalkIntent, most: number) => void;
}

export function WalkScreen({ view, page, rows, onIntent }: WalkScreenProps) {
  const { lines, keys, most } = walkStepText(view, page, rows);
  const latest = useRef(most);
  latest.current = most;
  useInput((input, key) => {
    // Quick typing arrives as one chunk: each character is a key.
    for (const one of input.length > 1 ? Array.from(input) : [input])
      onIntent(
        walkIntent(
          one,
          one === '\r' || one === '\n' ? { return: true } : key,
          Math.max(1, rows - 10),
        ),
        latest.current,
      );
  });
  return <Frame lines={lines} keys={keys} />;
}
