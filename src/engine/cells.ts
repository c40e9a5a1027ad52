/** Every cell by its kind: a cell that is added to CellKind does not compile until it stands here. */
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { rnn } from './rnn.js';
import type { Cell, CellKind } from './cell.js';

export const cellKinds = ['rnn', 'lstm', 'gru'] as const satisfies readonly CellKind[];

export const cells = { rnn, lstm, gru } as unknown as { readonly [K in CellKind]: Cell };
