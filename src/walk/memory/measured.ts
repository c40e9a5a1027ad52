/**
 * A step of the memory walk measured: the bytes that its mode keeps at three lengths, and both sides of the
 * crossing just before and just after it. How a point is measured is handed in.
 */
import { aboutModes } from '../../bench/memory/modes.js';
import { measureMemory } from '../../bench/memory/memory.js';
import { keptBytes, truthOf, type Truth } from './cards.js';
import { memorySequence, memorySizes, memorySteps, type MemoryStep } from './steps.js';
import type { MemoryCurve, MemoryMode, MemoryRequest } from '../../bench/index.js';

export interface MeasuredStep {
  readonly mode: MemoryMode;
  readonly sizes: typeof memorySizes;
  /** The mode's curve: name, formula, measured points, fitted exponent. */
  readonly curve: MemoryCurve;
  /** Both curves at the T before the crossing and at the crossing; null where it is not asked. */
  readonly crossing: {
    readonly from: number;
    readonly more: MemoryCurve;
    readonly less: MemoryCurve;
  } | null;
  /** Every byte as its formula has it, and the curves cross where the formulas do. */
  readonly agrees: boolean;
  readonly truth: Truth;
  /** This mode and those before it by formula, for a chart: kept bytes over T. */
  readonly curves: readonly {
    readonly mode: MemoryMode;
    readonly name: string;
    readonly points: readonly (readonly [T: number, bytes: number])[];
  }[];
}

/** Where the chart's lines are drawn. */
const drawn = Array.from({ length: 8 }, (_, n) => 64 * 2 ** n);

/** @throws {PointFailed} if a point gives no numbers. */
export async function measureStep(
  step: MemoryStep,
  measure: NonNullable<MemoryRequest['measure']>,
): Promise<MeasuredStep> {
  const formula = truthOf(step);
  const { crosses } = step;
  const own = await measureMemory({
    ...{ modes: [step.id], steps: memorySteps, measure },
    ...memorySizes,
  });
  const from = formula.crossover;
  const both =
    crosses && from !== null
      ? await measureMemory({
          ...{ modes: [crosses.mode, crosses.over], steps: [Math.max(1, from - 1), from], measure },
          ...memorySizes,
        })
      : undefined;
  const curve = own.curves[0]!;
  const [more, less] = both?.curves ?? [];
  const crossed =
    more === undefined ||
    less === undefined ||
    (more.points[0]!.keptBytes <= less.points[0]!.keptBytes &&
      more.points[1]!.keptBytes > less.points[1]!.keptBytes);
  const upTo = memorySequence.findIndex(({ id }) => id === step.id);
  return {
    mode: step.id,
    sizes: memorySizes,
    curve,
    crossing: more && less ? { from: from!, more, less } : null,
    agrees: own.agrees && (both?.agrees ?? true) && crossed,
    truth: { ...formula, bytes: curve.points.at(-1)!.keptBytes },
    curves: memorySequence.slice(0, upTo + 1).map(({ id }) => ({
      mode: id,
      name: aboutModes[id].name,
      points: drawn.map((T) => [T, keptBytes(id, T)] as const),
    })),
  };
}
