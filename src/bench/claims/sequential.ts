/** The claim about what has to wait for what: steps of an LSTM, and attention. */
import { textbookParameters } from '../../check/textbook/cells.js';
import { chainLength, chains } from './chain-length.js';
import type { Claim, Ground } from './claim.js';
import type { Chain } from './chain-length.js';
import type { Arrays } from '../../engine/index.js';
import type { StepValues } from '../../check/textbook/cells.js';

const given = (n: number): Chain[] => Array.from({ length: n }, () => chains.constant(1));
const last = (vector: readonly Chain[]): number => Math.max(...vector.map(chainLength));

/** The chain to h_T of an LSTM whose parameters have the shapes of the engine's. */
function lstmChain({ engine, textbook }: Ground, T: number, D: number, H: number): number {
  const { slab: _, ...arrays }: Arrays = engine.createParameters(
    new engine.Arena(),
    engine.cells.lstm,
    { T: 1, B: 1, D, H },
  );
  const flat = Object.entries(arrays).map(([name, array]) => [name, given(array.length)] as const);
  const parameters = textbookParameters(Object.fromEntries(flat));
  let state: StepValues<Chain> = { h: given(H), c: given(H) };
  for (let t = 0; t < T; t++) state = textbook.lstm(chains, parameters, given(D), state);
  return last(state.h!);
}

/** The chain to the output of one query over T positions: all queries are there at once. */
const attentionChain = ({ textbook }: Ground, T: number, d: number): number => {
  const rows = Array.from({ length: T }, () => given(d));
  return last(textbook.attend(chains, given(d), rows, rows, () => true));
};

/** The chain to the T-th output where each output is the next query, key and value: generating. */
function generatingChain({ textbook }: Ground, T: number, d: number): number {
  const rows: Chain[][] = [given(d)];
  for (let t = 0; t < T; t++)
    rows.push(textbook.attend(chains, rows.at(-1)!, rows, rows, () => true));
  return last(rows.at(-1)!);
}

export const sequentialSteps: Claim = {
  id: 'sequential-steps',
  says: "An LSTM needs T sequential steps; attention's depth does not grow with T.",
  documented: 'holds within limits',
  measure: (ground) => {
    const [lengths, D, H] = [[8, 16, 32, 64], 2, 4];
    const lstm = lengths.map((T) => lstmChain(ground, T, D, H));
    const attention = lengths.map((T) => attentionChain(ground, T, H));
    const generating = lengths.map((T) => generatingChain(ground, T, H));
    /** What a step adds, between two lengths. */
    const steps = (chain: readonly number[]): number[] =>
      lengths.slice(1).map((T, k) => (chain[k + 1]! - chain[k]!) / (T - lengths[k]!));
    /** What a doubling adds. */
    const doubling = Math.max(...lengths.slice(1).map((_, k) => attention[k + 1]! - attention[k]!));
    const [each] = steps(lstm) as [number];
    return {
      measured: [
        ...lengths.flatMap((T, k) => [
          { what: `operations in the longest chain, LSTM, T = ${T}, H = ${H}`, value: lstm[k]! },
          { what: `attention, one query over ${T} positions, d = ${H}`, value: attention[k]! },
          { what: `attention, generating ${T} positions`, value: generating[k]! },
        ]),
        { what: 'a step of the LSTM adds', value: each },
        { what: 'a doubling of T adds to attention, at most', value: doubling },
      ],
      // Every step of the LSTM adds the same; attention grows no faster than the trees of its sums.
      holds: each > 0 && steps(lstm).every((step) => step === each) && doubling <= 4,
      limited: doubling > 0 || Math.min(...steps(generating)) > 0,
      say: `Counted as operations that wait for each other: each step of the LSTM adds ${each}, so ${lstm.at(-1)!} at T = ${lengths.at(-1)!}; attention over as many positions needs ${attention.at(-1)!}, and a doubling of T adds ${doubling}, for sums taken as trees: log T, not T. That is training or reading. Generating is sequential for both: ${generating.at(-1)!} for ${lengths.at(-1)!} positions.`,
    };
  },
};
