/**
 * Screens read one after the other: text that is longer than the terminal is high goes on with the next key.
 * Pure but for the keys; where the terminal's height comes from is the caller's business.
 */
import { useReducer, useRef } from 'react';
import { Box, Text, useApp, useInput } from 'ink';
import type { Paint } from './paint.js';

export interface PagerProps {
  readonly screens: readonly (readonly string[])[];
  /** Lines that fit, the footer included. */
  readonly rows: number;
  readonly paint: Paint;
  /** Called once before the app exits. */
  readonly onDone: (how: 'done' | 'quit' | 'interrupted') => void;
}

/** Every screen cut into parts that fit above an empty line and the footer. */
export const partsThatFit = (screens: PagerProps['screens'], rows: number): string[][] => {
  const room = Math.max(3, rows - 2);
  return screens.flatMap((lines) =>
    Array.from({ length: Math.max(1, Math.ceil(lines.length / room)) }, (_, k) =>
      lines.slice(k * room, (k + 1) * room),
    ),
  );
};

export function Pager({ screens, rows, paint, onDone }: PagerProps) {
  const { exit } = useApp();
  // Two keys can arrive before the screen is drawn again, so the place is in a ref and not in a closure.
  const at = useRef(0);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const parts = partsThatFit(screens, rows);
  const place = Math.min(at.current, parts.length - 1); // the terminal may have become higher
  const leave = (how: 'done' | 'quit' | 'interrupted'): void => {
    onDone(how);
    exit();
  };
  const go = (by: number): void => {
    const next = Math.min(at.current, parts.length - 1) + by;
    if (next >= parts.length) {
      leave('done');
      return;
    }
    at.current = Math.max(0, next);
    redraw();
  };
  useInput((input, key) => {
    if (key.ctrl && input === 'c') leave('interrupted');
    else if (input === 'q' || key.escape) leave('quit');
    else if (input === 'b' || key.leftArrow || key.upArrow || key.pageUp) go(-1);
    else if (key.return || input === ' ' || key.rightArrow || key.downArrow || key.pageDown) go(1);
  });
  const last = place + 1 === parts.length;
  return (
    <Box flexDirection="column">
      <Text>{(parts[place] ?? []).map((line) => line || ' ').join('\n')}</Text>
      <Text> </Text>
      <Text>
        {paint.dim(
          `enter ${last ? 'done' : 'on'} · b back · q quit   ${place + 1}/${parts.length}`,
        )}
      </Text>
    </Box>
  );
}
