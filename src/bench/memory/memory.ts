/**
 * `bptt bench memory`: what each way of reading T steps has to hold, counted and predicted. It measures one
 * point at a time, each by the function that is handed in (a child process, unless told otherwise).
 */
import { aboutModes, counted } from './modes.js';
import { crossovers } from './crossovers.js';
import { fittedExponent } from './exponent.js';
import { measureInChild } from './point.js';
import { byteClasses } from './report.js';
import { predictedBytes } from './formulas.js';
import type { MemoryCurve, MemoryMode, MemoryPoint, MemoryReport, MemorySizes } from './report.js';
import type { Measured } from './point.js';

export interface MemoryRequest {
  readonly modes: readonly MemoryMode[];
  /** Ascending. */
  readonly steps: readonly number[];
  readonly hidden: number;
  /** Divides `hidden`. */
  readonly heads: number;
  readonly k: number;
  readonly measure?: (mode: MemoryMode, sizes: MemorySizes) => Promise<Measured>;
  /** Called before each point. */
  readonly onProgress?: (mode: MemoryMode, T: number, done: number, of: number) => void;
}

/** The first point that needs more than `limit` bytes, by the formulas: asked before anything is allocated. */
export function firstOverLimit(
  { modes, steps, hidden, heads, k }: MemoryRequest,
  limit: number,
): { readonly mode: MemoryMode; readonly T: number; readonly bytes: number } | null {
  for (const T of steps)
    for (const mode of modes) {
      const bytes = predictedBytes(mode, { T, hidden, heads, k }).total;
      if (bytes > limit) return { mode, T, bytes };
    }
  return null;
}

/** Products of numbers of all points: what the time is spent on. */
export const multiplyAdds = ({ modes, steps, hidden }: MemoryRequest): number =>
  modes
    .flatMap((mode) =>
      steps.map((T) => work[mode] * hidden * T * (mode.startsWith('lstm') ? hidden : T)),
    )
    .reduce((sum, products) => sum + products, 0);

/** Products for each pair of positions and column, or for each step and pair of units. */
const work: Readonly<Record<MemoryMode, number>> = {
  'lstm-streaming': 8,
  'lstm-bptt': 24,
  'lstm-truncated': 24,
  'lstm-checkpointed': 32,
  'attention-naive-inference': 2,
  'attention-naive-training': 6,
  'attention-online': 3.5, // seven, of half the tiles
  'attention-kv-cache': 1,
};

/** @throws {PointFailed} if a point gives no numbers. */
export async function measureMemory(request: MemoryRequest): Promise<MemoryReport> {
  const { modes, steps, hidden, heads, k, onProgress = () => undefined } = request;
  const measure = request.measure ?? ((mode, sizes) => measureInChild(mode, sizes));
  const curves: MemoryCurve[] = [];
  for (const [m, mode] of modes.entries()) {
    const about = aboutModes[mode];
    const points: MemoryPoint[] = [];
    for (const [s, T] of steps.entries()) {
      onProgress(mode, T, m * steps.length + s, modes.length * steps.length);
      const sizes = { T, hidden, heads, k };
      const got = await measure(mode, sizes);
      const { byClass: predicted, total } = predictedBytes(mode, sizes);
      const keptBytes = got.measured[about.kept.class];
      points.push({ T, ...got, predicted, predictedBytes: total, keptBytes });
    }
    const settled = points.filter(({ T }) => mode !== 'lstm-truncated' || T >= k);
    const exponent = fittedExponent(settled.map(({ T, keptBytes }) => [T, keptBytes]));
    curves.push({ mode, ...about, exponent, points });
  }
  return {
    version: 1,
    sizes: { steps, hidden, heads, k },
    counted,
    curves,
    crossovers: crossovers(modes, { hidden, heads, k }),
    agrees: curves.every(({ points }) => points.every(pointAgrees)),
  };
}

/** Whether a point was measured as predicted, to the byte and in every class. */
export const pointAgrees = (point: MemoryPoint): boolean =>
  point.measuredBytes === point.predictedBytes &&
  byteClasses.every((name) => point.measured[name] === point.predicted[name]);
