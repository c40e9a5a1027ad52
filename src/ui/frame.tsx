/**
 * The lines of a screen, with the keys that work at the bottom. When the screen is left its last frame stays on the
 * terminal, and there no key works any more: the line of keys goes.
 */
import { createContext, useContext } from 'react';
import { Box, Text } from 'ink';

/** Whether the screen is being left. */
export const Leaving = createContext(false);

export interface FrameLines {
  readonly lines: readonly string[];
  /** How many of them, at the end, say which keys work, the empty line above them included. */
  readonly keys: number;
}

export function Frame({ lines, keys }: FrameLines) {
  const leaving = useContext(Leaving);
  const shown = leaving ? lines.slice(0, lines.length - keys) : lines;
  return shown.length === 0 ? null : (
    <Box flexDirection="column">
      {shown.map((line, k) => (
        <Text key={k} wrap="truncate-end">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </Box>
  );
}
