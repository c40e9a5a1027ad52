/**
 * Forty columns, in a pipe, without colour: every command's text fits, and so does its refusal of nonsense where
 * that is not one sentence. What may be wider is named here, with the reason; a name that is not needed fails.
 */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { CommandName } from '../../src/commands/table.js';
import { inWorkspace } from './bptt.js';

/** What each command is run with; null where it has no end of its own, or writes what others read. */
const runs: Readonly<Record<CommandName, readonly string[] | null>> = {
  home: [],
  tour: null, // a minute of real work
  init: ['narrow'],
  learn: ['lstm'],
  walk: ['lstm'],
  list: [],
  check: ['rnn-step'],
  watch: null, // ends by Ctrl-C
  hint: ['lstm-step'],
  solution: ['lstm-step', '--reveal'],
  diff: ['lstm-step', '--reveal'],
  reset: ['lstm-step'],
  undo: ['lstm-step'],
  quiz: ['--plan'],
  stats: [],
  cards: [],
  'export:cards': null, // a file
  'export:history': null, // a file
  interview: ['--list'],
  gradcheck: ['lstm', '--steps', '3'],
  flow: [],
  claims: null, // measures for many seconds
  doctor: [],
  'dev:check': ['rnn-step'],
  autocomplete: ['bash'],
  'autocomplete:fish': null, // a script
  'bench:memory': null, // measures for many seconds
  'bench:speed': null, // measures for many seconds
};

/** What a line of code says would change if it were broken. */
const code: readonly string[] = ['solution'];

describe.concurrent('at 40 columns in a pipe', () => {
  const env = { COLUMNS: '40', NO_COLOR: '1' };
  it.each(Object.entries(runs).filter(([, args]) => args !== null))('%s fits', async (id, args) => {
    const learner = await inWorkspace();
    const { stdout } = await learner.bptt([...id.split(':'), ...args!], { env });
    const wide = stdout.split('\n').filter((line) => stringWidth(line) > 40);
    if (code.includes(id)) expect(wide).not.toEqual([]);
    else {
      const places = [learner.folder, learner.home]; // a path is never broken
      expect(wide.filter((line) => !places.some((place) => line.includes(place)))).toEqual([]);
    }
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toMatch(/ $/m); // a blank that keeps lines together on a pager’s page, too
  });
});
