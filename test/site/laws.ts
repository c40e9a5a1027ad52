/**
 * What must hold of a page of the docs site however wide it is, by day, by night and on paper, as a browser sees
 * it: each law returns what breaks it, one text each. Expressions are text, because the types of a browser's DOM
 * are not those of this program.
 */
import type { Page } from 'playwright-core';

/** What every expression below has at hand: all visible elements, and what one of them is called in a report. */
const prelude = `
  const name = (e) => e.localName + (e.classList.length ? '.' + [...e.classList].join('.') : '') +
    ' «' + e.textContent.trim().slice(0, 40) + '»';
  const visible = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    e.getClientRects().length > 0;
  const all = [...document.body.querySelectorAll('*:not(math *)')].filter(visible);
`;
const broken = (page: Page, expression: string): Promise<string[]> =>
  page.evaluate(`(() => { ${prelude} ${expression} })()`);

/** The page is as wide as its window, and nothing in it scrolls sideways or is cut off but code. */
export const tooWide = (page: Page): Promise<string[]> =>
  broken(
    page,
    `const found = all.filter((e) => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 && !e.closest('pre, svg') &&
      getComputedStyle(e).overflowX !== 'visible').map(name);
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? ['the page: ' + scrollWidth + ' of ' + clientWidth, ...found] : found;`,
  );

/** No line of text lies on another one's, mathematics aside, whose parts touch by design. */
export const overlapping = (page: Page): Promise<string[]> =>
  broken(
    page,
    `const lines = [];
    const walker = document.createTreeWalker(document.querySelector('.col-content'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (node.data.trim() === '' || parent.closest('math, svg') || !visible(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects())
        if (right - left > 1) lines.push({ node, parent, left, right, top: top + (bottom - top) / 3, bottom: bottom - (bottom - top) / 3 });
    }
    lines.sort((a, b) => a.top - b.top);
    return lines.flatMap((a, k) => {
      const found = [];
      for (let j = k + 1; j < lines.length && lines[j].top < a.bottom; j++) {
        const b = lines[j];
        if (a.node !== b.node && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2)
          found.push(name(a.parent) + ' and ' + name(b.parent));
      }
      return found;
    });`,
  );

/** One h1, and no level left out on the way down. */
export const headings = (page: Page): Promise<string[]> =>
  broken(
    page,
    `const found = all.filter((e) => /^h[1-6]$/.test(e.localName) && e.closest('.col-content'));
    const levels = found.map((e) => Number(e.ariaLevel ?? e.localName[1]));
    const ones = levels.filter((level) => level === 1).length;
    return [...(ones === 1 ? [] : [ones + ' headings of level 1']),
      ...found.filter((_, k) => levels[k] > (levels[k - 1] ?? 0) + 1).map((e) => name(e) + ' after a level ' + levels[found.indexOf(e) - 1])];`,
  );

/** Text has the contrast that WCAG 2.1 AA asks for: 4.5, and 3 where it is large. */
export const faint = (page: Page): Promise<string[]> =>
  broken(
    page,
    `const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const seen = new Map();
    const cached = (colour) => seen.get(colour) ?? (seen.set(colour, rgba(colour)), seen.get(colour));
    const over = ([r, g, b, a], under) => [r, g, b].map((c, k) => c * a + under[k] * (1 - a));
    const once = (of) => {
      const known = new Map();
      return (e) => known.get(e) ?? (known.set(e, of(e)), known.get(e));
    };
    const paper = once((e) => {
      if (!e) return [255, 255, 255];
      const colour = cached(getComputedStyle(e).backgroundColor);
      return colour[3] === 1 ? colour.slice(0, 3) : over(colour, paper(e.parentElement));
    });
    const shown = once((e) => (e ? Number(getComputedStyle(e).opacity) * shown(e.parentElement) : 1));
    const luminance = (colour) => colour.map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
    return all.flatMap((e) => {
      if (e.localName !== 'math' && ![...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) return [];
      const style = getComputedStyle(e);
      const drawn = e.closest('svg') !== null;
      const under = paper(drawn ? e.closest('svg') : e);
      const [r, g, b, a] = cached(drawn ? style.fill : style.color);
      const ink = over([r, g, b, a * shown(e)], under);
      const [high, low] = [luminance(ink), luminance(under)].sort((a, b) => b - a);
      const contrast = (high + 0.05) / (low + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      return contrast < (large ? 3 : 4.5) ? [name(e) + ' ' + contrast.toFixed(2)] : [];
    });`,
  );
