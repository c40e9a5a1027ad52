/** The way in: what was typed is looked up, loaded and handed to oclif. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execute } from '@oclif/core/execute';
import type { Command, Interfaces } from '@oclif/core';
import { exitCodes } from './refusal.js';
import { kernelsRefusal } from './kernels.js';
import { nameRefusal, withoutHelp } from './names.js';
import { table, type CommandName } from './table.js';
import { floorSize, surviveClosedPipes } from './terminal.js';

/** What oclif is shown, as package.json says: the commands that a run asks for, loaded by then. */
export const commands: Record<string, Command.Class> = {};

/** Runs the command line. No arguments (or only flags of home) mean `bptt home`. */
export async function run(argv: readonly string[], dir: string): Promise<void> {
  surviveClosedPipes();
  floorSize(process.stdout);
  process.once('SIGINT', () => process.exit(exitCodes.interrupted));
  const refusal = await kernelsRefusal(process.env);
  if (refusal !== undefined) {
    await complain(refusal);
    process.exitCode = exitCodes.usage;
    return;
  }
  const typed = withoutHelp(argv);
  const [first] = typed;
  const global = ['--help', '-h', '--version'];
  const args =
    first === undefined || (first.startsWith('-') && !global.includes(first))
      ? ['home', ...typed]
      : typed;
  const message = nameRefusal(args, Object.keys(table));
  if (message !== undefined) {
    if (argv.includes('--json'))
      process.stdout.write(
        `${JSON.stringify({ error: { message, exitCode: exitCodes.usage } }, null, 2)}\n`,
      );
    else await complain(message);
    process.exitCode = exitCodes.usage;
    return;
  }
  await execute({ args, dir, loadOptions: await loadOptions(args, dir) });
}

/** What is refused before a command is there to say it. */
async function complain(sentence: string): Promise<void> {
  const { complaint } = await import('./sentence.js'); // --version does without
  process.stderr.write(`${complaint(sentence)}\n`);
}

/** The ids of the commands that the first words ask about: the one they name, or all for a list of them. */
function asked([first, second]: readonly string[]): readonly CommandName[] {
  const all = Object.keys(table) as CommandName[];
  if (first === '--version') return [];
  const one = listing(first)
    ? undefined
    : all.find((id) => id === first || id === `${first}:${second}`);
  return one === undefined ? all : [one];
}

/** Whether every command is listed, in help or for completion. */
const listing = (first: string | undefined): boolean =>
  first === 'autocomplete' || first === '--help' || first === '-h';

/** What oclif would search for: our folder, package.json and commands; and our help. */
async function loadOptions(args: readonly string[], dir: string): Promise<Interfaces.LoadOptions> {
  const load = async (id: CommandName): Promise<void> => {
    commands[id] = (await table[id]()).default;
  };
  await Promise.all(asked(args).map(load));
  const root = fileURLToPath(new URL('..', dir));
  const pjson = JSON.parse(
    await readFile(new URL('../package.json', dir), 'utf8'),
  ) as Interfaces.PJSON;
  const oclif = {
    ...pjson.oclif,
    helpClass: { target: './dist/help.js', identifier: 'HelpWithExamples' },
    plugins: args[0] === 'autocomplete' ? ['@oclif/plugin-autocomplete'] : [],
  };
  return { root, pjson: { ...pjson, oclif }, userPlugins: false };
}
