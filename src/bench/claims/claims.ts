/** `bptt claims`: what is said about these networks, each with the measurement that runs now. */
import * as ourEngine from '../../engine/index.js';
import { attendTo } from '../../check/textbook/attention.js';
import { textbookSteps } from '../../check/textbook/cells.js';
import { countBytes } from '../memory/run.js';
import { verdictOf } from './claim.js';
import { attentionMemory, lstmMemory } from './memory.js';
import { gruParameters } from './parameters.js';
import { canBeRead, gatesFixed } from './reading.js';
import { sequentialSteps } from './sequential.js';
import { bidirectionalWhole, clippingBounds, truncatedCredit } from './sequences.js';
import { forgetProduct, gradientBound, lstmSurvives } from './vanishing.js';
import type { Claim, Ground } from './claim.js';
import type { ClaimReport, ClaimsReport } from './report.js';

/** Every claim, in the order in which reports show them. */
export const claims: readonly Claim[] = [
  gradientBound,
  lstmSurvives,
  forgetProduct,
  gruParameters,
  sequentialSteps,
  lstmMemory,
  attentionMemory,
  bidirectionalWhole,
  truncatedCredit,
  clippingBounds,
  canBeRead,
  gatesFixed,
];

export const claimIds: readonly string[] = claims.map(({ id }) => id);

/** One claim, measured. */
export function measureClaim(claim: Claim, ground: Ground): ClaimReport {
  const { id, says, documented } = claim;
  const finding = claim.measure(ground);
  return {
    ...{ id, says, documented, verdict: verdictOf(finding) },
    measured: finding.measured.map(({ what, value }) => ({
      what,
      value: Number.isFinite(value) ? value : null,
    })),
    say: finding.say,
  };
}

export interface ClaimsRequest extends Partial<Ground> {
  readonly seed: number;
  /** Those to measure; all unless given. */
  readonly ids?: readonly string[];
  /** Called before each. */
  readonly onProgress?: (id: string, done: number, of: number) => void;
}

export function measureClaims({
  ids = claimIds,
  onProgress,
  ...given
}: ClaimsRequest): ClaimsReport {
  const textbook = { lstm: textbookSteps.lstm, attend: attendTo };
  const ground: Ground = { engine: ourEngine, countBytes, textbook, ...given };
  const asked = claims.filter(({ id }) => ids.includes(id));
  const reports = asked.map((claim, k) => {
    onProgress?.(claim.id, k, asked.length);
    return measureClaim(claim, ground);
  });
  return {
    version: 1,
    seed: ground.seed,
    claims: reports,
    agrees: reports.every(({ verdict, documented }) => verdict === documented),
  };
}
