/** Gives an approval. */
import path from 'node:path';
import type { Repository } from '../../git';
import { slashedHere } from '../../base/platform';
import { signText, signTextSoon } from '../../base/signatures';
import { digestOfRequest, RUN_NAMESPACE, type SignedApproval } from './request-and-approval';

export const MINUTE_MS = 60_000;

interface Approver {
  /** As for {@link signText}. */
  readonly key: string;
  readonly at: number;
  /** Without a terminal: how long somebody has to unlock or touch the key, in milliseconds. */
  readonly patience?: number;
}

/** Signs the approval of a request. Throws a SignatureError. */
export async function approveRequest(text: string, { key, at, patience }: Approver): Promise<SignedApproval> {
  // To the minute: it is kept for others to check.
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const approval = JSON.stringify({
    version: 1,
    run: digestOfRequest(text),
    approvedAt: new Date(minute).toISOString(),
  });
  const signer = { key, namespace: RUN_NAMESPACE };
  const signature =
    patience === undefined ? signText(approval, signer) : await signTextSoon(approval, { ...signer, patience });
  return { text: approval, signature };
}

/** A folder in the form used in requests. */
export const directoryOf = ({ root }: Pick<Repository, 'root'>, cwd: string): string =>
  slashedHere(path.relative(root, cwd)) || '.';
