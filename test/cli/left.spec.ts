/** What stays on the terminal when a screen is left: what was on it, and no keys that do nothing any more. */
import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { inWorkspace, shared } from './bptt.js';
import { Terminal } from './pty.js';

const escape = '\u001b';
const terminals: Terminal[] = [];
afterEach(() => terminals.splice(0).forEach((terminal) => terminal.kill()));

/** The command, the key that leaves, what its line of keys ends with, what stays. */
it.each([
  ['quiz --kind number', escape, 'esc stop', 'quiz · 1 of'],
  ['interview', escape, 'esc pause', 'interview · explain'],
  ['watch lstm-step', 'q', 'q quit', '· not implemented yet'],
  ['walk lstm', 'q', 'q quit', 'walk lstm · 1 of'],
  ['', escape, 'esc leave', 'today'],
])('bptt %s, left by %j', async (command, key, keys, stays) => {
  const learner = await inWorkspace(shared);
  const bptt = new Terminal(command.split(' ').filter(Boolean), {
    cwd: learner.folder,
    home: learner.home,
  });
  terminals.push(bptt);
  const up = await bptt.see(new RegExp(`${stays}[^]*${keys}`));
  expect(up).toContain(keys);
  bptt.press(key);
  const { output } = await bptt.end();
  // After the last frame was erased.
  const left = stripVTControlCharacters(output.slice(output.lastIndexOf('\u001b[2K')));
  expect(left).toContain(stays);
  expect(left).not.toContain(keys);
});
