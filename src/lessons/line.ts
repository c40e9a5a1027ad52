/** Where in a text something stands, for a sentence about it. */

/** The line of a place, from 1. */
export const lineOf = (text: string, place: number): number =>
  text.slice(0, place).split('\n').length;
