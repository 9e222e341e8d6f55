/** Where HEAD is. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Places, Repository } from './repository';

/** The commit that HEAD names, read without git where its branch is a loose ref. */
export function headOf({ gitDir, commonDir }: Pick<Places, 'gitDir' | 'commonDir'>): string | undefined {
  try {
    const head = readFileSync(path.join(gitDir, 'HEAD'), 'utf8').trim();
    if (/^[0-9a-f]{40,64}$/.test(head)) return head;
    const ref = /^ref: (refs\/[^\n]+)$/.exec(head)?.[1];
    const id = ref === undefined || ref.includes('..') ? '' : readFileSync(path.join(commonDir, ...ref.split('/')), 'utf8').trim();
    return /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
  } catch {
    return undefined; // packed refs, or none yet
  }
}

/** The commit that HEAD names; null before the first one. */
export const headNow = async (repository: Repository): Promise<string | null> => headOf(repository) ?? (await repository.commitId('HEAD')) ?? null;
