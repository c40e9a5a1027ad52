/** A gradient check as lines: the verdict, the verdict of each tensor, where it is worst, and why. */
import { columns, ends, paragraph } from './layout.js';
import { apart, short, took } from './numbers.js';
import { printedText } from './printed-text.js';
import type {
  CheckReport,
  FunctionReport,
  GradientReport,
  OracleReport,
  TensorReport,
} from '../check/index.js';
import type { Column, Page } from './layout.js';

const worst = ({ worst }: TensorReport): string =>
  worst === null ? '–' : worst.index.map((j) => `[${j}]`).join('');

function verdict(tensor: TensorReport, { paint }: Page): string {
  const text = `${tensor.passed ? '✓' : '✗'} ${tensor.verdict}`;
  return tensor.passed ? paint.good(text) : paint.bad(text);
}

/** An error beside the oracle's own, or how many it left open. */
function errorAndBar(report: OracleReport | null): string {
  if (!report) return '–';
  return report.undecided > 0
    ? `${short(report.maxError)}, ${report.undecided} below bar`
    : `${short(report.maxError)} ± ${short(report.bar)}`;
}

const oracles: Readonly<Record<CheckReport['method'], string>> = {
  both: 'both oracles',
  'complex-step': 'the complex step',
  'five-point': 'the five-point differences',
  fast: 'the differences along three directions',
};

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** What the differences leave open, and no complex step decided. */
function leftOpen({ tensors }: CheckReport): readonly string[] {
  return tensors.flatMap(({ name, shape, complexStep, fivePoint, directions }) =>
    complexStep
      ? []
      : fivePoint && fivePoint.undecided > 0
        ? [`${name} (${fivePoint.undecided} of ${product(shape)} entries)`]
        : directions && directions.undecided > 0
          ? [`${name} (${directions.undecided} directions)`]
          : [],
  );
}

/** The verdict of the whole check, which comes before everything else. */
function outcome(report: CheckReport, page: Page, instead: string): string[] {
  const { passed, tensors, method, faults } = report;
  const { paint } = page;
  const wrong = tensors.filter((tensor) => !tensor.passed).length;
  const open = leftOpen(report);
  const noise = tensors.flatMap(({ name, shape, complexStep }) =>
    complexStep && complexStep.undecided > 0
      ? [`${name} (${complexStep.undecided} of ${product(shape)} entries)`]
      : [],
  );
  const lines = faults.flatMap((fault) => paragraph(`${paint.bad('✗')} ${fault}`, page));
  if (wrong > 0)
    lines.push(
      ...paragraph(
        paint.bad(`✗ ${wrong} of ${tensors.length} gradients ${wrong === 1 ? 'is' : 'are'} wrong`),
        page,
      ),
    );
  if (passed)
    lines.push(
      ...paragraph(
        paint.good(
          `✓ every gradient${open.length === 0 ? '' : ' that could be decided'} agrees with ${oracles[method]}`,
        ),
        page,
      ),
    );
  if (open.length > 0)
    lines.push(
      ...paragraph(
        `${paint.warn('?')} ${open.join(', ')}: smaller than the differences' error bar, so not decided${instead}`,
        page,
      ),
    );
  if (noise.length > 0)
    lines.push(
      ...paragraph(
        `${paint.warn('?')} ${noise.join(', ')}: sums that cancel; what is left is within their rounding.`,
        page,
      ),
    );
  return lines;
}

/** The wrong tensors, those with one and the same explanation together; the rarest explanation first. */
function reasons({ tensors }: CheckReport, page: Page): string[] {
  const { paint } = page;
  const groups = new Map<string, TensorReport[]>();
  for (const tensor of tensors)
    if (!tensor.passed)
      groups.set(tensor.says ?? '', [...(groups.get(tensor.says ?? '') ?? []), tensor]);
  return [...groups]
    .sort(([, one], [, other]) => one.length - other.length)
    .flatMap(([says, group]) => [
      '',
      ...group.flatMap((tensor) => {
        if (!tensor.worst) return [];
        const { analytic, numeric, where } = tensor.worst;
        const [yours, right] = apart(analytic, numeric);
        return paragraph(
          `${paint.bad('✗')} ${paint.strong(tensor.name + worst(tensor))} (${where}): yours ${yours}, should be ${right}`,
          page,
        );
      }),
      ...(says === '' ? [] : paragraph(says, page, 4)),
    ]);
}

/** The table, one row a tensor, with the columns of the oracles that ran. */
function table({ tensors, method }: CheckReport, page: Page): string[] {
  const one = method !== 'both';
  const heads: (Column & { readonly cell: (tensor: TensorReport) => string })[] = [
    { head: 'tensor', cell: ({ name }) => name },
    { head: 'shape', drop: 2, cell: ({ shape }) => shape.join(' × ') },
    { head: '‖g‖∞', align: 'right', drop: 3, cell: ({ norm }) => short(norm) },
    {
      head: 'complex ± rounding',
      align: 'right',
      drop: 1,
      cell: ({ complexStep }) => errorAndBar(complexStep),
    },
    {
      head: '5-point ± rounding',
      align: 'right',
      drop: one ? 1 : 4,
      cell: ({ fivePoint }) => errorAndBar(fivePoint),
    },
    {
      head: '3 directions ± rounding',
      align: 'right',
      drop: 1,
      cell: ({ directions }) => errorAndBar(directions),
    },
    { head: 'worst at', drop: 5, cell: worst },
    { head: 'verdict', cell: (tensor) => verdict(tensor, page) },
  ];
  const absent = (head: string): boolean =>
    (head.startsWith('complex') && method !== 'both' && method !== 'complex-step') ||
    (head.startsWith('5-point') && method !== 'both' && method !== 'five-point') ||
    (head.startsWith('3 directions') && method !== 'fast') ||
    (head === 'worst at' && tensors.every((tensor) => tensor.worst === null));
  const shown = heads.filter(({ head }) => !absent(head));
  const rows = tensors.map((tensor) => shown.map(({ cell }) => cell(tensor)));
  return tensors.length === 0 ? [] : ['', ...columns(shown, rows, page)];
}

const time = (ms: number | undefined): string => (ms === undefined ? '' : took(ms));

export function gradientText(report: GradientReport, page: Page, ms?: number): string[] {
  const { mistake } = report;
  const dims = Object.entries(report.dims).map(([name, n]) => `${name} ${n}`);
  const title = `gradcheck ${report.cell}   ${dims.join('  ')}   seed ${report.seed}   ${report.entries} numbers`;
  return [
    ...ends(page.paint.strong(title), time(ms), page),
    ...(mistake ? paragraph(`planted mistake ${mistake.id}: ${mistake.says}`, page) : []),
    '',
    ...outcome(report, page, '; --method complex-step decides.'),
    ...table(report, page),
    ...reasons(report, page),
  ];
}

/** A check of a file's functions: the same, or the sentence that says why there is nothing to show. */
export function functionText(report: FunctionReport, page: Page, ms?: number): string[] {
  const { file, exports, seed, entries, stopped, printed } = report;
  const { paint } = page;
  const size = entries === 0 ? '' : `   ${entries} numbers`;
  return [
    ...ends(
      paint.strong(`gradcheck ${file}   ${exports.join(', ')}   seed ${seed}${size}`),
      time(ms),
      page,
    ),
    '',
    ...(stopped
      ? paragraph(`${paint.bad('✗')} ${stopped.says}`, page)
      : outcome(report, page, '.')),
    ...table(report, page),
    ...reasons(report, page),
    ...(report.passed
      ? [
          '',
          ...paragraph(
            paint.dim(
              'By differences of your own forward pass: they see errors above their bar, and cannot tell whether the forward pass is what you meant.',
            ),
            page,
          ),
        ]
      : []),
    ...(printed.length > 0 ? ['', ...printedText(printed, page)] : []),
  ];
}
