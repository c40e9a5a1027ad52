/**
 * Brings a kata row about: the host and the judge as `bptt check` uses them, in this process, with the
 * learner's file in a child. Expected is a verdict, no process left, and not one byte changed on the disk.
 */
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { kataById } from '../../src/kata/index.js';
import { openHost } from '../../src/kata/host/index.js';
import { judge } from '../../src/kata/judge.js';
import { survivors } from './census.js';
import { kataFile, type Place } from './place.js';
import type { KataFault } from './row.js';

const kata = kataById('rnn-step')!;

/** How a row went: complaints (none: contained), the time it took, and its deadline, in milliseconds. */
export interface Went {
  readonly complaints: readonly string[];
  readonly ms: number;
  /** The longer of opening and judging: one of them ran into the deadline, if any did. */
  readonly waitedMs?: number;
  readonly deadlineMs: number;
}

export async function byKata(fault: KataFault, place: Place, brief: number): Promise<Went> {
  if (fault.source !== undefined) writeFileSync(place.path(kataFile), fault.source);
  fault.setUp?.(place);
  const before = place.snapshot();
  const outcomes = [fault.outcome].flat();
  // Who is not about time must not run out of it, however busy the machine is.
  const deadlineMs = fault.deadlineMs ?? (outcomes.includes('timedOut') ? brief : 20_000);
  const began = performance.now();
  const host = await openHost({
    file: place.path(kataFile),
    functionName: kata.functionName,
    workspace: place.workspace,
    limits: {
      deadlineMs,
      ...(fault.deadlines ? { deadlines: fault.deadlines } : {}),
      ...(fault.memoryMb ? { memoryMb: fault.memoryMb } : {}),
    },
  });
  const opening = performance.now() - began;
  const groups = new Set(host.pid === undefined ? [] : [host.pid]);
  const report = await judge(kata, host, { seed: 7 });
  if (host.pid !== undefined) groups.add(host.pid); // a fresh child, for what used up its time
  await host.close();
  const ms = performance.now() - began;

  const complaints: string[] = [];
  const failing = report.checks.filter(({ passed }) => !passed);
  const says = report.says ?? failing.map((check) => `${check.name}: ${check.says}`).join(' | ');
  if (!outcomes.includes(report.outcome))
    complaints.push(`expected ${outcomes.join(' or ')}, got ${report.outcome}: ${says}`);
  if (fault.says && !fault.says.test(says)) complaints.push(`it says «${says}»`);
  const printed = report.printed.join('|');
  if (fault.printed && !fault.printed.test(printed)) complaints.push(`it printed «${printed}»`);
  if (/[\p{Cc}\p{Bidi_Control}]/u.test(`${says}${printed}`))
    complaints.push('its report has control characters');
  const left = await survivors(groups);
  if (left.length > 0) complaints.push(`left alive: ${left.join(', ')}`);
  complaints.push(...changes(before, place.snapshot()));
  return { complaints, ms, waitedMs: Math.max(opening, ms - opening), deadlineMs };
}

/** What differs between two snapshots. */
export function changes(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).map((name) => `${name} changed`);
}
