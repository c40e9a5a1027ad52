/** The commands by name, and the way in. Each command imports its room only when it runs. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execute } from '@oclif/core/execute';
import type { Interfaces } from '@oclif/core';
import AutocompleteFish from './autocomplete-fish.js';
import BenchMemory from './bench-memory.js';
import BenchSpeed from './bench-speed.js';
import Cards from './cards.js';
import Check from './check.js';
import Claims from './claims.js';
import DevCheck from './dev-check.js';
import Diff from './diff.js';
import Doctor from './doctor.js';
import ExportCards from './export-cards.js';
import ExportHistory from './export-history.js';
import Flow from './flow.js';
import Gradcheck from './gradcheck.js';
import Hint from './hint.js';
import Home from './home.js';
import Init from './init.js';
import Interview from './interview.js';
import Learn from './learn.js';
import List from './list.js';
import Quiz from './quiz.js';
import Reset from './reset.js';
import Solution from './solution.js';
import Stats from './stats.js';
import Tour from './tour.js';
import Undo from './undo.js';
import Walk from './walk.js';
import Watch from './watch.js';
import { didYouMean, exitCodes, quoted } from './refusal.js';
import { kernelsRefusal } from './kernels.js';
import { floorSize, surviveClosedPipes } from './terminal.js';

export { HelpWithExamples } from './help.js';

export const commands = {
  home: Home,
  tour: Tour,
  init: Init,
  learn: Learn,
  list: List,
  walk: Walk,
  check: Check,
  watch: Watch,
  hint: Hint,
  solution: Solution,
  diff: Diff,
  reset: Reset,
  undo: Undo,
  quiz: Quiz,
  stats: Stats,
  cards: Cards,
  'export:cards': ExportCards,
  'export:history': ExportHistory,
  interview: Interview,
  gradcheck: Gradcheck,
  flow: Flow,
  claims: Claims,
  doctor: Doctor,
  'dev:check': DevCheck,
  'autocomplete:fish': AutocompleteFish,
  'bench:memory': BenchMemory,
  'bench:speed': BenchSpeed,
};

/** Runs the command line. No arguments (or only flags of home) mean `bptt home`. */
export async function run(argv: readonly string[], dir: string): Promise<void> {
  surviveClosedPipes();
  floorSize(process.stdout);
  process.once('SIGINT', () => process.exit(exitCodes.interrupted));
  const refusal = await kernelsRefusal(process.env);
  if (refusal !== undefined) {
    process.stderr.write(`bptt: ${refusal}\n`);
    process.exitCode = exitCodes.usage;
    return;
  }
  const [first] = argv;
  const global = ['--help', '-h', 'help', '--version'];
  const args =
    first === undefined || (first.startsWith('-') && !global.includes(first))
      ? ['home', ...argv]
      : [...argv];
  const message = nameRefusal(args);
  if (message !== undefined) {
    if (argv.includes('--json'))
      process.stdout.write(
        `${JSON.stringify({ error: { message, exitCode: exitCodes.usage } }, null, 2)}\n`,
      );
    else process.stderr.write(`bptt: ${message}\n`);
    process.exitCode = exitCodes.usage;
    return;
  }
  await execute({ args, dir, loadOptions: await loadOptions(args, dir) });
}

/** Why the first words name no command, or undefined. */
function nameRefusal([first, second]: readonly string[]): string | undefined {
  const all = Object.keys(commands).map((name) => name.split(':'));
  const names = [...all.map(([name]) => name!), 'help'];
  const refusal = (given: string, among: readonly string[]): string =>
    `There is no command ${quoted(given)}.${didYouMean(given, among)} bptt --help shows them all.`;
  if (first!.startsWith('-')) return undefined;
  if (!names.includes(first!)) return refusal(first!, names);
  // Below a topic, such as bench, stands a command. The completion's own shells are its plugin's business.
  const below = all.filter(([topic, name]) => topic === first && name !== undefined);
  if (below.length === 0 || Object.hasOwn(commands, first!) || first === 'autocomplete')
    return undefined;
  if (second === undefined || second.startsWith('-')) return undefined;
  return below.some(([, name]) => name === second)
    ? undefined
    : refusal(
        `${first!} ${second}`,
        below.map((name) => name.join(' ')),
      );
}

/**
 * What oclif does not need for a plain command, and what would slow one: our help, and the plugin that writes
 * completion scripts, which is loaded for itself and for the list of commands.
 */
async function loadOptions(args: readonly string[], dir: string): Promise<Interfaces.LoadOptions> {
  const listed = ['autocomplete', 'help', '--help', '-h'].includes(args[0]!);
  if (!listed && !args.includes('--help')) return dir;
  const root = fileURLToPath(new URL('..', dir));
  const pjson = JSON.parse(
    await readFile(new URL('../package.json', dir), 'utf8'),
  ) as Interfaces.PJSON;
  const oclif = {
    ...pjson.oclif,
    helpClass: { target: './dist/commands.js', identifier: 'HelpWithExamples' },
    plugins: listed ? ['@oclif/plugin-autocomplete'] : [],
  };
  return { root, pjson: { ...pjson, oclif } };
}
