/**
 * The bidirectional layer: two cells of one kind read the sequence from its two ends. These equations
 * join what the cells give, at one step; the cells' own equations stand under their own names.
 */
import { equation } from './equation.js';

export const bidirectionalEquations = [
  equation('bidirectional.hidden', {
    says: 'at every step what has been read from the left above what has been read from the right',
    symbols: { hBoth: ['H+H'], hForward: ['H'], hBackward: ['H'] },
    is: 'hBoth = [hForward; hBackward]',
  }),
  equation('bidirectional.backward.hidden', {
    says: 'the gradient parts as h was joined: each half goes to the cell that made it',
    symbols: { dhBoth: ['H+H'], dhForward: ['H'], dhBackward: ['H'] },
    is: 'dhBoth = [dhForward; dhBackward]',
  }),
  equation('bidirectional.backward.input', {
    says: 'both cells read x, so what they send back adds up',
    symbols: { dx: ['D'], dxForward: ['D'], dxBackward: ['D'] },
    is: 'dx = dxForward + dxBackward',
  }),
] as const;
