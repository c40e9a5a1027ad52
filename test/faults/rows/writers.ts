/** State rows that need more than one process or more than one step. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWriter, idsOf, opened, run as runProgram } from '../../store/harness.js';
import { eventsIn, run } from '../by-command.js';
import { anEvent, type Place } from '../place.js';
import type { Row } from '../row.js';

/** How many writers are killed; `npm run test:faults` asks for 200. */
const kills = Number(process.env.BPTT_FAULTS_KILLS ?? 20);

const must = (holds: boolean, says: string): void => {
  if (!holds) throw new Error(says);
};

interface Said {
  readonly id: string;
  readonly kind: string;
}

/** Writers that are killed while they write lines of 60 kB: nothing acknowledged is lost, nothing is torn for good. */
async function killed(place: Place): Promise<void> {
  const writer = await bundleWriter(place.outside);
  const acknowledged: string[] = [];
  for (let round = 0; round < kills; round++) {
    let left = 1 + (round % 3);
    let refused: string | undefined;
    const args = [writer, 'append', place.log, `r${round}`, '1000000', '60000'];
    const code = await runProgram(process.execPath, args, (line, child) => {
      const { id, kind } = line as Said;
      if (kind === 'saved') acknowledged.push(id);
      else refused = kind;
      if (--left === 0 || refused !== undefined) child.kill('SIGKILL');
    });
    must(refused === undefined, `a write was ${refused ?? ''}`);
    must(code === null, `writer ${round} was not killed`);
  }
  const { events, setAside } = opened(place.log);
  const kept = new Set(idsOf(events));
  const lost = acknowledged.filter((id) => !kept.has(id));
  must(acknowledged.length >= kills, 'too few were acknowledged');
  must(lost.length === 0, `acknowledged and lost: ${lost.join(', ')}`);
  must(kept.has('first'), 'what stood in the log is lost');
  must(setAside.length <= kills, `${setAside.length} lines are torn`);
}

async function fourWriters(place: Place): Promise<void> {
  const writer = await bundleWriter(place.outside);
  const said: Said[] = [];
  const names = ['a', 'b', 'c', 'd'];
  await Promise.all(
    names.map((name) =>
      runProgram(process.execPath, [writer, 'append', place.log, name, '50', '300'], (line) =>
        said.push(line as Said),
      ),
    ),
  );
  must(said.length === 200 && said.every(({ kind }) => kind === 'saved'), 'a write failed');
  const { events, setAside } = opened(place.log);
  must(events.length === 201 && setAside.length === 0, `${events.length} events are left`);
}

const binary = fileURLToPath(new URL('../../../bin/run.js', import.meta.url));

/** A quiz, killed by SIGKILL as soon as it has shown the third grade. */
async function quizKilled(place: Place): Promise<void> {
  const child = spawn(process.execPath, [binary, 'quiz', '--count', '9', '--seed', '4'], {
    cwd: place.workspace,
    env: { PATH: process.env.PATH, BPTT_HOME: place.home },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write('1\n'.repeat(9));
  let shown = 0;
  let text = '';
  await new Promise<void>((done) => {
    child.once('close', () => done());
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      shown = text.match(/^ *[✓✗]/gm)?.length ?? 0;
      if (shown >= 3) child.kill('SIGKILL');
    });
  });
  must(shown >= 3, `only ${shown} grades were shown`);
  const answered = eventsIn(place.log).filter(({ type }) => type === 'answered').length;
  must(answered >= shown, `${shown} grades were shown, ${answered} answers are in the log`);
}

const flawed = ['not an event', '{"v":1}', '\u0000\u0000', 'x'.repeat(1_200_000)];

async function repaired(place: Place): Promise<void> {
  const readable = ['one', 'two', 'three'].map((id) => anEvent(id, { more: { kept: [1, 2] } }));
  const lines = [
    anEvent('first'),
    ...flawed.flatMap((line, k) => [`${line}\n`, readable[k] ?? '']),
  ];
  const before = `${lines.join('')}{"v":1,"id":"torn`;
  fs.writeFileSync(place.log, before);
  const sick = await run({ args: ['doctor', '--json'] }, place);
  must(sick.status === 1, `doctor ended ${sick.status}`);
  must(fs.readFileSync(place.log, 'utf8') === before, 'doctor changed the log without --repair');
  const well = await run({ args: ['doctor', '--repair', '--json'] }, place);
  must(well.status === 0, `doctor --repair ended ${well.status}: ${well.stdout}${well.stderr}`);
  const { events, setAside } = opened(place.log);
  must(idsOf(events).join() === 'first,one,two,three', 'an event is lost');
  must(setAside.length === 0, 'a line is still set aside');
  must(fs.readFileSync(`${place.log}.backup-1`, 'utf8') === before, 'the backup differs');
  const side = fs.readFileSync(`${place.log}.set-aside-1`, 'utf8');
  must(side === `${[...flawed, '{"v":1,"id":"torn'].join('\n')}\n`, 'the side file differs');
}

async function newerStays(place: Place): Promise<void> {
  const before = `${anEvent('first')}not an event\n{"v":2,"id":"later"}\n`;
  fs.writeFileSync(place.log, before);
  const ran = await run({ args: ['doctor', '--repair'] }, place);
  must(ran.status === 1 && ran.stdout.includes('newer bptt'), `it ended ${ran.status}`);
  must(fs.readFileSync(place.log, 'utf8').includes('{"v":2,"id":"later"}\n'), 'its line is gone');
  must(fs.readFileSync(`${place.log}.backup-1`, 'utf8') === before, 'the backup differs');
}

async function leftovers(place: Place): Promise<void> {
  const left = path.join(place.temporary, 'bptt-host-4194305-abcdef'); // above Linux's highest id
  const alive = path.join(place.temporary, `bptt-host-${process.pid}-abcdef`);
  for (const folder of [left, alive]) fs.mkdirSync(folder);
  const sick = await run({ args: ['doctor'] }, place);
  must(sick.status === 0 && sick.stdout.includes('of killed runs'), `doctor ended ${sick.status}`);
  must(fs.existsSync(left), 'doctor removed it without --repair');
  const well = await run({ args: ['doctor', '--repair'] }, place);
  must(well.status === 0, `doctor --repair ended ${well.status}`);
  must(!fs.existsSync(left) && fs.existsSync(alive), 'the wrong folder was removed');
}

const scene = (
  id: string,
  threat: string,
  control: string,
  play: (place: Place) => Promise<void>,
): Row => ({ id, threat, control, provoke: { by: 'scene', play } });

export const writers: readonly Row[] = [
  scene('kill-9', 'kill -9 while the log is written, again and again', 'one append, fsync, read back; only then is it acknowledged', killed),
  scene('four-writers', 'four processes write one log', 'O_APPEND and one write each; no lock to be left behind', fourWriters),
  scene('quiz-killed', 'kill -9 in the middle of a quiz', 'an answer is on the disk before its grade is shown', quizKilled),
  scene('repair', 'a log with lines that are no events', 'bptt doctor --repair: a copy, then the lines go to a file beside it', repaired),
  scene('repair-newer', 'a repair of a log from a newer version', 'a line of a newer version is never touched', newerStays),
  scene('leftovers', 'folders of killed runs', 'bptt doctor tells them by their dead parent', leftovers),
]; // prettier-ignore
