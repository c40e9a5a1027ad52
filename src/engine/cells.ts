/** Every cell by its kind: a cell that is added to CellKind does not compile until it stands here. */
import { gru } from './gru.js';
import { gruResetAfter } from './gru-reset-after.js';
import { lstm } from './lstm.js';
import { lstmCoupled } from './lstm-coupled.js';
import { lstmPeephole, lstmPeepholeForget } from './lstm-peephole.js';
import { rnn } from './rnn.js';
import type { Cell, CellKind } from './cell.js';

/** Every kind, the three of the source first. */
export const cellKinds = [
  'rnn',
  'lstm',
  'gru',
  'lstm-peephole',
  'lstm-peephole-forget',
  'lstm-coupled',
  'gru-reset-after',
] as const satisfies readonly CellKind[];

/** The cells by kind, for code that works with any of them; a cell of its own name has the more exact type. */
export const cells = {
  rnn,
  lstm,
  gru,
  'lstm-peephole': lstmPeephole,
  'lstm-peephole-forget': lstmPeepholeForget,
  'lstm-coupled': lstmCoupled,
  'gru-reset-after': gruResetAfter,
} satisfies { readonly [K in CellKind]: unknown } as unknown as { readonly [K in CellKind]: Cell };
