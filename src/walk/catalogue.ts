/** All walks, and one by its id. */
import { attention } from './attention.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { memory } from './memory.js';
import { rnn } from './rnn.js';
import { sequences } from './sequences.js';
import { walkIds, type Walk, type WalkId } from './step.js';

const byId: Readonly<Record<WalkId, Walk>> = { rnn, lstm, gru, sequences, attention, memory };

/** In the order in which one takes them. */
export const walks: readonly Walk[] = walkIds.map((id) => byId[id]);

export const isWalkId = (id: string): id is WalkId => (walkIds as readonly string[]).includes(id);

export const walkById = (id: WalkId): Walk => byId[id];
