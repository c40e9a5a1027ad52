/** The pages of `bptt flow` and `bptt claims`, opened in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimsPage } from '../../../src/ui/web/claims-page.js';
import { flowPage } from '../../../src/ui/web/flow-page.js';
import { measureClaims, measureFlow } from '../../../src/bench/index.js';
import { noBrowser, openBrowser } from './chromium.js';
import { coloursOf, contrast, expectSameNumbers, withPage } from './laws.js';
import type { Browser } from 'playwright-core';

const flow = measureFlow({
  ...{ steps: 250, hidden: 4, seed: 7, norm: 0.01 },
  cells: ['rnn', 'lstm', 'gru'],
  biases: [0, 3],
});
const claims = measureClaims({ seed: 7 });
const pages = {
  flow: { report: flow, html: flowPage(flow, 'bptt flow --html flow.html') },
  claims: { report: claims, html: claimsPage(claims, 'bptt claims --html claims.html') },
};

describe.skipIf(noBrowser)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await openBrowser()), 60_000);
  afterAll(() => browser.close());

  it.each(['flow', 'claims'] as const)('the %s page shows the numbers of --json, by day, by night and in a narrow window', async (name) => {
    const { html, report } = pages[name];
    for (const scheme of ['light', 'dark'] as const)
      await withPage(browser, html, async (page, requests) => {
        await expectSameNumbers(page, report);
        const { ink, paper } = await coloursOf(page);
        expect(contrast(ink, paper)).toBeGreaterThan(7);
        await page.setViewportSize({ width: 360, height: 700 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
        expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
        expect(requests).toEqual([]);
      }, scheme);
  }, 60_000); // prettier-ignore

  it('the flow page draws every gradient that has a place on its axes, and shows a hundred steps of each', async () => {
    await withPage(browser, pages.flow.html, async (page) => {
      const drawn = [...flow.curves.map(({ dh, dc }) => dc ?? dh), flow.bound!.values].flat();
      const visible = drawn.filter((value) => value !== null && value > 0).length;
      expect(visible).toBeLessThan(drawn.length); // 0.01^249 is no float64
      expect(await page.locator('figure svg circle').count()).toBe(visible);
      for (const [k] of flow.curves.entries())
        expect(await page.locator(`td data[data-from^="/curves/${k}/dh/"]`).count()).toBe(100 + 1);
      expect(await page.locator('td[style] data[data-from="/curves/2/gates/0/mean/249"]').count()).toBe(1); // prettier-ignore
    });
  }, 60_000);

  it('the claims page has every number that was measured', async () => {
    await withPage(browser, pages.claims.html, async (page) => {
      const numbers = claims.claims.flatMap(({ measured }) => measured).length;
      expect(await page.locator('td data[data-from^="/claims/"]').count()).toBe(numbers);
    });
  }, 60_000);
});
