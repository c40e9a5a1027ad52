/** The commands by name. Each is loaded, with what it imports, when it is asked for. */
export const table = {
  home: () => import('./home.js'),
  tour: () => import('./tour.js'),
  init: () => import('./init.js'),
  learn: () => import('./learn.js'),
  list: () => import('./list.js'),
  walk: () => import('./walk.js'),
  check: () => import('./check.js'),
  watch: () => import('./watch.js'),
  hint: () => import('./hint.js'),
  solution: () => import('./solution.js'),
  diff: () => import('./diff.js'),
  reset: () => import('./reset.js'),
  undo: () => import('./undo.js'),
  quiz: () => import('./quiz.js'),
  stats: () => import('./stats.js'),
  cards: () => import('./cards.js'),
  'export:cards': () => import('./export-cards.js'),
  'export:history': () => import('./export-history.js'),
  interview: () => import('./interview.js'),
  gradcheck: () => import('./gradcheck.js'),
  flow: () => import('./flow.js'),
  claims: () => import('./claims.js'),
  doctor: () => import('./doctor.js'),
  'dev:check': () => import('./dev-check.js'),
  autocomplete: () => import('./autocomplete.js'),
  'autocomplete:fish': () => import('./autocomplete-fish.js'),
  'bench:memory': () => import('./bench-memory.js'),
  'bench:speed': () => import('./bench-speed.js'),
};

/** As oclif calls them: `bench:memory` is typed as `bench memory`. */
export type CommandName = keyof typeof table;
