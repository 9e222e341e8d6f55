/** Gives an approval. */
import path from 'node:path';
import type { Repository } from '../../git';
import { slashedHere } from '../../base/platform';
import { signText } from '../../base/signatures';
import { digestOfRequest, RUN_NAMESPACE, type SignedApproval } from './request';

export const MINUTE_MS = 60_000;

/** Signs the approval of a request. `key` as for {@link signText}. Throws a SignatureError. */
export function approveRequest(text: string, key: string, now: number): SignedApproval {
  // To the minute: it is kept for others to check.
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const approval = JSON.stringify({
    version: 1,
    run: digestOfRequest(text),
    approvedAt: new Date(minute).toISOString(),
  });
  return { text: approval, signature: signText(approval, { key, namespace: RUN_NAMESPACE }) };
}

/** A folder in the form used in requests. */
export const directoryOf = ({ root }: Pick<Repository, 'root'>, cwd: string): string =>
  slashedHere(path.relative(root, cwd)) || '.';
