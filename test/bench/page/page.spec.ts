/**
 * docs/benchmarks.md says what docs/benchmarks.json holds, and nothing else. BPTT_WRITE=1 writes the tables anew.
 * No time is judged here: whether a bar holds is said on the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bars } from './bars.js';
import { marks, page } from './tables.js';
import { ourCount, sizes, stored } from './measurement.js';
import { quotedJax } from './quoted.js';
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

/** The same measurement with PyTorch in it, everything so many times as slow as ours; null: it was not there. */
const withTorch = (ratio: number | null): Measurement => {
  const others = <P extends { peer: string }>(all: readonly P[]): P[] =>
    all.filter(({ peer }) => peer !== 'pytorch');
  const cases = others(measured.peers.cases);
  const agreement = others(measured.peers.agreement);
  if (ratio === null)
    return {
      ...measured,
      peers: { ...measured.peers, torch: null, cases, agreement },
      torchThreads: null,
    };
  const ours = [
    ...measured.speed.cases.filter(({ kernels }) => kernels === 'simd'),
    ...measured.speed.cases
      .filter(({ name, kernels }) => name.startsWith('gru') && kernels === 'simd')
      .map((one) => ({ ...one, name: one.name.replace('gru', 'gru-reset-after') })),
  ].map(({ name, config, medianMs, p10Ms }) => ({
    peer: 'pytorch',
    name,
    config,
    medianMs,
    p10Ms,
  }));
  return {
    ...measured,
    peers: {
      ...measured.peers,
      torch: { version: '7.8.9', blas: 'a BLAS', capability: 'AVX9', tolerance: 1e-12 },
      agreement: [...agreement, ...ours.map((one) => ({ ...one, agrees: true, worst: 3e-15 }))],
      cases: [
        ...cases,
        ...ours.map((one) => ({
          ...one,
          ...{ medianMs: one.medianMs * ratio, p10Ms: one.p10Ms * ratio, ratio },
          ...{ oursMedianMs: one.medianMs, oursP10Ms: one.p10Ms },
        })),
      ],
    },
    torchThreads: {
      threads: 2,
      cases: measured.threads.cases.map(({ name, config, medianMs }) => {
        const ms = ratio * (medianMs?.all ?? NaN);
        const called = name.replace('gru', 'gru-reset-after');
        return { name: called, config, worst: 1e-15, medianMs: ms, p10Ms: ms };
      }),
    },
  };
};

describe('the page of a run', () => {
  const rowsOf = (text: string, ...starts: string[]): string[] =>
    text.split('\n').filter((line) => starts.some((start) => line.startsWith(`| ${start}`)));
  const aboutTorch = (of: Measurement) => bars(of).filter(({ bar }) => bar.includes('PyTorch'));

  it('with PyTorch has which it was, how far it was from us, and a ratio in every row of ours', () => {
    const text = page(withTorch(7.5));
    expect(text).toContain('PyTorch 7.8.9, a BLAS, CPU capability AVX9');
    expect(text).toContain('at most 3e-15 of the largest apart, limit 1e-12');
    const column = 6; // after the pass, sizes, both kernel sets, their ratio and the share
    const table = text.split('### Kernels')[0]!;
    const cells = rowsOf(table, 'lstm', 'gru', 'rnn', 'attention', 'exhaustive').map(
      (row) => row.split(' | ')[column],
    );
    expect(cells.length).toBeGreaterThan(40);
    expect(new Set(cells)).toEqual(new Set(['7.5']));
    expect(rowsOf(table, 'gru-reset-after').length).toBe(2 * speedConfigs.length);
    const threads = rowsOf(text.split('### Batches')[1]!.split('###')[0]!, 'lstm', 'gru', 'rnn');
    expect(threads.length).toBe(measured.threads.cases.length);
    expect(threads.filter((row) => row.endsWith('| – |'))).toEqual([]);
  });

  it('without PyTorch says so, and no bar about it holds', () => {
    const without = withTorch(null);
    expect(page(without)).toContain('PyTorch was not measured in this run.');
    expect(rowsOf(page(without), 'gru-reset-after')).toEqual([]);
    const about = aboutTorch(without);
    expect(about.length).toBe(3);
    for (const { measured: says, holds } of about) {
      expect(holds).toBe(false);
      expect(says).toContain('not measured');
    }
  });

  it('judges the bars about PyTorch by what was measured beside it', () => {
    const held = (ratio: number): number =>
      aboutTorch(withTorch(ratio)).filter(({ holds }) => holds).length;
    expect(held(0.9)).toBe(0);
    expect(held(3) - held(2.9)).toBe(1); // the step
    expect(held(6) - held(5.9)).toBe(1); // the LSTM at B = 1
  });
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
    const { agreement, cases, tolerance, torch } = measured.peers;
    const limit = (peer: string): number => (peer === 'pytorch' ? torch!.tolerance : tolerance);
    expect(measured.speed.agreement.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(measured.threads.cases.filter(({ sameBits }) => !sameBits)).toEqual([]);
    expect(agreement.filter(({ peer, agrees, worst }) => agrees !== worst <= limit(peer))).toEqual(
      [],
    );
    const agreed = agreement.filter(({ agrees }) => agrees);
    const named = (one: (typeof cases)[number] | (typeof agreed)[number]): string =>
      `${one.peer}, ${keyOf(one)}`;
    expect(cases.map(named)).toEqual(agreed.map(named));
  });

  it('times peers and quotes others only where there is a time of ours', () => {
    // PyTorch's GRU is another cell of ours, which only stands beside it.
    const elsewhere = measured.peers.cases.filter((one) => !ours.has(keyOf(one)));
    expect(elsewhere.filter((one) => !one.name.startsWith('gru-reset-after '))).toEqual([]);
    expect(quotedJax.filter(({ name, config }) => !ours.has(`${name} ${config}`))).toEqual([]);
    for (const { name, config } of quotedJax)
      expect(ourCount(measured, name, config), `${name} ${config}`).toBeGreaterThan(0);
  });
});

describe('a bar', () => {
  /** The same measurement, every time and share of ours worse or better by a factor. */
  const scaled = (factor: number): Measurement => ({
    ...withTorch(10 / factor),
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

  it('about PyTorch does not hold without it, however fast we are', () => {
    const { peers, torchThreads } = withTorch(null);
    const fast = bars({ ...scaled(1e-3), peers, torchThreads });
    const failing = fast.filter(({ holds }) => !holds);
    expect(failing.map(({ bar }) => bar.includes('PyTorch'))).toEqual([true, true, true]);
  });

  it('does not hold where nothing was measured', () => {
    const { speed, threads } = measured;
    const empty: Measurement = {
      ...withTorch(null),
      speed: { ...speed, ceiling: null, cases: [], efficiency: [] },
      threads: { ...threads, cases: [] },
      long: { ...measured.long, ms: NaN },
    };
    expect(bars(empty).filter(({ holds }) => holds)).toEqual([]);
  });
});
