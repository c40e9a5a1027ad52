/** Completion as a shell sees it: bash through the plugin's function, fish as the script says. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fishScript } from '../../src/commands/autocomplete-fish.js';
import { node } from './bptt.js';

const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'bptt-completion-'));
afterAll(() => fs.rmSync(cache, { recursive: true, force: true }));

describe('bash', () => {
  /** What bash offers after these words. */
  const offered = (...words: string[]): string[] => {
    const source = path.join(cache, 'bptt/autocomplete/functions/bash/bptt.bash');
    const line = words.map((word) => `'${word}'`).join(' ');
    const program = `source ${source}; COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _bptt_autocomplete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).split(/\s+/).filter(Boolean);
  };

  it('offers commands, second words and flags', async () => {
    const env = { XDG_CACHE_HOME: cache, HOME: cache, SHELL: '/bin/bash' };
    const { status } = await node(['autocomplete', 'bash'], { env });
    expect(status).toBe(0);
    expect(offered('bptt', 'ch')).toContain('check');
    expect(offered('bptt', 'bench', '')).toContain('speed');
    expect(offered('bptt', 'check', '--se')).toEqual(['--seed']);
    expect(offered('bptt', 'xyz')).toEqual([]);
  });
});

describe('fish', () => {
  it('has a line for every command, flag and kata', async () => {
    const { status, stdout } = await node(['autocomplete', 'fish']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^complete -c bptt -n __fish_use_subcommand -a check -d '/m);
    expect(stdout).toMatch(/-n '__fish_seen_subcommand_from check' -l seed /);
    expect(stdout).toMatch(/-n '__fish_seen_subcommand_from bench' -a speed /);
    expect(stdout).toMatch(/ -a '[^']*\blstm-step\b/);
  });

  it('keeps quotes and backslashes of a summary inside their quotes', () => {
    const script = fishScript([{ id: 'x', summary: "it's a \\", flags: {} }], []);
    expect(script).toContain(String.raw`-a x -d 'it\'s a \\'`);
  });
});
