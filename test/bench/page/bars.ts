/** The bars that were set for the engine before it was written, each beside what was measured. */
import { atCeiling, ourCount, ourMs, peerCase, shareOf, torchThreadsMs } from './measurement.js';
import { quotedCount, quotedJax } from './quoted.js';
import type { Measurement } from './measurement.js';

export interface Bar {
  readonly bar: string;
  readonly measured: string;
  readonly holds: boolean;
}

const single = ['100,1,32,32', '100,1,64,64', '100,1,128,128'];
const wide = ['100,1,64,64', '100,1,128,128', '100,32,64,64', '100,32,128,128'];
const unmeasured = 'not measured';
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const times = (ratio: number): string => `${ratio.toPrecision(3)} ×`;

/** The configuration at which a number is worst (NaN is), and the number. */
function worst(
  configs: readonly string[],
  of: (config: string) => number,
  pick: 'least' | 'most',
): { readonly config: string; readonly value: number } {
  const sign = pick === 'least' ? 1 : -1;
  const [first] = configs
    .map((config) => ({ config, value: of(config) }))
    .sort((a, b) =>
      Number.isNaN(a.value) ? -1 : Number.isNaN(b.value) ? 1 : sign * (a.value - b.value),
    );
  return first!;
}

/** Forward and backward of a cell, in units of its own multiply-adds at the ceiling's rate. */
function ofItsCount(measured: Measurement, cell: string, count: string): Bar[] {
  const at = (config: string): number =>
    1 / (shareOf(measured, `${cell} forward+backward`, config) ?? NaN);
  return [
    { limit: 1.4, where: 'H ≥ 64', configs: wide },
    { limit: 1.8, where: 'H = 32', configs: single.slice(0, 1) },
  ].map(({ limit, where, configs }) => {
    const { config, value } = worst(configs, at, 'most');
    return {
      bar: `${cell} forward+backward within ${limit} × of ${count}·T·B·H·(D+H) multiply-adds at the ceiling, ${where}`,
      measured: `${times(value)} at worst, at (${config})`,
      holds: value <= limit,
    };
  });
}

const lstmBoth = 'lstm forward+backward';

/** A peer that is so many times as slow as we are, or more, at every configuration. */
function ahead(
  bar: string,
  limit: number,
  configs: readonly string[],
  of: (config: string) => number,
): Bar {
  const { config, value } = worst(configs, of, 'least');
  return {
    bar,
    measured: Number.isNaN(value) ? unmeasured : `${times(value)} at worst, at (${config})`,
    holds: value >= limit,
  };
}

/** LSTM forward and backward as JAX did it elsewhere, over ours, both in multiply-adds of their own machine. */
const jaxOverOurs = (measured: Measurement, config: string): number =>
  quotedCount(jaxMs(config)) / ourCount(measured, lstmBoth, config);
const jaxMs = (config: string): number =>
  quotedJax.find((one) => one.name === lstmBoth && one.config === config)?.ms ?? NaN;

function kernelsBar({ speed }: Measurement): Bar {
  // Those of H = 32 have a 32 in their name.
  const kernels = speed.efficiency.filter(
    ({ kernel }) => !kernel.includes('(T,B,D,H)') && !/\b32\b/.test(kernel),
  );
  const low = [...kernels].sort((a, b) => a.share - b.share)[0];
  const reach = kernels.filter(({ share }) => share >= 0.8).length;
  return {
    bar: 'products and packed rows at 80 % of the ceiling or more, H ≥ 64',
    measured: low
      ? `${reach} of ${kernels.length} reach it; the lowest is ${percent(low.share)}, ${low.kernel}`
      : unmeasured,
    holds: kernels.length > 0 && reach === kernels.length,
  };
}

function threadsBar(measured: Measurement): Bar {
  const config = '100,32,128,128';
  const { threads, cases } = measured.threads;
  const found = cases.find((one) => one.name === lstmBoth && one.config.H === 128);
  const ms = found?.medianMs?.all ?? NaN;
  const pytorch = (torchThreadsMs(measured, lstmBoth, config) ?? NaN) / ms;
  const jax = quotedCount(jaxMs(config)) / atCeiling(measured, ms);
  const [first, second] = [pytorch, jax].map((ratio) =>
    Number.isNaN(ratio) ? unmeasured : times(ratio),
  );
  return {
    bar: `${lstmBoth} on ${threads} threads ahead of PyTorch on as many, and of JAX on one, in float64 at (${config})`,
    measured: `${first} and ${second}`,
    holds: pytorch > 1 && jax > 1,
  };
}

function stepBars(measured: Measurement): Bar[] {
  const [name, config] = ['lstm streaming step', '1,1,64,64'] as const;
  const ms = ourMs(measured, name, config) ?? NaN;
  const ratio = peerCase(measured, 'pytorch', name, config)?.ratio ?? NaN;
  return [
    {
      bar: 'a streaming LSTM step at H = D = 64 in less than 6 µs',
      measured: `${(1000 * ms).toPrecision(3)} µs`,
      holds: ms < 0.006,
    },
    {
      bar: '… a third of PyTorch’s',
      measured: Number.isNaN(ratio) ? unmeasured : `1/${ratio.toFixed(1)}`,
      holds: ratio >= 3,
    },
  ];
}

function attentionBars(measured: Measurement): Bar[] {
  const online = 'attention online forward';
  const multiple = 1 / (shareOf(measured, online, '4096,1,64,64') ?? NaN);
  const overNaive = (config: string): number =>
    (ourMs(measured, 'attention naive forward', config) ?? NaN) /
    (ourMs(measured, online, config) ?? NaN);
  const lengths = ['256,1,64,64', '1024,1,64,64', '4096,1,64,64'];
  const { config, value } = worst(lengths, overNaive, 'least');
  const { T, ms, extraBytes } = measured.long;
  return [
    {
      bar: 'online attention forward within 1.7 × of 2·T²·d multiply-adds at the ceiling, T = 4096, d = 64',
      measured: times(multiple),
      holds: multiple <= 1.7,
    },
    {
      bar: '… never slower than the naive form',
      measured: `naive takes ${times(value)} as long at worst, at (${config})`,
      holds: value >= 1,
    },
    {
      bar: '… and T = 65,536 runs, in O(T) extra bytes',
      measured: `${(ms / 1000).toPrecision(3)} s, ${(extraBytes / 2 ** 20).toFixed(1)} MiB`,
      holds: ms > 0 && extraBytes <= 64 * T,
    },
  ];
}

/** Every bar that a measurement can judge, in the order in which they were set. */
export function bars(measured: Measurement): Bar[] {
  const [slow, fast] = (['loops', 'simd'] as const).map(
    (set) => ourMs(measured, lstmBoth, '100,1,64,64', set) ?? NaN,
  );
  const gradcheck = ourMs(measured, 'exhaustive gradient check', '20,1,17,16') ?? NaN;
  return [
    kernelsBar(measured),
    {
      bar: `simd 3 × as fast as loops or more, ${lstmBoth} at (100,1,64,64)`,
      measured: times(slow! / fast!),
      holds: slow! / fast! >= 3,
    },
    ...ofItsCount(measured, 'lstm', '12'),
    ...ofItsCount(measured, 'gru', '9'),
    ...ofItsCount(measured, 'rnn', '3'),
    ahead(
      `${lstmBoth} 6 × ahead of PyTorch in float64 or more, B = 1`,
      ...([6, single] as const),
      (config) => peerCase(measured, 'pytorch', lstmBoth, config)?.ratio ?? NaN,
    ),
    ahead(
      `${lstmBoth} level with JAX in float64 or ahead, up to (100,32,64,64)`,
      ...([1, [...single, '100,32,64,64']] as const),
      (config) => jaxOverOurs(measured, config),
    ),
    threadsBar(measured),
    ...stepBars(measured),
    ...attentionBars(measured),
    {
      bar: 'an exhaustive gradient check of 2,176 parameters at T = 20 in less than 0.1 s',
      measured: `${gradcheck.toPrecision(3)} ms`,
      holds: gradcheck < 100,
    },
  ];
}
