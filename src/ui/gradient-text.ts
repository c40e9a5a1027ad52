/** A gradient check as lines: the verdict of each tensor, where it is worst, and why. */
import { columns, ends, paragraph } from './layout.js';
import { four, short } from './numbers.js';
import type { GradientReport, TensorReport } from '../check/index.js';
import type { Page } from './layout.js';

const worst = ({ worst: { index } }: TensorReport): string => index.map((j) => `[${j}]`).join('');

function verdict(tensor: TensorReport, { paint }: Page): string {
  const text = `${tensor.passed ? '✓' : '✗'} ${tensor.verdict}`;
  return tensor.passed ? paint.good(text) : paint.bad(text);
}

function differences({ fivePoint, complexStep }: TensorReport): string {
  if (!fivePoint) return '–';
  if (complexStep && fivePoint.undecided > 0)
    return `${short(fivePoint.maxError)}, some below its bar`;
  return `${short(fivePoint.maxError)} ± ${short(fivePoint.bar)}`;
}

export function gradientText(report: GradientReport, page: Page, ms?: number): string[] {
  const { paint } = page;
  const dims = Object.entries(report.dims).map(([name, n]) => `${name} ${n}`);
  const title = `gradcheck ${report.cell}   ${dims.join('  ')}   seed ${report.seed}   ${report.entries} numbers`;
  const wrong = report.tensors.filter(({ passed }) => !passed);
  const lines = [...ends(paint.strong(title), ms === undefined ? '' : `${ms} ms`, page)];
  if (report.mistake)
    lines.push(...paragraph(`planted mistake ${report.mistake.id}: ${report.mistake.says}`, page));
  lines.push(
    '',
    ...columns(
      [
        { head: 'tensor' },
        { head: 'shape', drop: 2 },
        { head: '‖g‖∞', align: 'right', drop: 3 },
        { head: 'complex step', align: 'right', drop: 1 },
        { head: '5-point ± bar', align: 'right', drop: 4 },
        { head: 'worst at', drop: 5 },
        { head: 'verdict' },
      ],
      report.tensors.map((tensor) => [
        tensor.name,
        tensor.shape.join(' × '),
        short(tensor.norm),
        tensor.complexStep ? short(tensor.complexStep.maxError) : '–',
        differences(tensor),
        worst(tensor),
        verdict(tensor, page),
      ]),
      page,
    ),
    '',
  );
  for (const tensor of wrong) {
    const { analytic, numeric, where } = tensor.worst;
    lines.push(
      ...paragraph(
        `${paint.bad('✗')} ${paint.strong(tensor.name + worst(tensor))} (${where}): yours ${four(analytic)}, should be ${four(numeric)}.`,
        page,
      ),
      ...(tensor.says === null ? [] : paragraph(tensor.says, page, 4)),
    );
  }
  for (const fault of report.faults) lines.push(...paragraph(`${paint.bad('✗')} ${fault}`, page));
  if (report.passed) {
    const oracles = {
      both: 'both oracles',
      'complex-step': 'the complex step',
      'five-point': 'the five-point differences',
    };
    const undecided = report.tensors.filter((tensor) => tensor.verdict === 'undecided');
    lines.push(
      ...paragraph(paint.good(`✓ every gradient agrees with ${oracles[report.method]}`), page),
    );
    if (undecided.length > 0)
      lines.push(
        ...paragraph(
          `${paint.warn('?')} ${undecided.map(({ name }) => name).join(', ')}: smaller than the differences' error bar, so not decided; --method complex-step decides.`,
          page,
        ),
      );
  } else {
    lines.push(
      '',
      ...paragraph(
        paint.bad(`✗ ${wrong.length} of ${report.tensors.length} gradients are wrong`),
        page,
      ),
    );
  }
  return lines;
}
