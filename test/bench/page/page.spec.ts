/**
 * docs/benchmarks.md says what docs/benchmarks.json holds, and nothing else. BPTT_WRITE=1 writes the tables anew.
 * No time is judged here: whether a bar holds is said on the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bars } from './bars.js';
import { marks, page } from './tables.js';
import { ourCount, sizes, stored } from './measurement.js';
import { quotedAttention, quotedCells, quotedOthers } from './quoted.js';
import { attentionConfigs, speedConfigs, speedNames } from '../../../src/bench/index.js';
import type { Measurement } from './measurement.js';

const file = new URL('../../../docs/benchmarks.md', import.meta.url);
const measured = stored();
const keyOf = (one: { name: string; config: Parameters<typeof sizes>[0] }): string =>
  `${one.name} ${sizes(one.config)}`;

describe('docs/benchmarks.md', () => {
  it('has the tables of docs/benchmarks.json', () => {
    const text = readFileSync(file, 'utf8');
    const [before, rest] = text.split(`${marks.from}\n`);
    const [tables, after] = rest!.split(`${marks.to}\n`);
    const wanted = `\n${page(measured)}\n\n`;
    if (process.env.BPTT_WRITE === '1')
      writeFileSync(file, `${before!}${marks.from}\n${wanted}${marks.to}\n${after!}`);
    else expect(tables).toBe(wanted);
  });

  it('has no figure of a measurement in its prose', () => {
    const text = readFileSync(file, 'utf8');
    const prose = `${text.split(marks.from)[0]!}${text.split(marks.to)[1]!}`;
    // A number with a unit of time or rate, a percentage, a factor. A code block says how to run it.
    const outside = prose.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`]*`/g, '');
    expect(outside.match(/\d[\d.,]*\s*(?:ms|µs|s|%|×|G)(?!\w)/g)).toBe(null);
  });
});

it('the page says so where the machine did other work meanwhile', () => {
  const under = (before: number, after: number): string =>
    page({ ...measured, machine: { ...measured.machine, load: { before, after } } });
  const warning = 'The machine did other work';
  expect(under(0.3, 1.4)).not.toContain(warning);
  expect(under(5, 1.4)).toContain(warning);
  expect(under(0.3, 5)).toContain(warning);
});

describe('docs/benchmarks.json', () => {
  const ours = new Set(measured.speed.cases.map(keyOf));

  it('is of everything that is timed now, at the sizes of now', () => {
    const timed = new Set(measured.speed.cases.map(({ name }) => name));
    expect([...timed].sort()).toEqual([...speedNames].sort());
    const of = (name: string) =>
      measured.speed.cases
        .filter((one) => one.name === name && one.kernels === 'simd')
        .map(({ config }) => sizes(config));
    expect(of('lstm forward')).toEqual(speedConfigs.map(sizes));
    expect(of('attention online forward')).toEqual(attentionConfigs.map(sizes));
  });

  it('has agreement before every time, of kernel sets and of peers', () => {
    const { agreement, cases, tolerance } = measured.peers;
    expect(measured.speed.agreement.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(measured.threads.cases.filter(({ sameBits }) => !sameBits)).toEqual([]);
    expect(agreement.filter(({ agrees, worst }) => agrees !== worst <= tolerance)).toEqual([]);
    const agreed = agreement.filter(({ agrees }) => agrees);
    const named = (one: (typeof cases)[number] | (typeof agreed)[number]): string =>
      `${one.peer}, ${keyOf(one)}`;
    expect(cases.map(named)).toEqual(agreed.map(named));
  });

  it('times peers and quotes others only where there is a time of ours', () => {
    expect(measured.peers.cases.map(keyOf).filter((key) => !ours.has(key))).toEqual([]);
    const quoted = [...quotedCells, ...quotedAttention, ...quotedOthers];
    expect(quoted.filter(({ name, config }) => !ours.has(`${name} ${config}`))).toEqual([]);
    for (const { name, config } of quoted)
      expect(ourCount(measured, name, config), `${name} ${config}`).toBeGreaterThan(0);
  });
});

describe('a bar', () => {
  /** The same measurement, every time and share of ours worse or better by a factor. */
  const scaled = (factor: number): Measurement => ({
    ...measured,
    speed: {
      ...measured.speed,
      cases: measured.speed.cases.map((one) => {
        // The plain loops stay as they are: one bar is the ratio to them; naive attention likewise.
        const fast = one.kernels === 'simd' && !one.name.includes('naive');
        const by = fast ? factor : 1;
        return { ...one, medianMs: one.medianMs * by, p10Ms: one.p10Ms * by };
      }),
      efficiency: measured.speed.efficiency.map((one) => ({ ...one, share: one.share / factor })),
    },
    threads: {
      ...measured.threads,
      cases: measured.threads.cases.map((one) => ({
        ...one,
        medianMs: one.medianMs && { ...one.medianMs, all: one.medianMs.all * factor },
      })),
    },
    long: { ...measured.long, extraBytes: measured.long.extraBytes * factor },
  });

  it('holds for an engine that is fast enough, and for none that is slow', () => {
    expect(bars(scaled(1e-3)).filter(({ holds }) => !holds)).toEqual([]);
    expect(bars(scaled(1e3)).filter(({ holds }) => holds)).toEqual([]);
  });

  it('does not hold where nothing was measured', () => {
    const { speed, threads } = measured;
    const empty: Measurement = {
      ...measured,
      speed: { ...speed, ceiling: null, cases: [], efficiency: [] },
      threads: { ...threads, cases: [] },
      long: { ...measured.long, ms: NaN },
    };
    expect(bars(empty).filter(({ holds }) => holds)).toEqual([]);
  });
});
