/**
 * What a plain command loads and runs, and what it must not: time is not measured here, since it is made of this.
 * The binary tells by V8's coverage which files it loaded and which functions ran in them; the bundle, by its
 * comments, which sources are in a file.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { inWorkspace, scratch } from './bptt.js';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/** The sources whose text is loaded by a command line, and the CommonJS modules among them that ran. */
async function loadedBy(args: readonly string[]): Promise<{ sources: string[]; ran: string[] }> {
  const folder = scratch();
  const learner = await inWorkspace();
  const { status, stderr } = await learner.bptt(args, { env: { NODE_V8_COVERAGE: folder } });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [report] = fs.readdirSync(folder);
  const { result } = JSON.parse(fs.readFileSync(path.join(folder, report!), 'utf8')) as Coverage;
  const files = result.filter(({ url }) => /\/dist\/.*\.js$/.test(url));
  const texts = files.map(({ url }) => fs.readFileSync(fileURLToPath(url), 'utf8'));
  return {
    sources: texts.flatMap((text) =>
      [...text.matchAll(/^\/\/ (\S+\.(?:[cm]?[jt]sx?|json))$/gm)].map(([, source]) => source!),
    ),
    ran: files
      .flatMap(({ functions }) => functions)
      .filter(({ ranges }) => ranges[0]!.count > 0)
      .map(({ functionName }) => functionName)
      .filter((name) => name.includes('node_modules/')),
  };
}

/** Parser, generators of cases, screens, charts, XML: what the commands below have no use for. */
const heavy =
  /node_modules\/(?:mathjs|fast-check|ink|react|yaml|simple-ascii-chart|@observablehq|linkedom|junit-report-builder)\//;

it.each([
  [['list'], /^(?:src\/(?:engine|notation|check|quiz|bench|walk|lessons)|katas)\/|ts-fsrs/],
  [
    ['--version'],
    /^(?:src\/(?!commands|kata\/printable|ui\/paint)|katas)\/|^node_modules\/string-width/,
  ],
  [['hint', 'lstm-step'], /^src\/(?:notation|check|quiz|bench|walk|lessons)\/|ts-fsrs/],
])('%j loads none of the rooms that it has no use for', async (args, rooms) => {
  const { sources } = await loadedBy(args);
  expect(sources).toContain('src/commands/index.ts');
  expect(sources.filter((source) => heavy.test(source) || rooms.test(source))).toEqual([]);
});

it.each([
  [[], /\/(?:ink|react|yaml|fast-check|junit-report-builder)\//],
  [['learn'], /\/(?:ink|react|yaml|fast-check|ts-fsrs|junit-report-builder|@observablehq)\//],
  [['quiz', '--list'], /\/(?:ink|react|yaml|fast-check|junit-report-builder)\//],
])('%j loads no packages that it has no use for', async (args, packages) => {
  const { sources } = await loadedBy(args);
  expect(sources.filter((source) => packages.test(source))).toEqual([]);
});

it('nothing of help, templates, plugins or colours of oclif runs for a plain command', async () => {
  const { ran } = await loadedBy(['list']);
  expect(ran.some((name) => name.endsWith('@oclif/core/lib/command.js'))).toBe(true);
  expect(
    ran.filter((name) =>
      /\/(?:ejs|ansis|color-convert|minimatch|tinyglobby|cli-spinners|clean-stack)\/|lib\/(?:help\/(?:command|root|docopts)|ux\/action)/.test(
        name,
      ),
    ),
  ).toEqual([]);
});
