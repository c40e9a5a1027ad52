/** The threads report as lines: agreement first, then the time of one thread beside that of all. */
import { columns, ends, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type { ThreadsReport } from '../bench/index.js';

const ms = (value: number | undefined): string =>
  value === undefined ? '–' : value >= 1000 ? value.toFixed(0) : value.toPrecision(3);

export function threadsText(
  { threads, processors, kernels, shardSize, cases }: ThreadsReport,
  page: Page,
): string[] {
  const { paint } = page;
  const same = cases.filter((one) => one.sameBits && one.sameAsUndivided);
  const off = Math.max(...cases.map(({ parametersOff }) => parametersOff));
  return [
    ...ends(
      paint.strong(`bench speed   ${threads} ${threads === 1 ? 'thread' : 'threads'}`),
      `${processors} ${processors === 1 ? 'processor' : 'processors'}, kernels ${kernels.name}`,
      page,
    ),
    '',
    ...cases.flatMap(({ name, config: { T, B, D, H }, sameBits, sameAsUndivided }) => {
      const what = `${name}, (T,B,D,H) = (${T},${B},${D},${H})`;
      const wrong = !sameBits
        ? 'one thread and all of them differ, so this was not timed'
        : 'shards and the undivided pass differ in a sequence';
      return sameBits && sameAsUndivided ? [] : paragraph(paint.bad(`✗ ${wrong}: ${what}`), page);
    }),
    ...(same.length === cases.length
      ? paragraph(
          paint.good(`✓ one thread and ${threads} give the same bits in all ${cases.length} cases`),
          page,
        )
      : []),
    ...paragraph(
      `A batch is cut into shards of ${shardSize} sequences, however many threads there are. Outputs, dx and the gradients of states have the bits of the undivided pass; gradients of parameters add up sequences in another order and are within ${off.toExponential(0)} of it.`,
      page,
    ),
    '',
    ...columns(
      [
        { head: 'median ms' },
        { head: 'T,B,D,H', drop: 1 },
        { head: 'undivided', align: 'right', drop: 2 },
        { head: '1 thread', align: 'right' },
        { head: `${threads} ${threads === 1 ? 'thread' : 'threads'}`, align: 'right' },
        { head: 'ratio', align: 'right' },
      ],
      cases.map(({ name, config: { T, B, D, H }, medianMs }) => [
        name,
        [T, B, D, H].join(','),
        ms(medianMs?.undivided),
        ms(medianMs?.one),
        ms(medianMs?.all),
        medianMs ? `${(medianMs.one / medianMs.all).toFixed(2)} ×` : '–',
      ]),
      page,
    ),
    '',
    ...paragraph(paint.dim('Times are of this machine in this run; quote the ratios.'), page),
  ];
}
