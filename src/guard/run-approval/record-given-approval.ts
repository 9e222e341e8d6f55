/** What is kept of an approval that a person gave, for everybody who answers for it later. */
import type { Repository } from '../../git';
import { keptOfRuns, loadPolicy } from '../../policy/load';
import { keepRun } from '../../provenance/commits';
import { oneLine, timeOf } from '../../provenance/journal/permitted-and-refused-runs';
import { parseApproval, type SignedApproval } from './request-and-approval';

/** Keeps an approval with its signature. `by`: the principals of the signature. Throws a GitError. */
export async function keepApproved(
  repository: Repository,
  id: string,
  {
    signed,
    by,
    head,
  }: { readonly signed: SignedApproval; readonly by: readonly string[]; readonly head: string | null },
  at: number,
): Promise<void> {
  const approvedAt = Date.parse(parseApproval(signed.text)?.approvedAt ?? '');
  const detail = keptOfRuns((await loadPolicy(repository)).policy);
  if (Number.isNaN(approvedAt) || detail === undefined) return;
  keepRun(
    repository,
    { id, at: timeOf(approvedAt, detail), event: 'approved', by: by.slice(0, 8).map((name) => oneLine(name)), signed },
    at,
    head,
  );
}
