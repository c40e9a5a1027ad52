/** A gradient check as lines: the verdict, the verdict of each tensor, where it is worst, and why. */
import { columns, ends, paragraph } from './layout.js';
import { apart, short } from './numbers.js';
import type { GradientReport, TensorReport } from '../check/index.js';
import type { Column, Page } from './layout.js';

const worst = ({ worst: { index } }: TensorReport): string => index.map((j) => `[${j}]`).join('');

function verdict(tensor: TensorReport, { paint }: Page): string {
  const text = `${tensor.passed ? '✓' : '✗'} ${tensor.verdict}`;
  return tensor.passed ? paint.good(text) : paint.bad(text);
}

function differences({ fivePoint }: TensorReport): string {
  if (!fivePoint) return '–';
  return fivePoint.undecided > 0
    ? `${short(fivePoint.maxError)}, ${fivePoint.undecided} below bar`
    : `${short(fivePoint.maxError)} ± ${short(fivePoint.bar)}`;
}

const oracles: Readonly<Record<GradientReport['method'], string>> = {
  both: 'both oracles',
  'complex-step': 'the complex step',
  'five-point': 'the five-point differences',
};

/** How much of a tensor the differences leave open: `h0 (3 of 4 entries)`. */
const undecidedIn = ({ name, shape, fivePoint }: TensorReport): string =>
  `${name} (${fivePoint!.undecided} of ${shape.reduce((product, n) => product * n, 1)} entries)`;

/** The verdict of the whole check, which comes before everything else. */
function outcome({ passed, tensors, method, faults }: GradientReport, page: Page): string[] {
  const { paint } = page;
  const wrong = tensors.filter((tensor) => !tensor.passed).length;
  const undecided = tensors.filter(
    ({ complexStep, fivePoint }) => !complexStep && fivePoint && fivePoint.undecided > 0,
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
          `✓ every gradient${undecided.length === 0 ? '' : ' that could be decided'} agrees with ${oracles[method]}`,
        ),
        page,
      ),
    );
  if (undecided.length > 0)
    lines.push(
      ...paragraph(
        `${paint.warn('?')} ${undecided.map(undecidedIn).join(', ')}: smaller than the differences' error bar, so not decided; --method complex-step decides.`,
        page,
      ),
    );
  return lines;
}

/** The wrong tensors, those with one and the same explanation together; the rarest explanation first. */
function reasons({ tensors }: GradientReport, page: Page): string[] {
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

export function gradientText(report: GradientReport, page: Page, ms?: number): string[] {
  const { method, mistake } = report;
  const dims = Object.entries(report.dims).map(([name, n]) => `${name} ${n}`);
  const title = `gradcheck ${report.cell}   ${dims.join('  ')}   seed ${report.seed}   ${report.entries} numbers`;
  const one = method !== 'both';
  const heads: (Column & { readonly cell: (tensor: TensorReport) => string })[] = [
    { head: 'tensor', cell: ({ name }) => name },
    { head: 'shape', drop: 2, cell: ({ shape }) => shape.join(' × ') },
    { head: '‖g‖∞', align: 'right', drop: 3, cell: ({ norm }) => short(norm) },
    {
      head: 'complex step',
      align: 'right',
      drop: 1,
      cell: ({ complexStep }) => (complexStep ? short(complexStep.maxError) : '–'),
    },
    { head: '5-point ± bar', align: 'right', drop: one ? 1 : 4, cell: differences },
    { head: 'worst at', drop: 5, cell: worst },
    { head: 'verdict', cell: (tensor) => verdict(tensor, page) },
  ];
  const shown = heads.filter(
    ({ head }) =>
      !(head === 'complex step' && method === 'five-point') &&
      !(head === '5-point ± bar' && method === 'complex-step'),
  );
  const rows = report.tensors.map((tensor) => shown.map(({ cell }) => cell(tensor)));
  return [
    ...ends(page.paint.strong(title), ms === undefined ? '' : `${ms} ms`, page),
    ...(mistake ? paragraph(`planted mistake ${mistake.id}: ${mistake.says}`, page) : []),
    '',
    ...outcome(report, page),
    '',
    ...columns(shown, rows, page),
    ...reasons(report, page),
  ];
}
