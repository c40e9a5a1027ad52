/** The proof of a kata from its files: stub and solution run in the host, as a learner's would. */
import fs from 'node:fs';
import { openHost } from './host/index.js';
import { packageRoot } from './host/places.js';
import { prove } from './proof.js';
import { solutionPath, stubPath } from './places.js';
import type { Kata } from './define.js';
import type { Material, Piece, ProofReport } from './proof.js';

/** Never rejects; leaves no process behind. A file that is missing is a complaint of the claims about it. */
export async function proveFiles(kata: Kata, hasCard: Material['hasCard']): Promise<ProofReport> {
  const workspace = kata.root ?? packageRoot();
  const open = async (file: string): Promise<Piece> => ({
    text: fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '',
    subject: await openHost({ file, functionName: kata.functionName, workspace }),
  });
  const pieces = await Promise.all([open(stubPath(kata)), open(solutionPath(kata))]);
  const [stub, solution] = pieces;
  try {
    return await prove({ kata, stub, solution, hasCard });
  } finally {
    await Promise.all(pieces.map(({ subject }) => subject.close()));
  }
}
