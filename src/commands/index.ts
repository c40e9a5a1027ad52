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
  const names = [...Object.keys(commands).map((name) => name.split(':')[0]!), 'help'];
  if (!args[0]!.startsWith('-') && !names.includes(args[0]!)) {
    const message = `There is no command ${quoted(args[0]!)}.${didYouMean(args[0]!, names)} bptt --help shows them all.`;
    if (argv.includes('--json'))
      process.stdout.write(
        `${JSON.stringify({ error: { message, exitCode: exitCodes.usage } }, null, 2)}\n`,
      );
    else process.stderr.write(`bptt: ${message}\n`);
    process.exitCode = exitCodes.usage;
    return;
  }
  await execute({ args, dir, loadOptions: await withCompletion(args[0]!, dir) });
}

/** The plugin that writes completion scripts is loaded for itself and for the help, and slows nothing else. */
async function withCompletion(first: string, dir: string): Promise<Interfaces.LoadOptions> {
  if (!['autocomplete', 'help', '--help', '-h'].includes(first)) return dir;
  const root = fileURLToPath(new URL('..', dir));
  const pjson = JSON.parse(
    await readFile(new URL('../package.json', dir), 'utf8'),
  ) as Interfaces.PJSON;
  return {
    root,
    pjson: { ...pjson, oclif: { ...pjson.oclif, plugins: ['@oclif/plugin-autocomplete'] } },
  };
}
