import { describe, expect, it } from 'vitest';
import { claimsText, claimsVerdict, valueText } from '../../src/ui/claims-text.js';
import { measureClaims } from '../../src/bench/index.js';
import { expectPrintableAtAnyWidth, letters, plainPage, words } from './pages.js';

const report = measureClaims({ seed: 7 });

describe('the claims report', () => {
  it('fits every page, with and without numbers', () => {
    const few = { ...report, claims: report.claims.slice(4, 7) };
    expectPrintableAtAnyWidth((page) => claimsText(few, page, true));
    expectPrintableAtAnyWidth((page) => claimsText(few, page, false));
  });

  it('has every claim, its verdict and the sentence to say; the numbers where they are asked for', () => {
    const [short, long] = [false, true].map((numbers) =>
      letters(claimsText(report, plainPage(100), numbers)),
    ) as [string, string];
    for (const { id, verdict, says, say, measured } of report.claims) {
      for (const text of [id, verdict, says, say]) expect(short).toContain(letters([text]));
      for (const { what, value } of measured) {
        expect(long).toContain(letters([what]) + letters([valueText(value)]));
        expect(short).not.toContain(letters([what]) + letters([valueText(value)]));
      }
    }
  });

  it('counts the verdicts, and tells one that is not as documented before all else', () => {
    const count = (verdict: string) =>
      report.claims.filter((claim) => claim.verdict === verdict).length;
    expect(claimsVerdict(report)).toMatch(
      new RegExp(`^12 claims measured: ${count('holds')} hold, ${count('holds within limits')} hold within limits, ${count('loose')} is loose, as`),
    ); // prettier-ignore
    expect(claimsVerdict({ ...report, claims: report.claims.slice(11) })).toBe('1 claim measured: 1 is loose, as documented.'); // prettier-ignore
    const claims = report.claims.map((claim, k) =>
      k === 11 ? { ...claim, verdict: 'holds' as const } : claim,
    );
    const wrong = { ...report, claims, agrees: false };
    const lines = claimsText(wrong, plainPage(80), false);
    expect(lines.filter((line) => line.includes('✓'))).toEqual([]);
    expect(words(lines.slice(0, 8))).toContain(`${claims[11]!.id}: measured «holds», documented «loose»`);
  }); // prettier-ignore
});
