import tseslint from 'typescript-eslint';
import { rooms } from './rooms.js';

/** Packages that have one home: named once, with the rooms that may use them. */
const homes = [...new Set(Object.values(rooms).flatMap(({ packages }) => packages))].map(
  (name) => ({
    name,
    rooms: Object.keys(rooms).filter((room) => rooms[room].packages.includes(name)),
  }),
);

/** The floor plan (rooms.js) as lint rules: what each room may not import. */
const floorPlan = Object.entries(rooms).map(([room, { rooms: allowed, typesOnly }]) => {
  const closed = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
  return {
    files: [`src/${room}/**/*.{ts,tsx}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(${closed.join('|')})/`,
              message: `The floor plan lets ${room} import ${allowed.join(', ') || 'no other room'}.`,
            },
            ...homes
              .filter((home) => !home.rooms.includes(room))
              .map((home) => ({
                regex: `^${home.name}`,
                message: `${home.name} lives in ${home.rooms.join(', ')} (rooms.js).`,
              })),
            ...(typesOnly
              ? [
                  {
                    regex: `^(\\.\\./)+(${allowed.join('|')})/`,
                    allowTypeImports: true,
                    message: `${room} imports types only.`,
                  },
                ]
              : []),
          ],
        },
      ],
    },
  };
});

export default tseslint.config(
  {
    ignores: [
      'dist',
      'site',
      'dist.*',
      'assembly',
      '.tsc',
      'coverage',
      'node_modules',
      'test/**/fixtures',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
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
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'An index is an explicit table of contents.',
        },
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
  ...floorPlan,
);
