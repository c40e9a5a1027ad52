/** The speed report as lines: agreement first, then times with both kernel sets side by side, then shares. */
import { columns, ends, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type { SpeedReport } from '../bench/index.js';

const sizes = ({ T, B, D, H }: SpeedReport['cases'][number]['config']): string =>
  `${T},${B},${D},${H}`;
const ms = (value: number | undefined): string =>
  value === undefined ? '–' : value < 0.1 ? value.toFixed(4) : value.toPrecision(3);
const bar = (share: number): string =>
  '█'.repeat(Math.max(0, Math.min(20, Math.round(20 * share)))).padEnd(20, '·');

export function speedText(
  { kernels, ceiling, agreement, cases, efficiency }: SpeedReport,
  page: Page,
): string[] {
  const { paint } = page;
  const differing = agreement.filter(({ sameBits }) => !sameBits);
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
    ...(differing.length === 0
      ? paragraph(
          paint.good(`✓ both kernel sets give the same bits in all ${agreement.length} cases`),
          page,
        )
      : differing.flatMap(({ name }) =>
          paragraph(paint.bad(`✗ the kernel sets differ, so this was not timed: ${name}`), page),
        )),
    '',
    ...columns(
      [
        { head: 'median ms' },
        { head: 'T,B,D,H', drop: 1 },
        { head: 'loops', align: 'right' },
        { head: 'simd', align: 'right' },
        { head: 'ratio', align: 'right', drop: 2 },
      ],
      rows,
      page,
    ),
    '',
    ...columns(
      [{ head: 'share of the ceiling' }, { head: '', drop: 1 }, { head: '', align: 'right' }],
      efficiency.map(({ kernel, share }) => [kernel, bar(share), `${Math.round(100 * share)} %`]),
      page,
    ),
    '',
    ...paragraph(
      paint.dim('Times are of this machine in this run; quote the ratios and shares.'),
      page,
    ),
  ];
}
