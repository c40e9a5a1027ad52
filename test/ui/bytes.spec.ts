import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grouped, shortBytes } from '../../src/ui/bytes.js';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const counts = fc.oneof(fc.nat(2000), fc.maxSafeNat());

describe('bytes', () => {
  it('in short are the number to three digits, with 1 to 999 before the unit', () => {
    fc.assert(
      fc.property(counts, (n) => {
        const [digits, unit] = shortBytes(n).split(' ');
        const value = Number(digits) * 1000 ** units.indexOf(unit!);
        expect(Math.abs(value - n)).toBeLessThanOrEqual(n < 1000 ? 0 : 0.00500001 * n);
        expect(Number(digits)).toBeLessThan(1000);
        if (n >= 1) expect(Number(digits)).toBeGreaterThanOrEqual(1);
      }),
      { examples: [[0], [1], [999], [1000], [999_499], [999_500], [999_999], [1_000_000]] },
    );
  });

  it('in full lose nothing', () => {
    fc.assert(
      fc.property(counts, (n) => {
        expect(grouped(n)).toMatch(/^\d{1,3}(,\d{3})*$/);
        expect(Number(grouped(n).replaceAll(',', ''))).toBe(n);
      }),
    );
  });
});
