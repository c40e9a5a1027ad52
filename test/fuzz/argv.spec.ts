/** Whatever is typed, every command's parser takes it or gives one sentence and exit 2. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser } from '@oclif/core';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { Refusal } from '../../src/commands/refusal.js';
import { sentenceOf } from '../../src/commands/sentence.js';
import { table } from '../../src/commands/table.js';
import { share } from './budget.js';

/** A command without flags has none, though oclif's type says otherwise. */
const flagsOf = ({ flags: own }: { flags?: object }): string[] => Object.keys(own ?? {});
const commands = await Promise.all(
  Object.values(table).map(async (load) => (await load()).default),
);
const flags = [...new Set(commands.flatMap(flagsOf))];
const number = fc.constantFrom('0', '1', '-1', '1e9', '0x10', 'NaN', '', ' 1', '1.5', '12abc');
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  number,
  fc.constantFrom('lstm-step', 'lstm', 'gru', '--', '-', '-h', '--json', '--no-json', '../..', '\u001b[2J'),
  fc.tuple(fc.constantFrom(...flags, 'toString', '__proto__'), fc.oneof(number, fc.string())).map(
    ([flag, value]) => `--${flag}=${value}`,
  ),
  fc.constantFrom(...flags).map((flag) => `--${flag}`),
); // prettier-ignore
const argv = fc.array(word, { maxLength: 6 });
const command = fc.constantFrom(...commands);

it('the parser of every command', async () => {
  await fc.assert(
    fc.asyncProperty(command, argv, async ({ flags: own, args, strict }, words) => {
      const options = { flags: own, args, strict, enableJsonFlag: true } as Parameters<
        typeof Parser.parse
      >[1];
      try {
        const parsed = await Parser.parse(words, options);
        expect(typeof parsed.flags).toBe('object');
      } catch (error) {
        const exit =
          error instanceof Refusal
            ? error.exitCode
            : (error as { oclif?: { exit?: number } }).oclif?.exit;
        expect([exit, error]).toEqual([2, error]);
        expect(sentenceOf(error as Error)).toMatch(/^[^\p{Cc}\p{Bidi_Control}]{1,700}$/u);
      }
    }),
    share(0.1),
  );
});

const folder = mkdtempSync(join(tmpdir(), 'bptt-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));
const binary = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

it('the binary, a few times: an exit code of ours, no stack, no control characters', () => {
  // No init, no way up, no NUL: it runs in a folder of its own, and the system takes no NUL in an argument.
  const quick = fc.constantFrom(
    'home', 'list', 'learn', 'check', 'watch', 'hint', 'solution', 'diff', 'reset', 'undo', 'quiz', 'stats', 'cards',
    'interview', 'export cards', 'export history', 'autocomplete fish', 'dev check', 'doctor', 'x',
  );
  const typed = argv.filter((words) => words.every((one) => !/[/\0]|\.\.|--repair/.test(one)));
  fc.assert(
    fc.property(quick, typed, (command, words) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...command.split(' '), ...words], {
        cwd: folder,
        env: { PATH: process.env.PATH, BPTT_HOME: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
        timeout: 30_000,
        killSignal: 'SIGKILL',
      });
      expect([0, 1, 2]).toContain(status);
      expect(stderr).toMatch(/^(bptt: [^\n]*\n)*$/);
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }),
    { ...share(0.001), numRuns: Math.max(6, share(0.001).numRuns) },
  );
}); // prettier-ignore
