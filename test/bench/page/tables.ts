/** The tables of docs/benchmarks.md, from a measurement. No number on the page is typed but those quoted. */
import { bars } from './bars.js';
import { ourCount, ourMs, shareOf, sizes } from './measurement.js';
import { quotedAttention, quotedCells, quotedCount, quotedOthers } from './quoted.js';
import type { Measurement } from './measurement.js';

/** Between these lines of the document stands what this file writes. */
export const marks = {
  from: '<!-- from docs/benchmarks.json, by test/bench/page/page.spec.ts -->',
  to: '<!-- end of what is written from docs/benchmarks.json -->',
};

const none = '–';
const ms = (value: number | undefined): string =>
  value === undefined
    ? none
    : value < 0.1
      ? value.toFixed(4)
      : value < 1000
        ? value.toPrecision(3)
        : value.toFixed(0);
const ratio = (value = NaN): string =>
  Number.isNaN(value) ? none : value < 100 ? value.toPrecision(2) : value.toFixed(0);
const millions = (count: number): string => (Number.isNaN(count) ? none : ms(count / 1e6));
const percent = (share: number | undefined): string =>
  share === undefined ? none : `${(100 * share).toFixed(0)} %`;

/** A table whose first two columns are text and whose others are numbers. */
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${heads.join(' | ')} |`,
  `| ${heads.map((_, k) => (k < 2 ? '---' : '---:')).join(' | ')} |`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
];

/** Load from which on others had their share of the machine: the measurement itself is one. */
const busy = 2;

const peerNames = ['onnxruntime', 'tfjs wasm', 'tfjs cpu'];

function machineLines({ machine, speed, peers }: Measurement): string[] {
  const { date, bptt, node, cpu, processors, load, started, budgetMs } = machine;
  const ceiling = ((speed.ceiling ?? NaN) / 1e9).toFixed(1);
  const apart = Math.max(...peers.agreement.map(({ worst }) => worst));
  const { tfjs, onnxruntime } = peers.versions;
  return [
    `Measured on ${date}: bptt ${bptt}, Node ${node}, ${cpu}, ${processors} processors, ${budgetMs} ms for each thing that is timed, load average ${load.before} before and ${load.after} after. Started by \`${started}\`. The ceiling in this run: ${ceiling} G float64 multiply-adds a second.`,
    ...(Math.max(load.before, load.after) > busy
      ? [
          '',
          '**The machine did other work meanwhile**, so times are too long and shares too small: a bar that does not hold below may hold on a quiet machine.',
        ]
      : []),
    '',
    `Peers: ONNX Runtime ${onnxruntime}, tfjs ${tfjs}, float32, one thread. Before they were timed their numbers were compared with ours: at most ${apart.toExponential(0)} of the largest apart, limit ${peers.tolerance.toExponential(0)}.`,
  ];
}

/** Every case once: both kernel sets, the share, and each peer's time over ours. */
function caseRows(measured: Measurement): string[][] {
  const { speed, peers } = measured;
  const keys = new Map(
    speed.cases.map(({ name, config }) => [
      `${name}|${sizes(config)}`,
      { name, config: sizes(config) },
    ]),
  );
  return [...keys.values()].map(({ name, config }) => {
    const [slow, fast] = [ourMs(measured, name, config, 'loops'), ourMs(measured, name, config)];
    return [
      ...[name, config, ms(slow), ms(fast)],
      slow === undefined || fast === undefined ? none : ratio(slow / fast),
      percent(shareOf(measured, name, config)),
      ...peerNames.map((peer) =>
        ratio(
          peers.cases.find(
            (one) => one.peer === peer && one.name === name && sizes(one.config) === config,
          )?.ratio,
        ),
      ),
    ];
  });
}

/** Times as multiply-adds at the rate of the machine on which they were measured, in millions, and their ratios. */
const quotedRows = (measured: Measurement): string[][] =>
  [...quotedCells, ...quotedAttention, ...quotedOthers].map(({ name, config, pytorch, jax }) => {
    const ours = ourCount(measured, name, config);
    const theirs = [pytorch, jax].map((time) => (time === undefined ? NaN : quotedCount(time)));
    const counts = [ours, ...theirs].map((count) => millions(count));
    return [name, config, ...counts, ...theirs.map((count) => ratio(count / ours))];
  });

/** What stands between the marks. */
export function page(measured: Measurement): string {
  const { speed, threads } = measured;
  const judged = bars(measured);
  return [
    ...machineLines(measured),
    '',
    '### Cells, attention, the gradient check',
    '',
    ...table(
      [
        ...['pass', 'T,B,D,H', 'loops, ms', 'simd, ms', 'loops / simd', 'of the ceiling'],
        ...['ONNX Runtime / simd', 'tfjs wasm / simd', 'tfjs cpu / simd'],
      ],
      caseRows(measured),
    ),
    '',
    '### Kernels',
    '',
    '| kernel | of the ceiling |',
    '| --- | ---: |',
    ...speed.efficiency
      .filter(({ kernel }) => !kernel.includes('(T,B,D,H)'))
      .map(({ kernel, share }) => `| ${kernel} | ${percent(share)} |`),
    '',
    `### Batches on ${threads.threads} threads`,
    '',
    ...table(
      [
        'pass',
        'T,B,D,H',
        'undivided, ms',
        'one thread, ms',
        `${threads.threads} threads, ms`,
        'one / all',
      ],
      threads.cases.map(({ name, config, medianMs }) => [
        ...[name, sizes(config), ms(medianMs?.undivided), ms(medianMs?.one), ms(medianMs?.all)],
        medianMs === null ? none : ratio(medianMs.one / medianMs.all),
      ]),
    ),
    '',
    '### Beside PyTorch and JAX, which were measured elsewhere',
    '',
    ...table(
      [...['pass', 'T,B,D,H', 'simd', 'PyTorch', 'JAX', 'PyTorch / simd', 'JAX / simd']],
      quotedRows(measured),
    ),
    '',
    '### The bars',
    '',
    `${judged.filter(({ holds }) => holds).length} of ${judged.length} hold in this measurement.`,
    '',
    '| bar | measured | holds |',
    '| --- | --- | --- |',
    ...judged.map(
      ({ bar, measured: says, holds }) => `| ${bar} | ${says} | ${holds ? 'yes' : 'no'} |`,
    ),
  ].join('\n');
}
