/** The fault matrix, under the headings of docs/assurance.md. */
import type { Group, Row } from '../row.js';
import { answers, patched } from './answers.js';
import { compiling } from './compiler.js';
import { endless, ends, memory } from './endings.js';
import { unwritable } from './disks.js';
import { damaged } from './logs.js';
import { ownFiles } from './own-files.js';
import { alone, looks, pipes, signals } from './terminals.js';
import { typed } from './typed.js';
import { workspaces } from './workspaces.js';
import { writers } from './writers.js';
import { fileRows, imports } from './imports.js';
import { output, reach } from './powers.js';

export const groups: readonly Group[] = [
  { title: 'Code without end', rows: endless },
  { title: 'Other ends than an answer', rows: ends },
  { title: 'Memory', rows: memory },
  { title: 'Answers', rows: answers },
  { title: 'Changed globals', rows: patched },
  { title: 'Imports', rows: imports },
  { title: 'Files that are none', rows: fileRows },
  { title: 'The compiler', rows: compiling },
  { title: 'Output', rows: output },
  { title: 'Powers of a process', rows: reach },
  { title: 'A damaged log', rows: damaged },
  { title: 'A log that cannot be written', rows: unwritable },
  { title: 'Several writers, kills and repairs', rows: writers },
  { title: 'The workspace', rows: workspaces },
  { title: 'Files of the learner’s own', rows: ownFiles },
  { title: 'Pipes and streams', rows: pipes },
  { title: 'Nobody there', rows: alone },
  { title: 'Colours and columns', rows: looks },
  { title: 'Signals', rows: signals },
  { title: 'What is typed', rows: typed },
];

/** All rows in order. */
export const rows: readonly Row[] = groups.flatMap((group) => group.rows);
