/** The pictures in the README show what the binary prints today; only milliseconds may differ. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from './bptt.js';

const { draw } = (await import(path.join(root, 'docs/screens/make.js'))) as {
  draw: () => Record<string, string>;
};
const timeless = (picture: string): string =>
  // A longer time takes columns from the gap before it.
  picture.replaceAll(/\u00a0*(<tspan[^>]*>)?\u00a0*[\d.,]+\u00a0(?:ms|s)\b/g, '$1 TIME');

it('every picture is what the command prints', () => {
  for (const [name, picture] of Object.entries(draw())) {
    const stored = readFileSync(path.join(root, 'docs/screens', name), 'utf8');
    expect(timeless(stored), name).toBe(timeless(picture));
  }
});
