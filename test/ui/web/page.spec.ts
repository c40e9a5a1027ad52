/** What every page owes its reader, told from its text. What a browser makes of it: browser.spec.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './dom.js';
import { webPage } from '../../../src/ui/web/page.js';
import type { Block, WebPage } from '../../../src/ui/web/page.js';

const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;<!--';
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(hostile));
const number = fc.double({ noNaN: true, noDefaultInfinity: true });

const block: fc.Arbitrary<Block> = fc.oneof(
  text.map((one): Block => ({ kind: 'text', text: one })),
  text.map((one): Block => ({ kind: 'code', text: one })),
  fc.array(text, { maxLength: 3 }).map((items): Block => ({ kind: 'list', items })),
  fc
    .tuple(text, text, fc.array(fc.tuple(text, number), { maxLength: 3 }))
    .map(([caption, head, rows]): Block => ({
      kind: 'table',
      caption,
      columns: [{ head }, { head, align: 'right' }],
      rows: rows.map(([one, value]) => [one, { value, text: one, from: '/a/0', shade: value }]),
    })),
);
const pages: fc.Arbitrary<WebPage> = fc.record({
  title: text,
  lead: text,
  command: text,
  sections: fc.array(fc.record({ title: text, blocks: fc.array(block, { maxLength: 3 }) }), {
    maxLength: 2,
  }),
  report: fc.jsonValue(),
});

describe('a page', () => {
  it('holds the report it shows, whatever is in it', () => {
    fc.assert(
      fc.property(pages, (page) => {
        const scripts = [...read(webPage(page)).querySelectorAll('script')];
        expect(scripts).toHaveLength(1);
        expect(scripts[0]!.getAttribute('type')).toBe('application/json');
        expect(JSON.parse(scripts[0]!.textContent)).toEqual(
          JSON.parse(JSON.stringify(page.report)),
        );
      }),
    );
  });

  it('shows text as it is: nothing of it becomes an element, an attribute or a request', () => {
    const page: WebPage = {
      ...{ title: hostile, lead: hostile, command: hostile, report: { hostile } },
      sections: [
        {
          title: hostile,
          blocks: [
            { kind: 'text', text: hostile },
            { kind: 'code', text: hostile },
            { kind: 'list', items: [hostile] },
            {
              kind: 'table',
              caption: hostile,
              columns: [{ head: hostile }],
              rows: [[hostile], [{ value: 1, text: hostile, from: hostile }]],
            },
            {
              kind: 'chart',
              caption: hostile,
              spec: {
                title: hostile,
                x: { label: hostile, scale: 'log', format: String },
                y: { label: hostile, scale: 'linear', format: () => hostile },
                series: [{ mark: 'a', name: hostile, points: [[1, 1], [2, 2]] }], // prettier-ignore
              },
            },
          ],
        },
      ],
    };
    const document = read(webPage(page));
    for (const forbidden of [
      'img',
      'iframe',
      'object',
      'link:not([rel=icon])',
      'script:not([id=report])',
    ])
      expect([...document.querySelectorAll(forbidden)], forbidden).toEqual([]);
    expect(webPage(page)).not.toMatch(/(?:src|href|action)\s*=\s*"(?!data:,")/i);
    const shown = [
      'h1',
      '.lead',
      'h2',
      'section p',
      'pre code',
      'section li',
      'caption',
      'th',
      'td',
      'figcaption',
    ];
    for (const place of shown)
      expect(document.querySelector(place)!.textContent, place).toBe(hostile);
    expect(document.querySelector('data')!.getAttribute('data-from')).toBe(hostile);
  });

  it('says what it is in its head', () => {
    const document = read(
      webPage({ title: 'A & B', lead: '', command: '', sections: [], report: null }),
    );
    expect(document.documentElement.getAttribute('lang')).toBe('en');
    expect(document.title).toBe('A & B');
    const policy = document.querySelector('meta[http-equiv]')!.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
  });
});
