/** The katas that come with the package. */
import { katas } from '../../katas/index.js';
import type { Kata } from './define.js';

export { katas };

export const kataById = (id: string): Kata | undefined => katas.find((kata) => kata.id === id);
