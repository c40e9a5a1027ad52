/** The commands by name, and the way in. Each command imports its room only when it runs. */
import { execute } from '@oclif/core';
import BenchSpeed from './bench-speed.js';
import Check from './check.js';
import Doctor from './doctor.js';
import Gradcheck from './gradcheck.js';
import Hint from './hint.js';
import Home from './home.js';
import Init from './init.js';
import List from './list.js';
import Quiz from './quiz.js';
import Reset from './reset.js';
import Solution from './solution.js';
import Tour from './tour.js';
import Undo from './undo.js';
import { didYouMean, exitCodes, quoted } from './refusal.js';
import { kernelsRefusal } from './kernels.js';
import { floorSize, surviveClosedPipes } from './terminal.js';

export const commands = {
  home: Home,
  tour: Tour,
  init: Init,
  list: List,
  check: Check,
  hint: Hint,
  solution: Solution,
  reset: Reset,
  undo: Undo,
  quiz: Quiz,
  gradcheck: Gradcheck,
  doctor: Doctor,
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
  await execute({ args, dir });
}
