/** Approvals in the record that travels: whose signature each has, by the keys that the base branch lists. */
import { SignatureError, verifyText } from '../../base/signatures';
import { parseApproval, RUN_NAMESPACE, type SignedApproval } from './request-and-approval';

/** Whose signature it is; `why`: it is nobody's that is known, as a sentence. */
type Signers = { readonly by: readonly string[] } | { readonly why: string };

/**
 * Checks a signature over the approval of the run with this id. The level of who signed was judged before the command
 * ran, by the policy of that time. `allowedSigners`: the content of the file; null when there is none.
 */
export function signersOf(id: string, signed: SignedApproval, allowedSigners: string | null): Signers {
  const approval = parseApproval(signed.text);
  const at = Date.parse(approval?.approvedAt ?? '');
  if (approval === undefined || Number.isNaN(at)) return { why: 'its text is no approval' };
  if (!/^[0-9a-f]{64}$/.test(approval.run) || !approval.run.startsWith(id)) return { why: 'it is for another run' };
  if (allowedSigners === null) return { why: 'no keys are known here' };
  try {
    const verified = verifyText(signed.text, signed.signature, { allowedSigners, namespace: RUN_NAMESPACE, at });
    if (verified.valid) return { by: verified.principals };
    return { why: `${verified.why.charAt(0).toLowerCase()}${verified.why.slice(1)}`.replace(/\.$/, '') };
  } catch (error) {
    if (error instanceof SignatureError) return { why: error.message };
    throw error;
  }
}
