/** The exhaustive gradient check as work to be timed: every entry of an LSTM's gradients against an oracle. */
import { checkCellGradient, complexStepTolerance } from '../check/index.js';
import type { GradientReport } from '../check/index.js';
import type { SpeedConfig } from './speed-report.js';
import type { SpeedWork } from './speed-work.js';

/** 4·16·(16 + 17) weights and 4·16 biases: 2,176 parameters. */
export const checkedConfig: SpeedConfig = { T: 20, B: 1, D: 17, H: 16 };

const name = 'exhaustive gradient check';

export function gradientWork(config: SpeedConfig): SpeedWork {
  const check = (): GradientReport => {
    const result = checkCellGradient({
      ...{ cell: 'lstm', dims: config, seed: 1, method: 'complex-step' },
    });
    if (result.kind !== 'report') throw new TypeError('A check without a mistake gives a report.');
    return result.report;
  };
  return {
    name,
    config,
    says: [name],
    kernels: 'fastest',
    open: (body) =>
      body({
        parts: [{ says: name, call: () => void check() }],
        everything: () => Float64Array.of(Number(check().passed)),
      }),
    compare: () => {
      const { passed, tensors } = check();
      const worst = Math.max(...tensors.map(({ maxError }) => maxError));
      return {
        name: 'backward against dual numbers',
        agrees: passed,
        worst,
        tolerance: complexStepTolerance,
      };
    },
  };
}
