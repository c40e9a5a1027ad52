/**
 * Katas outside the package: a folder laid out as ours is, with katas/<topic>/<id>.kata.ts beside the stubs,
 * and solutions/ with the same paths. Definitions are their author's code and run in this process, as ours
 * do; learners' files never do.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { kata as define } from './define.js';
import { compile, MOST_COMPILER_MB } from './host/compiler.js';
import { folderPrefix } from './host/folders.js';
import { spoken } from './host/limits.js';
import { definitionEntries, packageRoot } from './host/places.js';
import { kataById } from './catalogue.js';
import { printable } from './printable.js';
import { describeThrown } from './run-once.js';
import { flawsOf } from './validate.js';
import type { Plugin } from 'esbuild';
import type { Kata } from './define.js';
import type { Definition, DefinitionPlace } from './validate.js';

/** What compiling all definitions may take, and loading one of them, in milliseconds. */
const DEADLINE_MS = 10_000;

export type LoadResult =
  | { readonly kind: 'loaded'; readonly katas: readonly Kata[] }
  /** One sentence an error, naming the file and the field. */
  | { readonly kind: 'refused'; readonly says: readonly string[] };

/** The katas of a folder, topic by topic, in the order of their names. Never rejects. */
export async function loadKatas(folder: string): Promise<LoadResult> {
  const root = path.resolve(folder);
  const places = definitionsIn(root);
  if (typeof places === 'string') return { kind: 'refused', says: [places] };
  const built = fs.mkdtempSync(path.join(os.tmpdir(), folderPrefix(process.pid, 'katas')));
  const remove = (): void => fs.rmSync(built, { recursive: true, force: true });
  process.once('exit', remove); // Ctrl-C, or a definition that ends the process
  try {
    const fault = await bundleInto(built, root, places);
    if (fault !== undefined) return { kind: 'refused', says: [fault] };
    const katas: Kata[] = [];
    const says: string[] = [];
    for (const place of places) {
      const name = nameOf(place);
      const told = (flaw: string): void => void says.push(printable(`${name}: ${flaw}`));
      try {
        const module = (await inTime(
          import(
            /* @vite-ignore */ pathToFileURL(
              path.join(built, `${place.topic}/${place.id}.kata.mjs`),
            ).href
          ),
        )) as { default?: Partial<Definition> };
        const definition = { id: module.default?.id, body: module.default?.body };
        const flaws = flawsOf(definition, place);
        flaws.forEach(told);
        if (flaws.length === 0)
          katas.push({ ...define(place.id, definition.body as never), root, folder });
      } catch (error) {
        told(`${thrownIn(error)}.`);
      }
    }
    for (const [k, { id, topic }] of katas.entries()) {
      // Two of one name would share their history.
      const ours = kataById(id) !== undefined && fs.realpathSync(root) !== packageRoot();
      const twice = katas.slice(0, k).some((one) => one.id === id);
      if (ours || twice)
        says.push(`${nameOf({ topic, id })}: id: ${ours ? 'bptt has' : 'there is'} another ${id}.`);
    }
    return says.length > 0 ? { kind: 'refused', says } : { kind: 'loaded', katas };
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** What a module gives. @throws Error when that takes too long, as it does where it waits for ever. */
async function inTime(loading: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const says = `it took longer than ${spoken(DEADLINE_MS)} to load`;
    timer = setTimeout(() => reject(new Late(says)), DEADLINE_MS);
  });
  return Promise.race([loading, late]).finally(() => clearTimeout(timer));
}

class Late extends Error {}

/** Whatever a definition threw, in words; not with String, which would ask it. */
function thrownIn(error: unknown): string {
  if (error instanceof Late) return error.message;
  const thrown = describeThrown(error);
  if (thrown.kind !== 'threw') return 'it threw NotImplemented';
  return `it threw ${[thrown.name, thrown.message].filter((part) => part !== '').join(': ')}`;
}

const nameOf = ({ topic, id }: DefinitionPlace): string => `katas/${topic}/${id}.kata.ts`;

/** Where the definitions are, or why there are none. */
function definitionsIn(root: string): DefinitionPlace[] | string {
  const folder = path.join(root, 'katas');
  try {
    const places = fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name: topic }) =>
        fs
          .readdirSync(path.join(folder, topic))
          .filter((name) => name.endsWith('.kata.ts'))
          .map((name) => ({ topic, id: name.slice(0, -'.kata.ts'.length) })),
      )
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    return places.length > 0
      ? places
      : `${folder} has no definition: expected katas/<topic>/<id>.kata.ts.`;
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? `There is no folder ${folder}.`
      : `${folder} could not be read, because the system answers ${code}.`;
  }
}

/** Bundles every definition into `built`; the sentence where one does not compile. */
async function bundleInto(
  built: string,
  root: string,
  places: readonly DefinitionPlace[],
): Promise<string | undefined> {
  const compiled = await compile(
    ({ build }) =>
      build({
        entryPoints: places.map((place) => ({
          in: path.join(root, nameOf(place)),
          out: `${place.topic}/${place.id}.kata`,
        })),
        absWorkingDir: root,
        outdir: built,
        outExtension: { '.js': '.mjs' },
        bundle: true,
        splitting: true,
        format: 'esm',
        platform: 'node',
        target: 'es2022',
        tsconfigRaw: {},
        logLevel: 'silent',
        plugins: [ours],
      }),
    DEADLINE_MS,
  );
  switch (compiled.kind) {
    case 'built':
      return undefined;
    case 'late':
      return `Compiling the definitions took longer than ${spoken(DEADLINE_MS)}.`;
    case 'large':
      return `Compiling the definitions needed more than ${MOST_COMPILER_MB} MB.`;
    case 'crashed':
      return printable(`The definitions could not be compiled: ${compiled.message}.`);
    case 'refused': {
      const { location, text } = compiled.errors[0]!;
      return printable(
        location === null
          ? `${text}.`
          : `${location.file}:${location.line}:${location.column + 1}: ${text}.`,
      );
    }
  }
}

/**
 * `bptt` and its entries mean this package, installed there or not. Of `bptt/define`, `kata` only hands on
 * what it was given: the definition is looked at before anything is made of it.
 */
const ours: Plugin = {
  name: 'ours',
  setup(build) {
    const entries = definitionEntries();
    build.onResolve({ filter: /^bptt(\/\w+)?$/ }, ({ path: asked }) => {
      if (asked === 'bptt/define') return { path: asked, namespace: 'ours' };
      const file = entries[asked];
      return file === undefined
        ? { errors: [{ text: `"${asked}" is not for definitions; bptt/define is` }] }
        : { path: file };
    });
    build.onLoad({ filter: /.*/, namespace: 'ours' }, () => ({
      contents: `export * from ${JSON.stringify(entries['bptt/define'])};
        export const kata = (id, body) => ({ id, body });`,
      resolveDir: path.dirname(entries['bptt/define']!),
    }));
  },
};
