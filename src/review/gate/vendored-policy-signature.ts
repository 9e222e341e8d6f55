/** Signatures of vendored policies: over the file's bytes, as `ssh-keygen -Y sign` makes them. */
import { SignatureError, verifyText } from '../../base/signatures';
import type { TreeFile } from '../../policy/load';

/** The purpose of a signature over a policy (ssh-keygen(1), namespaces). */
export const POLICY_NAMESPACE = 'linekeeper-policy';

/** Where the signature of a vendored policy lies. */
export const signatureOf = (file: string): string => `${file}.sig`;

/** Whose signature it is, or why it counts for nothing, as a sentence without its full stop. */
export type SignedBy = { readonly by: readonly string[] } | { readonly why: string };

/** The keys that `policy-signers` list, as one file of allowed signers; or why there are none. */
export function policySignersIn(
  names: readonly string[],
  files: ReadonlyMap<string, TreeFile>,
): { readonly allowedSigners: string } | { readonly why: string } {
  const texts: string[] = [];
  for (const name of names) {
    const found = files.get(name);
    if (found?.kind !== 'file')
      return {
        why: `${name}, which policy-signers names, is ${found === undefined ? 'not' : found.what} on the base`,
      };
    texts.push(found.bytes.toString('utf8'));
  }
  const allowedSigners = texts.join('\n');
  return /^\s*[^#\s]/m.test(allowedSigners)
    ? { allowedSigners }
    : { why: `policy-signers lists no key on the base (${names.join(', ')})` };
}

/** Who signed these bytes. `at`: when the key must have been valid, in milliseconds since the epoch. */
export function policySignedBy(
  bytes: Buffer,
  signature: Buffer,
  allowedSigners: string,
  at: number,
  namespace = POLICY_NAMESPACE,
): SignedBy {
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) return { why: 'the policy is not UTF-8 text' };
  try {
    const verified = verifyText(text, signature.toString('latin1'), {
      allowedSigners,
      namespace,
      at,
    });
    return verified.valid
      ? { by: verified.principals }
      : { why: `${verified.why.charAt(0).toLowerCase()}${verified.why.slice(1).replace(/\.$/, '')}` };
  } catch (error) {
    if (error instanceof SignatureError) return { why: error.message.replace(/\.$/, '') };
    throw error;
  }
}
