/**
 * Where a kata's stub and solution lie: in a folder of its own, or in the package, which is found by its
 * name, so that source and bundle agree.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Kata } from './define.js';

const packageRoot = path.dirname(createRequire(import.meta.url).resolve('bptt/package.json'));

/** The stub that a workspace starts from. */
export const stubPath = (kata: Kata): string =>
  path.join(kata.root ?? packageRoot, 'katas', kata.topic, `${kata.id}.ts`);

/** What we would be glad to see in an interview. */
export const solutionPath = (kata: Kata): string =>
  path.join(kata.root ?? packageRoot, 'solutions', kata.topic, `${kata.id}.ts`);

/** A topic's page. */
export const topicPath = (topic: string): string =>
  path.join(packageRoot, 'katas', topic, 'README.md');
