/** The docs site: built as `npm run docs` builds it, then read as files and in a browser. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { termsOf } from '../../docs/site/fences.js';
import { idsIn, lessonIds, lessonPath, readLesson } from '../../src/lessons/index.js';
import { equationById, equations, toTex } from '../../src/notation/index.js';
import { noBrowser, openBrowser } from '../ui/web/chromium.js';
import { coloursOf, contrast } from '../ui/web/laws.js';
import { faint, headings, overlapping, tooWide } from './laws.js';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'bptt-site-test-'));
const site = path.join(scratch, 'site');
const html = (page: string): string => readFileSync(path.join(site, page), 'utf8');
const unescaped = (text: string): string =>
  text.replace(/&#(?:x([\da-f]+)|(\d+));/gi, (_, hex?: string, ten?: string) =>
    String.fromCodePoint(hex === undefined ? Number(ten) : parseInt(hex, 16)),
  );
/** What stands as MathML on a page, as the TeX that it was made from: each equation's terms, joined. */
const formulas = (page: string): string[] =>
  html(page)
    .split('<span class="equation">')
    .slice(1)
    .map((equation) =>
      [...equation.matchAll(/<annotation encoding="application\/x-tex">\{\}(.*?)<\/annotation>/g)]
        .map(([, tex]) => unescaped(tex!).replaceAll('&amp;', '&'))
        .join(''),
    );
const texOf = (id: string): string => toTex(equationById(id)!);

beforeAll(() => {
  execFileSync(process.execPath, ['docs/site/build.js', '--out', site], { cwd: root });
}, 180_000);
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the site as files', () => {
  it('has no dead link within it: every page, file and place that is named is there', () => {
    const pages = readdirSync(site, { encoding: 'utf8', recursive: true }).filter((name) =>
      name.endsWith('.html'),
    );
    expect(pages.length).toBeGreaterThan(200);
    const ids = new Map(
      pages.map((page) => [
        page,
        new Set([...html(page).matchAll(/ id="([^"]+)"/g)].map(([, id]) => unescaped(id!))),
      ]),
    );
    const dead = pages.flatMap((page) =>
      [...html(page).matchAll(/ (?:href|src)="([^"]+)"/g)].flatMap(([, link]) => {
        if (/^(?:https?|data):/.test(link!) || link!.startsWith('#icon-')) return [];
        const [file = '', place = ''] = decodeURI(unescaped(link!)).split('#');
        const target = file === '' ? page : path.normalize(path.join(path.dirname(page), file));
        const there =
          existsSync(path.join(site, target)) && (place === '' || ids.get(target)?.has(place));
        return there ? [] : [`${page}: ${link!}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  it.each(lessonIds)('%s: each equation is MathML, each chart SVG, and no fence is left', (id) => {
    const text = readFileSync(lessonPath(id), 'utf8');
    const page = `lessons/${id}.html`;
    expect(formulas(page)).toEqual(idsIn(text, 'equations').map(texOf));
    expect(html(page).split('<figure').length - 1).toBe(idsIn(text, 'chart').length);
    expect(html(page).split('<pre class="worked">').length).toBe(text.split(/^```worked /m).length);
    expect(html(page)).not.toMatch(/\$\$|```/);
  });

  it('the table of the notation is MathML, all of it', () => {
    expect(formulas('notation.html').sort()).toEqual(equations.map((eq) => toTex(eq)).sort());
  });

  it('keeps the lines of equations in docstrings', () => {
    expect(html('variables/bptt.rnn.html')).toMatch(
      /<pre><code>h = tanh\(.*\+ bh\) +y = Why h \+ by\n<\/code>/,
    );
    expect(html('functions/bptt.adam.html')).toMatch(/\nθ -= rate/);
  });

  it('cuts equations at = and + outside of brackets, and loses nothing', () => {
    expect(termsOf('f = \\sigma\\left(a + b\\right) + c_{t+1}')).toEqual([
      'f ',
      '= \\sigma\\left(a + b\\right) ',
      '+ c_{t+1}',
    ]);
    for (const tex of equations.map((eq) => toTex(eq))) expect(termsOf(tex).join('')).toBe(tex);
  });

  it('is not built over a folder of something else, nor over a file', () => {
    const folder = path.join(scratch, 'mine');
    const letter = path.join(folder, 'letter.txt');
    mkdirSync(folder);
    writeFileSync(letter, 'dear');
    for (const out of [folder, letter]) {
      const { status, stderr } = spawnSync(
        process.execPath,
        ['docs/site/build.js', '--out', out],
        { cwd: root, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: undefined } }, // Node warns of it
      );
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: `${out} holds something else than a site.\n`,
      });
    }
    expect(readFileSync(letter, 'utf8')).toBe('dear');
  });

  it.each(['bptt', 'bptt/kata', 'bptt/define', 'bptt/vitest'])('%s has its page', (name) => {
    expect(html(`modules/${name.replace('/', '_')}.html`)).toContain(name);
  });
});

describe.skipIf(noBrowser)('the site in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** The page shows nothing until its theme is known: measured before, everything has the size 0. */
  async function visit(page: Page, name: string): Promise<void> {
    await page.goto(pathToFileURL(path.join(site, name)).href);
    await page.locator('.col-content').waitFor();
  }

  /** Opens a page from its file. Nothing may be asked of the network, and the console stays empty. */
  async function at(
    page: string,
    body: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const context = await browser.newContext(options);
    try {
      const opened = await context.newPage();
      const complaints: string[] = [];
      opened.on('console', (message) => complaints.push(message.text()));
      opened.on('pageerror', (error) => complaints.push(error.message));
      opened.on('request', (request) => {
        if (!/^(?:file|data):/.test(request.url())) complaints.push(request.url());
      });
      await visit(opened, page);
      await body(opened);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  // The second stands in the lesson's text alone.
  it.each(['forget gate', 'valves'])('finds «%s», and leads to the lesson', async (words) => {
    await at('index.html', async (page) => {
      await page.locator('#tsd-search-trigger').click();
      await page.locator('#tsd-search-input').fill(words);
      const found = page.locator('#tsd-search-results a', { hasText: readLesson('lstm').title });
      await found.first().click();
      await page.waitForURL(/lessons\/lstm\.html/);
    });
  });

  it('is light or dark as the system is, and as the reader chooses; both can be read', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      await at(
        'lessons/lstm.html',
        async (page) => {
          const first = await coloursOf(page);
          await page.getByText('Settings', { exact: true }).click();
          const stroke = (): Promise<string> =>
            page.evaluate(
              `getComputedStyle(document.querySelector('figure [aria-label=line] path')).stroke`,
            );
          const strokes = [await stroke()];
          await page.locator('#tsd-theme').selectOption(colorScheme === 'light' ? 'dark' : 'light');
          const second = await coloursOf(page);
          strokes.push(await stroke());
          expect(second.paper).not.toBe(first.paper);
          expect(strokes[1]).not.toBe(strokes[0]);
          for (const { ink, paper } of [first, second])
            expect(contrast(ink, paper)).toBeGreaterThan(7);
        },
        { colorScheme },
      );
  });

  it('draws mathematics: a subscript is smaller than its base and lower', async () => {
    await at('lessons/lstm.html', async (page) => {
      const [base, index] = await page.evaluate<{ height: number; bottom: number }[]>(
        `[...document.querySelector('.equations msub').children].map((part) => {
          const { height, bottom } = part.getBoundingClientRect();
          return { height, bottom };
        })`,
      );
      expect(index!.height).toBeGreaterThan(0);
      expect(index!.height).toBeLessThan(base!.height);
      expect(index!.bottom).toBeGreaterThan(base!.bottom);
    });
  });

  // A long document, the longest equations, the widest tables, and of the reference a function and a long name.
  const kinds = [
    ...['index', 'notation', 'lessons/variants', 'benchmarks', 'functions/bptt.adam'],
    'types/bptt.LstmPeepholeForgetNames',
  ].map((name) => `${name}.html`);
  interface Sight {
    readonly on: string;
    readonly width: number;
    readonly laws: Readonly<Record<string, typeof tooWide>>;
    readonly colorScheme?: 'light' | 'dark';
    readonly media?: 'print';
  }

  it.each<Sight>([
    { on: 'a telephone', width: 390, laws: { tooWide, overlapping, headings, faint } },
    { on: 'a telephone by night', width: 390, laws: { faint }, colorScheme: 'dark' },
    { on: 'a tablet', width: 768, laws: { tooWide, overlapping } },
    { on: 'a screen', width: 1280, laws: { tooWide, overlapping } },
    { on: 'paper', width: 700, laws: { tooWide }, media: 'print' },
  ])(
    'can be read on $on, page by page',
    async ({ width, laws, media, colorScheme = 'light' }) => {
      await at(
        'index.html',
        async (page) => {
          await page.emulateMedia({ media: media ?? null });
          const broken: string[] = [];
          for (const name of kinds) {
            await visit(page, name);
            for (const [law, of] of Object.entries(laws))
              broken.push(...(await of(page)).map((what) => `${name}, ${law}: ${what}`));
          }
          expect(broken).toEqual([]);
        },
        { viewport: { width, height: 900 }, colorScheme },
      );
    },
    120_000,
  );

  it('fits a telephone, lesson by lesson', async () => {
    await at(
      'index.html',
      async (page) => {
        for (const id of lessonIds) {
          await visit(page, `lessons/${id}.html`);
          expect(await tooWide(page), id).toEqual([]);
        }
      },
      { viewport: { width: 390, height: 800 } },
    );
  }, 120_000);

  it('is searched by keyboard, and shows where the focus is', async () => {
    await at('index.html', async (page) => {
      await page.waitForFunction(
        `!document.querySelector('#tsd-search-status').textContent.includes('Preparing')`,
      );
      await page.keyboard.press('/');
      await page.keyboard.type('forget gate');
      await page.locator('#tsd-search-results a').first().waitFor({ state: 'attached' });
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/(?!index)[\w.-]+\.html/);
      await page.locator('.col-content').waitFor();
      for (let stop = 0; stop < 12; stop++) {
        await page.keyboard.press('Tab');
        const { outlineStyle, outlineWidth } = await page.evaluate<Record<string, string>>(
          `(({ outlineStyle, outlineWidth }) => ({ outlineStyle, outlineWidth }))(getComputedStyle(document.activeElement))`,
        );
        expect({ stop, outlineStyle }).not.toEqual({ stop, outlineStyle: 'none' });
        expect(parseFloat(outlineWidth!)).toBeGreaterThanOrEqual(1);
      }
    });
  });

  it('is read from the first lesson to the last without scripts, and every page can be reached', async () => {
    await at(
      `lessons/${lessonIds[0]}.html`,
      async (page) => {
        for (const id of lessonIds.slice(1)) {
          await page.locator('a[rel=next]').click();
          expect(page.url()).toContain(`lessons/${id}.html`);
        }
        await page.locator('noscript a', { hasText: 'Notation' }).click();
        expect(page.url()).toContain('notation.html');
        await page.locator('noscript a', { hasText: /^bptt$/ }).click();
        await page
          .locator('.col-content a', { hasText: /^onlineAttention$/ })
          .first()
          .click();
        expect(page.url()).toContain('onlineAttention.html');
      },
      { javaScriptEnabled: false, viewport: { width: 390, height: 800 } },
    );
  });
});
