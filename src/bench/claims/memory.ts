/** Claims about memory, on the bytes that the arena counts: exponents of what is kept over T. */
import { fittedExponent } from '../memory/exponent.js';
import { aboutModes } from '../memory/modes.js';
import { said } from './claim.js';
import type { Claim, Ground } from './claim.js';
import type { MemoryMode } from '../memory/report.js';

const lengths = [32, 64, 128, 256];
const sizes = { hidden: 8, heads: 1, k: 16 };

/** The bytes that a mode keeps at each length, and the exponent p of bytes ~ T^p. */
function kept({ countBytes }: Ground, mode: MemoryMode) {
  const bytes = lengths.map(
    (T) => countBytes(mode, { ...sizes, T }).measured[aboutModes[mode].kept.class],
  );
  const fitted = fittedExponent(lengths.map((T, k) => [T, bytes[k]!]));
  return { exponent: fitted?.value ?? NaN, most: bytes.at(-1)! };
}

const told = (mode: MemoryMode, { exponent, most }: ReturnType<typeof kept>) => [
  { what: `${aboutModes[mode].name}: exponent of T, H = ${sizes.hidden}`, value: exponent },
  { what: `${aboutModes[mode].name}: bytes kept at T = ${lengths.at(-1)!}`, value: most },
];

const near = (value: number, theory: number): boolean => Math.abs(value - theory) < 0.02;

export const lstmMemory: Claim = {
  id: 'lstm-memory',
  says: 'LSTM memory is O(1) in the length of the sequence.',
  documented: 'holds within limits',
  measure: (ground) => {
    const [streaming, bptt] = [kept(ground, 'lstm-streaming'), kept(ground, 'lstm-bptt')];
    return {
      measured: [...told('lstm-streaming', streaming), ...told('lstm-bptt', bptt)],
      holds: near(streaming.exponent, 0),
      limited: bptt.exponent > 0.02,
      say: `True of streaming inference: h and c are ${said(streaming.most)} bytes at any T. Training by BPTT keeps every step: T^${bptt.exponent.toFixed(2)}, ${bptt.most.toLocaleString('en-US')} bytes at T = ${lengths.at(-1)!}.`,
    };
  },
};

export const attentionMemory: Claim = {
  id: 'attention-memory',
  says: 'Attention memory is O(T²).',
  documented: 'holds within limits',
  measure: (ground) => {
    const naive = kept(ground, 'attention-naive-training');
    const online = kept(ground, 'attention-online');
    const cache = kept(ground, 'attention-kv-cache');
    return {
      measured: [
        ...told('attention-naive-training', naive),
        ...told('attention-online', online),
        ...told('attention-kv-cache', cache),
      ],
      holds: near(naive.exponent, 2),
      limited: online.exponent < 1.5 || cache.exponent < 1.5,
      say: `True of the naive form, which stores the matrix of weights: T^${naive.exponent.toFixed(2)}. Online softmax (FlashAttention) computes tiles again and keeps T^${online.exponent.toFixed(2)}; a KV cache grows as T^${cache.exponent.toFixed(2)}. The work stays T².`,
    };
  },
};
