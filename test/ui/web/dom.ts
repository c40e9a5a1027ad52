/** HTML read without a browser: the little of the DOM that tests ask for, as Node has no types for it. */
import { parseHTML } from 'linkedom';

export interface Element {
  readonly textContent: string;
  getAttribute(name: string): string | null;
}

export interface Document {
  readonly documentElement: Element;
  readonly title: string;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

export const read = (html: string): Document =>
  (parseHTML(html) as unknown as { readonly document: Document }).document;
