/** A step of the memory walk after the measurement: what was predicted, what was counted, why, and the curves. */
import { grouped, shortBytes } from './bytes.js';
import { chart } from './chart.js';
import { paragraph } from './layout.js';
import { exponentText, markOf } from './memory-text.js';
import { oneLine } from './quiz-text.js';
import type { Page } from './layout.js';
import type { MemoryCurve } from '../bench/index.js';
import type { Asked } from '../walk/index.js';
import type { Judged, MeasuredStep } from '../walk/memory/index.js';

/** What was counted, in answer to each question. */
function measuredSentence(of: Asked, { curve, crossing, sizes }: MeasuredStep): string {
  switch (of) {
    case 'bytes': {
      const last = curve.points.at(-1)!;
      return `Measured ${grouped(last.keptBytes)} bytes = ${curve.kept.formula} · 8 with T = ${grouped(last.T)}, H = ${sizes.hidden}: ${curve.kept.says}.`;
    }
    case 'exponent': {
      const range = curve.points.map(({ T }) => grouped(T)).join(', ');
      return `Measured T^${exponentText(curve)} over T = ${range}.`;
    }
    case 'crossover': {
      const { from, more, less } = crossing!;
      const bytes = (one: MemoryCurve, k: number): string => grouped(one.points[k]!.keptBytes);
      return `Measured: at T = ${grouped(from)} ${more.name} keeps ${bytes(more, 1)} bytes and ${less.name} ${bytes(less, 1)}; at T = ${grouped(from - 1)} it was ${bytes(more, 0)} and ${bytes(less, 0)}. ${more.kept.formula} against ${less.kept.formula}.`;
    }
  }
}

const names: Readonly<Record<Asked, string>> = {
  bytes: 'bytes kept',
  exponent: 'growth, T to the power of',
  crossover: 'from which T on it is more',
};

/** One prediction: what was said, whether it is right and why, and what was measured. */
export function judgedText(one: Judged, measured: MeasuredStep, page: Page): string[] {
  const { paint } = page;
  const { of, given, grade } = one;
  if (!grade.readable && given !== '')
    return [
      ...paragraph(`? ${paint.strong(names[of])}: ${oneLine(given)} could not be read`, page),
      ...paragraph(measuredSentence(of, measured), page, 4),
    ];
  const said = given === '' ? 'no prediction' : `you said ${oneLine(given)}`;
  return [
    ...paragraph(
      `${grade.correct ? paint.good('✓') : paint.bad('✗')} ${paint.strong(names[of])}: ${said}${
        grade.correct ? ', right' : given === '' ? '' : `, wrong. ${grade.says}`
      }`,
      page,
    ),
    ...paragraph(measuredSentence(of, measured), page, 4),
  ];
}

/** Everything that is said after a measurement. */
export function measuredText(
  predictions: readonly Judged[],
  measured: MeasuredStep,
  page: Page,
): string[] {
  const { paint } = page;
  return [
    ...predictions.flatMap((one) => [...judgedText(one, measured, page), '']),
    ...(measured.agrees
      ? []
      : [...paragraph(paint.bad('✗ What was counted is not what the formula says.'), page), '']),
    ...(measured.curves.length > 1 ? curvesText(measured, page) : []),
  ];
}

const curvesText = ({ curves }: MeasuredStep, page: Page): string[] =>
  chart(
    {
      title: 'Bytes kept, by formula',
      x: { label: 'T, steps', scale: 'log', format: grouped },
      y: { label: 'bytes', scale: 'log', format: shortBytes },
      height: 8,
      series: curves.map(({ name, points }, k) => ({
        mark: markOf(k),
        name,
        points,
      })),
    },
    page,
  );
