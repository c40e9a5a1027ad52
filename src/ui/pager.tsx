/**
 * Screens read one after the other: text that is longer than the terminal is high goes on with the next key.
 * Pure but for the keys; where the terminal's height comes from is the caller's business.
 */
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { Box, Text, useInput } from 'ink';
import { blocksOf } from './blocks.js';
import { cut } from './layout.js';
import type { Paint } from './paint.js';

export interface PagerProps {
  readonly screens: readonly (readonly string[])[];
  /** Lines that fit, the footer included. */
  readonly rows: number;
  /** Longer lines are cut, and go on below. */
  readonly columns: number;
  readonly paint: Paint;
  /** Called once, when nothing of it is on the terminal any more, with how many of the screens' lines were seen. */
  readonly onDone: (how: PagerEnd, seen: readonly number[]) => void;
}

export type PagerEnd = 'done' | 'quit' | 'interrupted';

/** What stands on the terminal at once. */
interface Part {
  /** As the terminal shows them. */
  readonly lines: readonly string[];
  /** The number of its screen, and how many lines of that have been seen when this part has. */
  readonly screen: number;
  readonly seen: number;
}

/**
 * Every screen cut into parts that fit above an empty line and the footer: between blocks, and inside one only where
 * it is higher than a part. A part does not begin with an empty line.
 */
export function partsThatFit(
  screens: PagerProps['screens'],
  rows: number,
  columns: number,
): Part[] {
  // One row stays free: a frame as high as the terminal would be drawn from scratch, its history lost.
  const room = Math.max(3, rows - 3);
  return screens.flatMap((lines, screen) => {
    const parts: { lines: string[]; seen: number }[] = [{ lines: [], seen: 0 }];
    let seen = 0;
    const free = (): number => room - parts.at(-1)!.lines.length;
    const turn = (): void => void parts.push({ lines: [], seen });
    for (const block of blocksOf(lines)) {
      const height = block.flatMap((line) => (line === '' ? [] : cut(line, columns))).length;
      if (height > free() && height <= room) turn();
      for (const line of block) {
        for (const piece of line === '' && free() === 0 ? [] : cut(line, columns)) {
          if (free() === 0) turn();
          parts.at(-1)!.lines.push(piece);
        }
        parts.at(-1)!.seen = ++seen;
      }
    }
    return parts.map((part) => ({ ...part, screen }));
  });
}

export function Pager({ screens, rows, columns, paint, onDone }: PagerProps) {
  // Two keys can arrive before the screen is drawn again, so the place is in a ref and not in a closure.
  const at = useRef(0);
  const furthest = useRef(screens.map(() => 0));
  const [over, end] = useState<PagerEnd>();
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const parts = useMemo(() => partsThatFit(screens, rows, columns), [screens, rows, columns]);
  const place = Math.min(at.current, parts.length - 1); // the terminal may have become higher
  const see = (here: number): void => {
    const { screen, seen } = parts[here]!;
    furthest.current[screen] = Math.max(furthest.current[screen] ?? 0, seen);
  };
  see(place);
  const leave = (how: PagerEnd): void => end((before) => before ?? how);
  // The pager itself goes; what was read is the caller's to leave behind.
  useEffect(() => {
    if (over !== undefined) onDone(over, furthest.current);
  }, [over]);
  const go = (by: number): void => {
    const next = Math.min(at.current, parts.length - 1) + by;
    if (next >= parts.length) {
      leave('done');
      return;
    }
    at.current = Math.max(0, next);
    see(at.current);
    redraw();
  };
  useInput((input, key) => {
    if (key.ctrl && input === 'c') leave('interrupted');
    else if (key.escape) leave('quit');
    else if (key.leftArrow || key.upArrow || key.pageUp) go(-1);
    else if (key.return || key.rightArrow || key.downArrow || key.pageDown) go(1);
    else
      // Quick typing arrives as one chunk: each character is a key.
      for (const one of input)
        if (one === 'q') leave('quit');
        else if (one === 'b') go(-1);
        else if (one === ' ' || one === '\r' || one === '\n') go(1);
  });
  if (over !== undefined) return null;
  const last = place + 1 === parts.length;
  return (
    <Box flexDirection="column">
      <Text>{parts[place]!.lines.map((line) => line || ' ').join('\n')}</Text>
      <Text> </Text>
      <Text>
        {paint.dim(
          `enter ${last ? 'done' : 'on'} · b back · q quit   ${place + 1}/${parts.length}`,
        )}
      </Text>
    </Box>
  );
}
