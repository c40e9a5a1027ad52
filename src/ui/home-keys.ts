/**
 * What a key means at home: a pure function to an intent. The footers are made here too, so that what is
 * shown is what works.
 */
import type { Key } from 'ink';
import type { HomeReport } from '../walk/home.js';

/** The folder that bptt offers to make, or, where there is one already, to go on in. */
export interface Offer {
  readonly folder: string;
  /** What would be written, relative to the folder; empty where it is a workspace already. */
  readonly files: readonly string[];
}

/** What stands on the screen. */
export type HomePlace =
  | { readonly kind: 'home'; readonly says?: string }
  | { readonly kind: 'offer'; readonly offer: Offer }
  /** A command has ended, and its output is to be read. */
  | { readonly kind: 'after'; readonly command: string; readonly status: number };

export type HomeIntent =
  /** Arguments of bptt. */
  | { readonly run: readonly string[] }
  | 'offer'
  | 'accept'
  | 'home'
  | 'leave'
  | 'interrupt'
  | 'none';

type Standing = Pick<HomeReport, 'workspace' | 'next' | 'walk' | 'paused'>;

interface HomeKey {
  readonly name: string;
  readonly run: (standing: Standing) => readonly string[];
  /** Whether there is anything behind it. Default: yes. */
  readonly when?: (standing: Standing) => boolean;
}

const keys: Readonly<Record<string, HomeKey>> = {
  k: { name: 'katas', run: () => ['list'] },
  n: { name: 'next kata', run: () => ['watch'], when: ({ workspace }) => workspace !== null },
  w: { name: 'walk', run: ({ walk }) => ['walk', ...(walk ? [walk.walk] : [])] },
  q: { name: 'quiz', run: () => ['quiz'] },
  i: { name: 'interview', run: () => ['interview'] },
  r: {
    name: 'resume',
    run: () => ['interview', '--resume'],
    when: ({ paused }) => paused !== null,
  },
  m: { name: 'memory', run: () => ['walk', 'memory'] },
  l: { name: 'learn', run: () => ['learn'] },
  s: { name: 'stats', run: () => ['stats'] },
  '?': { name: 'help', run: () => ['--help'] },
};

const keysFor = (standing: Standing): [string, HomeKey][] =>
  Object.entries(keys).filter(([, { when }]) => when?.(standing) ?? true);

export function homeIntent(
  input: string,
  key: Partial<Key>,
  place: HomePlace,
  standing: Standing,
): HomeIntent {
  if (key.ctrl) return input === 'c' || input === 'd' ? 'interrupt' : 'none';
  if (key.escape) return 'leave';
  // Pressed in the moment before the terminal gives single keys again, enter arrives as a line feed.
  const enter = key.return === true || input === '\n';
  if (place.kind === 'offer') return enter ? 'accept' : input === 'n' ? 'home' : 'none';
  if (place.kind === 'after') return enter || input === ' ' ? 'home' : 'none';
  if (enter)
    return standing.workspace === null
      ? 'offer'
      : { run: standing.next.command.split(' ').slice(1) };
  const [, chosen] = keysFor(standing).find(([name]) => name === input) ?? [];
  return chosen ? { run: chosen.run(standing) } : 'none';
}

/** What can be pressed now, key by key. */
export function homeFooter(place: HomePlace, standing: Standing): string[] {
  if (place.kind === 'offer')
    return [
      place.offer.files.length === 0 ? 'enter go on there' : 'enter make it',
      'n not now',
      'esc leave',
    ];
  if (place.kind === 'after') return ['enter home', 'esc leave'];
  return [
    'enter start',
    ...keysFor(standing).map(([key, { name }]) => `${key} ${name}`),
    'esc leave',
  ];
}
