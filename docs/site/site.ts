/**
 * The docs site: TypeDoc over the library's entries, with the Markdown of docs/ beside them and the README in
 * front. What stands in fenced blocks is fences.ts's business. A warning is a fault: whatever TypeDoc finds
 * wrong, an export or a member without a docstring or a dead link, is the author's to mend.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import {
  Application,
  Converter,
  KindRouter,
  Logger,
  LogLevel,
  PageEvent,
  TSConfigReader,
} from 'typedoc';
import { lessonIds } from '../../src/lessons/index.js';
import { seriesColours } from '../../src/ui/web/style.js';
import { fences } from './fences.js';
import { addWays } from './ways.js';
import type { DocumentReflection, RouterTarget } from 'typedoc';

// Found by name, because this file is bundled into another folder.
const packageRoot = path.dirname(createRequire(import.meta.url).resolve('bptt/package.json'));

export interface Site {
  readonly root: string;
  readonly tsconfig: string;
  /** The file of each entry by the name that one imports it by. */
  readonly entries: Readonly<Record<string, string>>;
  /** Markdown by group, in the order in which one reads it. */
  readonly documents: Readonly<Record<string, readonly string[]>>;
  readonly readme: string;
  /** The folder that is written; what was in it is gone. */
  readonly out: string;
}

/** In the order in which a learner meets them; a document that is not named here comes after them. */
const guides = [
  ...['notation', 'gradcheck', 'memory', 'claims', 'benchmarks'],
  ...['own-cards', 'writing-a-kata'],
];
/** For those who work on it. */
const inside = ['architecture', 'assurance', 'host-protocol'];

/** This repository's site: its entries are those of package.json, its lessons those of the catalogue. */
export function ourSite(root: string): Omit<Site, 'out'> {
  const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | Record<string, string>>;
  };
  const others = readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.replace('.md', ''))
    .filter((name) => ![...guides, ...inside].includes(name));
  const inDocs = (names: readonly string[]): string[] => names.map((name) => `docs/${name}.md`);
  return {
    root,
    tsconfig: path.join(root, 'tsconfig.build.json'),
    entries: Object.fromEntries(
      Object.entries(exports).flatMap(([name, target]) =>
        typeof target === 'object' ? [[`bptt${name.slice(1)}`, target['bptt-source']!]] : [],
      ),
    ),
    documents: {
      Lessons: lessonIds.map((id) => `docs/lessons/${id}.md`),
      Guides: inDocs([...guides, ...others]),
      Project: [...inDocs(inside), 'CONTRIBUTING.md', 'CHANGELOG.md'],
    },
    readme: path.join(root, 'README.md'),
  };
}

/** Where a document's page lies: as its file below docs/. */
const pages = new WeakMap<object, string>();

class Router extends KindRouter {
  override getIdealBaseName(target: Parameters<KindRouter['getIdealBaseName']>[0]): string {
    return pages.get(target satisfies RouterTarget) ?? super.getIdealBaseName(target);
  }
}

/** A member of a type without a name: the comment over what has that type may speak for it. */
const nameless = /\.__type\.\S+ \(Property\), .* does not have any documentation/;

/** Keeps what TypeDoc finds wrong, instead of writing it. */
class Faults extends Logger {
  readonly all: string[] = [];
  override log(message: string, level: LogLevel): void {
    if (level !== LogLevel.Error && level !== LogLevel.Warn) return;
    const fault = stripVTControlCharacters(message).trim();
    if (!nameless.test(fault)) this.all.push(fault);
  }
}

/** Builds a site. @returns what is wrong with it, if anything: one text each. */
export async function buildSite(site: Site): Promise<readonly string[]> {
  const { root, documents, out } = site;
  const faults = new Faults();
  const scratch = await mkdtemp(path.join(tmpdir(), 'bptt-site-'));
  try {
    const report = (fault: string): number => faults.all.push(fault);
    const app = await Application.bootstrap(options(site, styles(scratch), report), [
      new TSConfigReader(),
    ]);
    app.logger = faults;
    app.renderer.defineRouter('bptt', Router);
    app.renderer.on(PageEvent.END, (page: PageEvent) => {
      page.contents = outlined(page.contents ?? '')
        // Icons from the page itself, where icons.js puts them: a browser takes none from another file of a folder.
        .replaceAll(/href="[^"#]*icons\.svg#/g, 'href="#');
    });
    const order = Object.values(documents).flat();
    const read = new Map<string, DocumentReflection>();
    app.converter.on(
      Converter.EVENT_CREATE_DOCUMENT,
      (_: unknown, document: DocumentReflection) => {
        const file = path.relative(root, document.project.files.getReflectionPath(document) ?? '');
        pages.set(document, file.replace(/^docs\//, '').replace(/\.md$/, ''));
        document.frontmatter.group = Object.keys(documents).find((group) =>
          documents[group]!.includes(file),
        );
        document.name = titleOf(document);
        read.set(file, document);
      },
    );
    const names = new Map(
      Object.entries(site.entries).map(([name, file]) => [path.resolve(root, file), name]),
    );
    const project = app.converter.convert(
      (app.getEntryPoints() ?? []).map((entry) => ({
        ...entry,
        displayName: names.get(path.resolve(entry.sourceFile.fileName)) ?? entry.displayName,
      })),
    );
    // The front page's heading is the project's name, which stands there anyway.
    const [opening] = project.readme ?? [];
    if (opening) opening.text = opening.text.replace(/^\s*# .+\n/, '');
    app.validate(project);
    addWays(
      app,
      order.flatMap((file) => read.get(file) ?? []),
    );
    await app.generateDocs(project, out);
    return faults.all;
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function options(site: Site, customCss: string, report: (fault: string) => void) {
  const { root, tsconfig, entries, documents, readme } = site;
  const at = (file: string): string => path.resolve(root, file);
  return {
    ...{ name: 'bptt', tsconfig, readme, customCss, router: 'bptt', basePath: root },
    entryPoints: Object.values(entries).map(at),
    projectDocuments: Object.values(documents).flat().map(at),
    markdownItLoader: fences(report),
    ...{ skipErrorChecking: true }, // `npm run typecheck` does that
    ...{
      excludeExternals: true,
      disableGit: true,
      disableSources: true,
      githubPages: false,
      hideGenerator: true,
    },
    ...{
      searchInComments: true,
      searchInDocuments: true,
      visibilityFilters: {},
      includeHierarchySummary: false,
    },
    // Whoever looks for words wants the page that explains them before the name that contains them.
    searchGroupBoosts: Object.fromEntries(Object.keys(documents).map((group) => [group, 3])),
    ...{ sort: ['alphabetical-ignoring-documents' as const], sortEntryPoints: false },
    groupOrder: [...Object.keys(documents), 'Modules', '*'],
    navigation: { includeGroups: true, compactFolders: false, excludeReferences: true },
    highlightLanguages: ['ts', 'sh', 'json', 'yaml'],
    validation: { notExported: true, invalidLink: true, notDocumented: true },
    requiredToBeDocumented: [
      ...(['Function', 'Class', 'Interface', 'TypeAlias', 'Variable', 'Enum'] as const),
      ...(['Constructor', 'Property', 'Method', 'Accessor', 'EnumMember'] as const),
    ],
  };
}

/** A page whose headings say how deep they lie, so that no level is left out; TypeDoc chooses them by their size. */
export function outlined(html: string): string {
  const open: number[] = [];
  return html.replaceAll(/<h([1-6])(?=[ >])/g, (tag, digit: string) => {
    const size = Number(digit);
    while (open.length > 0 && open.at(-1)! >= size) open.pop();
    open.push(size);
    return open.length === size ? tag : `${tag} aria-level="${open.length}"`;
  });
}

/** The text of a document's first heading. */
function titleOf({ content: [first], name }: DocumentReflection): string {
  return /^# (.+)$/m.exec(first?.kind === 'text' ? first.text : '')?.[1] ?? name;
}

/** style.css and the colours of the charts, by the theme that the reader chose or the system has. */
function styles(folder: string): string {
  const { light, dark } = seriesColours;
  const file = path.join(folder, 'custom.css');
  const sheet = readFileSync(path.join(packageRoot, 'docs/site/style.css'), 'utf8');
  writeFileSync(
    file,
    `:root { ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
:root[data-theme='light'] { ${light} }
:root[data-theme='dark'] { ${dark} }
${sheet}`,
  );
  return file;
}
