/** The letters of a kata's sizes: the engine's alphabet, and those that attention and layers need beside it. */

/**
 * T time steps · D input · H hidden · O outputs or classes · S steps of a second sequence (keys, source) ·
 * K key and query size, attention size · V value size · N heads · B sequences of a batch. Products and
 * sums are written out: H+D, 2H, N*K.
 */
export type Letter = 'T' | 'D' | 'H' | 'O' | 'S' | 'K' | 'V' | 'N' | 'B';
/** The length of one axis of a value: a letter's size, or a sum or product of such. */
export type KataAxis = Letter | 'H+D' | 'H+D+V' | '2H' | 'N*K' | 'T*S';

/** A case's sizes, one for each letter. */
export type KataDims = Readonly<Record<Letter, number>>;

export const letters = [
  'T',
  'D',
  'H',
  'O',
  'S',
  'K',
  'V',
  'N',
  'B',
] as const satisfies readonly Letter[];

/** The length of one axis. */
export function lengthOf(axis: KataAxis, dims: KataDims): number {
  switch (axis) {
    case 'H+D':
      return dims.H + dims.D;
    case 'H+D+V':
      return dims.H + dims.D + dims.V;
    case '2H':
      return 2 * dims.H;
    case 'N*K':
      return dims.N * dims.K;
    case 'T*S':
      return dims.T * dims.S;
    default:
      return dims[axis];
  }
}

/** The letters that an axis is made of. */
export const lettersOf = (axis: KataAxis): Letter[] =>
  letters.filter((letter) => axis.includes(letter));
