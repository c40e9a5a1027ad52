/** The claim about the size of a GRU. */
import { said } from './claim.js';
import type { Claim } from './claim.js';

export const gruParameters: Claim = {
  id: 'gru-parameters',
  says: 'A GRU has 3/4 of the parameters of an LSTM.',
  documented: 'holds',
  measure: ({ engine: { cells, parameterCount, rng }, seed }) => {
    const random = rng(seed);
    const size = (): number => 1 + Math.floor(512 * random());
    const sizes = Array.from({ length: 20 }, () => ({ D: size(), H: size() }));
    const ratios = sizes.map((dims) => parameterCount(cells.gru, dims) / parameterCount(cells.lstm, dims)); // prettier-ignore
    const after = sizes.map((dims) => parameterCount(cells['gru-reset-after'], dims) / parameterCount(cells.lstm, dims)); // prettier-ignore
    const far = (of: readonly number[]): number => Math.max(...of.map((r) => Math.abs(r - 0.75)));
    const [first] = sizes as [(typeof sizes)[0]];
    const counts = [parameterCount(cells.gru, first), parameterCount(cells.lstm, first)];
    return {
      measured: [
        { what: `GRU / LSTM, D = ${first.D}, H = ${first.H}`, value: ratios[0]! },
        { what: `largest distance from 3/4, ${sizes.length} sizes`, value: far(ratios) },
        { what: 'the same with the reset after the product and its extra bias', value: far(after) },
      ],
      holds: far(ratios) === 0,
      limited: far(after) > 0.01,
      say: `Exactly: three blocks of H × (H + D) and a bias against four, e.g. ${counts.map((count) => count.toLocaleString('en-US')).join(' against ')} at D = ${first.D}, H = ${first.H}. The form of cuDNN has one bias more, ${said(100 * far(after))} percentage points at most here. It saves a quarter, not an order of magnitude.`,
    };
  },
};
