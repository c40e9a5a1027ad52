/** Laws for every page: what it shows is what it embeds, it asks nobody, it is readable by night, and it prints. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { Browser, Page } from 'playwright-core';

/** Opens a page from a file, as a reader would, and closes it after the body. Requests beyond the file itself are collected. */
export async function withPage(
  browser: Browser,
  html: string,
  body: (page: Page, requests: readonly string[]) => Promise<void>,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bptt-page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ colorScheme, viewport: { width: 1000, height: 900 } });
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    const own = pathToFileURL(file).href;
    page.on('request', (request) => {
      if (request.url() !== own) requests.push(request.url());
    });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(own);
    await body(page, requests);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}

/** The value at a JSON pointer (without escapes: our reports have no such names). */
const at = (data: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], data);

/** The embedded report is this report, and every number that says where it is from is the one there. */
export async function expectSameNumbers(page: Page, report: unknown): Promise<void> {
  const embedded = JSON.parse((await page.locator('#report').textContent())!) as unknown;
  expect(embedded).toEqual(JSON.parse(JSON.stringify(report)));
  // As text, because the types of a browser's DOM are not those of this program.
  const shown = await page.evaluate<{ from: string; value: number }[]>(
    `[...document.querySelectorAll('data[data-from]')].map((element) =>
      ({ from: element.dataset.from, value: Number(element.value) }))`,
  );
  expect(shown.length).toBeGreaterThan(0);
  for (const { from, value } of shown) expect(value, from).toBe(at(report, from));
}

/** Foreground and background of the body, as the browser computed them. */
export const coloursOf = (page: Page): Promise<{ ink: string; paper: string }> =>
  page.evaluate(
    `(({ color, backgroundColor }) => ({ ink: color, paper: backgroundColor }))(getComputedStyle(document.body))`,
  );

/** The WCAG contrast of two colours `rgb(r, g, b)`. */
export function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [r, g, b] = (colour.match(/\d+/g) ?? []).map((text) => {
      const c = Number(text) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}
