/**
 * Ways on from a page, beside TypeDoc's own menu: at the end of a document the ones before and after it, in the
 * order in which one reads them; and for readers without scripts, who have no menu, links to all there is.
 */
import { JSX } from 'typedoc';
import type { Application, DefaultThemeRenderContext, DocumentReflection } from 'typedoc';

const link = (
  context: DefaultThemeRenderContext,
  to: Parameters<DefaultThemeRenderContext['urlTo']>[0],
  attributes: Readonly<Record<string, string>> = {},
  says = to.name,
): JSX.Element => JSX.createElement('a', { href: context.urlTo(to) ?? '', ...attributes }, says);

/** Adds them to an application that is about to render; `documents` are its documents in reading order. */
export function addWays({ renderer }: Application, documents: readonly DocumentReflection[]): void {
  renderer.hooks.on('content.end', (context) => {
    const at = documents.findIndex((document) => document === context.page.model);
    if (at < 0) return JSX.createElement(JSX.Fragment, null);
    const [before, after] = [documents[at - 1], documents[at + 1]];
    return JSX.createElement(
      'nav',
      { class: 'on', 'aria-label': 'Before and after' },
      before && link(context, before, { rel: 'prev' }, `← ${before.name}`),
      after && link(context, after, { rel: 'next' }, `${after.name} →`),
    );
  });
  renderer.hooks.on('sidebar.begin', (context) =>
    JSX.createElement(
      'noscript',
      null,
      JSX.createElement(
        'ul',
        null,
        [...documents, ...(context.page.project.children ?? [])].map((each) =>
          JSX.createElement('li', null, link(context, each)),
        ),
      ),
    ),
  );
}
