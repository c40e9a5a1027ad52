import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';
import { rooms } from './rooms.js';

/** Every room may import itself and the rooms the plan names, and nothing else of src/. */
const zones = Object.entries(rooms).map(([room, { rooms: allowed }]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [room, ...allowed].map((name) => `./${name}`),
  message: `The floor plan (rooms.js) lets ${room} import ${allowed.join(', ') || 'no other room'}.`,
}));

/** Packages that have one home: named here once with the rooms that may use them. */
const homes = [...new Set(Object.values(rooms).flatMap(({ packages }) => packages))].map(
  (name) => ({
    name,
    rooms: Object.entries(rooms)
      .filter(([, { packages }]) => packages.includes(name))
      .map(([room]) => room),
  }),
);

const packageRules = Object.keys(rooms).map((room) => ({
  files: [`src/${room}/**/*.{ts,tsx}`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...homes
            .filter((home) => !home.rooms.includes(room))
            .map((home) => ({
              regex: `^${home.name}`,
              message: `${home.name} lives in ${home.rooms.join(', ')} (rooms.js).`,
            })),
          ...(room === 'ui'
            ? [
                {
                  regex: '^\\.\\./',
                  allowTypeImports: true,
                  message: 'ui imports report types only.',
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist', '.tsc', 'coverage', 'node_modules', 'test/**/fixtures'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: 'tsconfig.json' }),
        createNodeResolver(),
      ],
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off', // an index that was just checked may say so
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-indexed-object-style': 'off', // { [K in CellKind]: Cell } reads better
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'import-x/no-cycle': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'An index is an explicit table of contents.' },
      ],
    },
  },
  {
    // Randomness and time are arguments; only commands/ may read the world and hand it down.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/commands/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take an rng from a seed as an argument.' },
        { object: 'Date', property: 'now', message: 'Take the time as an argument.' },
        {
          object: 'process',
          property: 'exit',
          message: 'Only commands decide how the process ends.',
        },
      ],
      'no-console': 'error',
    },
  },
  {
    // A stub declares what it is given before anybody uses it.
    files: ['katas/**/*.ts'],
    ignores: ['**/*.kata.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' },
  },
  ...packageRules,
);
