/**
 * A cache of what a report has read, below `<git dir>/linekeeper/report`: one file for each ref name that was used.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { readStateFile, writeStateFile, type Repository } from '../../git';
import type { Runs } from './runs';
import type { Cohort, CommitFacts, Who } from './types';

/** Must go up when the meaning of the cache changes. */
const VERSION = 2;

export interface KeptHistory {
  readonly since: number;
  readonly tip: string;
  readonly who: readonly Who[];
  readonly commits: readonly CommitFacts[];
  readonly cohorts: readonly Cohort[];
  readonly files: readonly (readonly [string, Runs])[];
}

const fileOf = ({ commonDir }: Repository, ref: string): string =>
  path.join(commonDir, 'linekeeper', 'report', `${createHash('sha256').update(ref).digest('hex').slice(0, 16)}.json`);

/** The cache; undefined when there is none, or this version can't read it. */
export function keptHistory(repository: Repository, ref: string, key: string): KeptHistory | undefined {
  const text = readStateFile(fileOf(repository, ref));
  if (text === '') return undefined;
  try {
    const kept = JSON.parse(text) as Partial<KeptHistory> & { readonly version?: unknown; readonly key?: unknown };
    if (kept.version !== VERSION || kept.key !== key) return undefined;
    const { since, tip, who, commits, cohorts, files } = kept;
    return typeof since === 'number' && typeof tip === 'string' && who && commits && cohorts && files
      ? { since, tip, who, commits, cohorts, files }
      : undefined;
  } catch {
    return undefined; // half written, or not ours
  }
}

/** Nothing depends on it: what can't be written is read again next time. */
export const keepHistory = (repository: Repository, ref: string, key: string, kept: KeptHistory): void =>
  writeStateFile(fileOf(repository, ref), JSON.stringify({ version: VERSION, key, ...kept }));
