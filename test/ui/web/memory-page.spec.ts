/** The page of `bptt bench memory`, opened in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grouped } from '../../../src/ui/bytes.js';
import { memoryPage } from '../../../src/ui/web/memory-page.js';
import { reportOf } from '../../bench/memory/fake.js';
import { noBrowser, openBrowser } from './chromium.js';
import { coloursOf, contrast, expectSameNumbers, withPage } from './laws.js';
import type { Browser } from 'playwright-core';
import type { MemoryReport } from '../../../src/bench/index.js';

describe.skipIf(noBrowser)('the memory page in Chromium', () => {
  let browser: Browser;
  let report: MemoryReport;
  let html: string;
  beforeAll(async () => {
    browser = await openBrowser();
    report = await reportOf();
    html = memoryPage(report, 'bptt bench memory --html memory.html');
  }, 60_000);
  afterAll(() => browser.close());

  it('shows the numbers of --json, every point of them, and asks nobody for anything', async () => {
    await withPage(browser, html, async (page, requests) => {
      await expectSameNumbers(page, report);
      const cells = new Map(
        await page.evaluate<[string, string][]>(
          `[...document.querySelectorAll('td.right data[data-from]')].map((cell) => [cell.dataset.from, cell.textContent])`,
        ),
      );
      for (const [k, { points }] of report.curves.entries())
        for (const [p, point] of points.entries())
          for (const name of ['T', 'keptBytes', 'measuredBytes', 'predictedBytes'] as const)
            expect(cells.get(`/curves/${k}/points/${p}/${name}`)).toBe(grouped(point[name]));
      expect(await page.locator('figure svg').count()).toBe(2);
      expect(await page.locator('figure svg circle').count()).toBe(2 * 64);
      expect(requests).toEqual([]);
    });
  }, 60_000);

  it('is light by day and dark by night, readable both times', async () => {
    const seen: { ink: string; paper: string }[] = [];
    for (const scheme of ['light', 'dark'] as const)
      await withPage(browser, html, async (page) => void seen.push(await coloursOf(page)), scheme);
    const [day, night] = seen;
    expect(contrast(day!.paper, 'rgb(255, 255, 255)')).toBeLessThan(1.1);
    expect(contrast(night!.paper, 'rgb(0, 0, 0)')).toBeLessThan(1.3);
    for (const { ink, paper } of seen) expect(contrast(ink, paper)).toBeGreaterThan(7);
  }, 60_000);

  it('prints dark on white also where the reader’s system is dark', async () => {
    await withPage(
      browser,
      html,
      async (page) => {
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        const { ink, paper } = await coloursOf(page);
        expect([ink, paper]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
        const pdf = await page.pdf({ format: 'A4' });
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
        expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length).toBeGreaterThan(1);
      },
      'dark',
    );
  }, 60_000);

  it('does not make a narrow window scroll sideways', async () => {
    await withPage(browser, html, async (page) => {
      await page.setViewportSize({ width: 360, height: 700 });
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(360);
    });
  }, 60_000);
});
