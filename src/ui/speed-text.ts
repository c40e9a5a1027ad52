/** The speed report as lines: agreement first, then times with both kernel sets side by side, then shares. */
import { columns, ends, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type { SpeedReport } from '../bench/index.js';

const sizes = ({ T, B, D, H }: SpeedReport['cases'][number]['config']): string =>
  `${T},${B},${D},${H}`;
const ms = (value: number | undefined): string =>
  value === undefined
    ? '–'
    : value < 0.1
      ? value.toFixed(4)
      : value < 1000
        ? value.toPrecision(3)
        : value.toFixed(0);
const bar = (share: number): string =>
  '█'.repeat(Math.max(0, Math.min(16, Math.round(16 * share)))).padEnd(16, '·');

/** Bits in one line where they are the same, everything else in a line of its own. */
function agreementLines(agreement: SpeedReport['agreement'], page: Page): string[] {
  const { paint } = page;
  const bits = agreement.filter(({ agrees, tolerance }) => agrees && tolerance === null).length;
  const others = agreement.filter(({ agrees, tolerance }) => !agrees || tolerance !== null);
  return [
    ...(bits > 0
      ? [
          paint.good(
            `✓ both kernel sets give the same bits in ${bits} case${bits === 1 ? '' : 's'}`,
          ),
        ]
      : []),
    ...others.map(({ name, agrees, worst, tolerance }) => {
      const by =
        worst === null || tolerance === null
          ? 'the kernel sets differ'
          : `${worst.toExponential(0)} of the largest, limit ${tolerance.toExponential(0)}`;
      return agrees
        ? paint.good(`✓ ${name}: ${by}`)
        : paint.bad(`✗ ${name}: ${by}, so this was not timed`);
    }),
  ].flatMap((line) => paragraph(line, page));
}

/** What each kernel and pass reaches of the ceiling. */
const shareLines = (efficiency: SpeedReport['efficiency'], page: Page): string[] =>
  columns(
    [{ head: 'share of the ceiling' }, { head: '', drop: 1 }, { head: '', align: 'right' }],
    efficiency.map(({ kernel, share }) => [
      kernel.replace('(T,B,D,H) = ', ''), // the table above says which is which
      page.spoken ? '' : bar(share),
      `${Math.round(100 * share)} %`,
    ]),
    page,
  );

export function speedText(
  { kernels, ceiling, agreement, cases, efficiency }: SpeedReport,
  page: Page,
): string[] {
  const { paint } = page;
  const rows = [...new Set(cases.map(({ name, config }) => `${name}|${sizes(config)}`))].map(
    (key) => {
      const of = (set: 'loops' | 'simd') =>
        cases.find((one) => one.kernels === set && `${one.name}|${sizes(one.config)}` === key)
          ?.medianMs;
      const [name = '', config = ''] = key.split('|');
      const [slow, fast] = [of('loops'), of('simd')];
      return [
        name,
        config,
        ms(slow),
        ms(fast),
        slow !== undefined && fast !== undefined ? `${(slow / fast).toFixed(1)} ×` : '–',
      ];
    },
  );
  return [
    ...ends(
      paint.strong(`bench speed   kernels ${kernels.name} (${kernels.why})`),
      ceiling === null ? '' : `ceiling ${(ceiling / 1e9).toFixed(1)} G multiply-adds/s`,
      page,
    ),
    '',
    ...agreementLines(agreement, page),
    '',
    ...columns(
      [
        { head: 'median ms' },
        { head: 'T,B,D,H' },
        { head: 'loops', align: 'right' },
        { head: 'simd', align: 'right' },
        { head: 'ratio', align: 'right', drop: 2 },
      ],
      rows,
      page,
    ),
    '',
    ...(efficiency.length === 0 ? [] : [...shareLines(efficiency, page), '']),
    ...paragraph(
      paint.dim('Times are of this machine in this run; quote the ratios and shares.'),
      page,
    ),
  ];
}
