/** The tables of docs/benchmarks.md, from a measurement. No number on the page is typed but those quoted. */
import { bars } from './bars.js';
import { ourCount, ourMs, peerCase, shareOf, sizes, torchThreadsMs } from './measurement.js';
import { quotedCount, quotedJax } from './quoted.js';
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

/** As they are called in the measurement, and at the head of a column. */
const peerNames = {
  pytorch: 'PyTorch',
  onnxruntime: 'ONNX Runtime',
  'tfjs wasm': 'tfjs wasm',
  'tfjs cpu': 'tfjs cpu',
};

function machineLines({ machine, speed, peers }: Measurement): string[] {
  const { date, bptt, node, cpu, processors, load, started, budgetMs } = machine;
  const ceiling = ((speed.ceiling ?? NaN) / 1e9).toFixed(1);
  const apart = (double: boolean): string =>
    Math.max(
      ...peers.agreement
        .filter(({ peer }) => (peer === 'pytorch') === double)
        .map(({ worst }) => worst),
    ).toExponential(0);
  const { tfjs, onnxruntime } = peers.versions;
  const { torch } = peers;
  return [
    `Measured on ${date}: bptt ${bptt}, Node ${node}, ${cpu}, ${processors} processors, ${budgetMs} ms for each thing that is timed, load average ${load.before} before and ${load.after} after. Started by \`${started}\`. The ceiling in this run: ${ceiling} G float64 multiply-adds a second.`,
    ...(Math.max(load.before, load.after) > busy
      ? [
          '',
          '**The machine did other work meanwhile**, so times are too long and shares too small: a bar that does not hold below may hold on a quiet machine.',
        ]
      : []),
    '',
    torch
      ? `Peers in float64: PyTorch ${torch.version}, ${torch.blas}, CPU capability ${torch.capability}, one thread. Before it was timed its numbers were compared with ours: at most ${apart(true)} of the largest apart, limit ${torch.tolerance.toExponential(0)}.`
      : 'PyTorch was not measured in this run.',
    '',
    `Peers in float32: ONNX Runtime ${onnxruntime}, tfjs ${tfjs}, one thread; at most ${apart(false)} apart, limit ${peers.tolerance.toExponential(0)}.`,
  ];
}

/** Every case once: both kernel sets, the share, and each peer's time over ours; last, what only a peer's run has. */
function caseRows(measured: Measurement): string[][] {
  const { speed, peers } = measured;
  const keys = new Map(
    [...speed.cases, ...peers.cases].map(({ name, config }) => [
      `${name}|${sizes(config)}`,
      { name, config: sizes(config) },
    ]),
  );
  return [...keys.values()].map(({ name, config }) => {
    const slow = ourMs(measured, name, config, 'loops');
    const inTurns = peerCase(measured, 'pytorch', name, config)?.oursMedianMs;
    const fast = ourMs(measured, name, config) ?? inTurns;
    return [
      ...[name, config, ms(slow), ms(fast)],
      slow === undefined || fast === undefined ? none : ratio(slow / fast),
      percent(shareOf(measured, name, config)),
      ...Object.keys(peerNames).map((peer) => ratio(peerCase(measured, peer, name, config)?.ratio)),
    ];
  });
}

/** Times as multiply-adds at the rate of the machine on which they were measured, in millions, and their ratio. */
const quotedRows = (measured: Measurement): string[][] =>
  quotedJax.map(({ name, config, ms }) => {
    const [ours, theirs] = [ourCount(measured, name, config), quotedCount(ms)];
    return [name, config, millions(ours), millions(theirs), ratio(theirs / ours)];
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
        ...Object.values(peerNames).map((peer) => `${peer} / simd`),
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
        `PyTorch, ${threads.threads} threads, ms`,
      ],
      threads.cases.map(({ name, config, medianMs }) => [
        ...[name, sizes(config), ms(medianMs?.undivided), ms(medianMs?.one), ms(medianMs?.all)],
        medianMs === null ? none : ratio(medianMs.one / medianMs.all),
        ms(torchThreadsMs(measured, name, sizes(config))),
      ]),
    ),
    '',
    '### Beside JAX, which was measured elsewhere',
    '',
    ...table(['pass', 'T,B,D,H', 'simd', 'JAX', 'JAX / simd'], quotedRows(measured)),
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
