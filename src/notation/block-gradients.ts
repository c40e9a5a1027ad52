/** The gradients of one block's weights and bias, which are the same for every block that reads [h₋, x]. */
import { equation } from './equation.js';

/** dW = da [h₋, x]ᵀ and db = da of the block with this letter. */
export const blockGradients = <const V extends string, const L extends string>(
  variant: V,
  letter: L,
) =>
  [
    equation(`${variant}.backward.W${letter}`, {
      says: 'each weight: error of its row times entry of [h₋, x] of its column',
      symbols: { [`dW${letter}`]: ['H', 'H+D'], [`da${letter}`]: ['H'], hPrev: ['H'], x: ['D'] },
      is: `dW${letter} = da${letter} * [hPrev; x]'`,
    }),
    equation(`${variant}.backward.b${letter}`, {
      says: 'the bias is added, so the error passes unchanged',
      symbols: { [`db${letter}`]: ['H'], [`da${letter}`]: ['H'] },
      is: `db${letter} = da${letter}`,
    }),
  ] as const;
