/** Runs rows, two at a time, each in a place of its own, and sums up how they went. */
import { performance } from 'node:perf_hooks';
import { byCommand } from './by-command.js';
import { byKata, type Went } from './by-kata.js';
import { Place } from './place.js';
import type { Row } from './row.js';

/** Two, as the machine may have no more processors. */
const AT_ONCE = 2;

export interface RowWent extends Went {
  readonly row: Row;
}

/** A row that has not ended by then never will: a scene of 200 kills takes its minutes. */
const HUNG_MS = { kata: 60_000, command: 60_000, scene: 500_000 } as const;

/** Brings one row about. Never rejects, and never hangs, whatever the row does. */
export async function play(row: Row, briefMs: number): Promise<RowWent> {
  const began = performance.now();
  const place = new Place();
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    const end = (): void => reject(new Error('it did not end'));
    timer = setTimeout(end, HUNG_MS[row.provoke.by]);
  });
  try {
    return { row, ...(await Promise.race([bringAbout(row, place, briefMs), hung])) };
  } catch (error) {
    const complaint = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { row, complaints: [complaint], ms: performance.now() - began, deadlineMs: Infinity };
  } finally {
    clearTimeout(timer);
    place.remove();
  }
}

async function bringAbout({ provoke }: Row, place: Place, briefMs: number): Promise<Went> {
  if (provoke.by === 'kata') return byKata(provoke, place, briefMs);
  if (provoke.by === 'command') return byCommand(provoke, place);
  const began = performance.now();
  await provoke.play(place);
  return { complaints: [], ms: performance.now() - began, deadlineMs: Infinity };
}

/** Starts all rows in order; gives a promise for each. */
export function playAll(rows: readonly Row[], briefMs: number): ReadonlyMap<Row, Promise<RowWent>> {
  const tellers = new Map<Row, (went: RowWent) => void>();
  const told = new Map(
    rows.map((row) => [row, new Promise<RowWent>((tell) => tellers.set(row, tell))]),
  );
  const todo = [...rows];
  const worker = async (): Promise<void> => {
    for (let row = todo.shift(); row; row = todo.shift())
      tellers.get(row)!(await play(row, briefMs));
  };
  for (let k = 0; k < AT_ONCE; k++) void worker();
  return told;
}

/** `contained 120/120`, and how long the rows took. */
export function summary(all: readonly RowWent[]): string[] {
  const contained = all.filter(({ complaints }) => complaints.length === 0);
  const katas = all.filter(({ row }) => row.provoke.by === 'kata');
  const late = katas.filter(({ waitedMs = 0, deadlineMs }) => waitedMs >= deadlineMs);
  const over = late.map(({ waitedMs = 0, deadlineMs }) => waitedMs - deadlineMs);
  const others = katas.filter((went) => !late.includes(went)).map(({ ms }) => ms);
  const slowest = [...all].sort((a, b) => b.ms - a.ms).slice(0, 5);
  const runs = all.filter(({ row }) => row.provoke.by === 'command').map(({ ms }) => ms);
  return [
    `contained ${contained.length}/${all.length}`,
    `  ${over.length} katas ran into their deadline: ended ${spread(over)} after it`,
    `  ${others.length} katas ended by themselves: ${spread(others)} from start to verdict`,
    `  ${runs.length} command lines: ${spread(runs)} from start to end`,
    `  slowest: ${slowest.map(({ row, ms }) => `${row.id} ${Math.round(ms)} ms`).join(', ')}`,
    ...all
      .filter(({ complaints }) => complaints.length > 0)
      .map(({ row, complaints }) => `  NOT CONTAINED ${row.id}: ${complaints.join('; ')}`),
  ];
}

/** `median 12 ms, worst 80 ms`. */
function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    sorted.length === 0
      ? 'none'
      : `${Math.round(sorted[Math.floor(share * (sorted.length - 1))]!)} ms`;
  return `median ${at(0.5)}, worst ${at(1)}`;
}
