import { it } from 'vitest';
import { measureClaims, claims } from '../../../src/bench/claims/claims.js';
it('x', () => {
  for (const seed of [7, 1]) {
  for (const { id } of claims) {
    const a = performance.now();
    const r = measureClaims({ seed, ids: [id] }).claims[0]!;
    console.log(id, (performance.now() - a).toFixed(0)+'ms', r.verdict, r.verdict===r.documented, '\n', r.measured.map(({what,value})=>what+' = '+value).join('\n '), '\n', r.say);
  }}
});
it('seeds', () => {
  for (let seed = 0; seed < 40; seed++) {
    const r = measureClaims({ seed });
    for (const c of r.claims) if (c.verdict !== c.documented) console.log(seed, c.id, c.verdict, JSON.stringify(c.measured));
  }
}, 60000);
