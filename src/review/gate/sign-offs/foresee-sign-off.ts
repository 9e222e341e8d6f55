/** What would become of a sign-off, before it is signed: whose key it is at the base, and whether the gate counts it. */
import { readFileSync } from 'node:fs';
import type { Repository } from '../../../git';
import { ALLOWED_SIGNERS_PATHS } from '../../../policy';
import { treeFiles } from '../../../policy/load';
import type { SignedFor } from '..';
import { principalsOf, publicKeyIn } from '../../../base/signatures';
import { SIGN_OFF_NAMESPACE } from './sign-off-text';
import { signedFor } from './verify-sign-offs';

export interface KnownKey {
  /** `ssh-ed25519 AAAA…`; null when only the private key's file is there. */
  readonly publicKey: string | null;
  /** Whose it is by the base's allowed signers; empty when it is not listed. */
  readonly principals: readonly string[];
  /** The base's file of allowed signers; null when it has none. */
  readonly file: string | null;
}

/** `key`: as for `signText`. `now`: milliseconds since the epoch. Throws a GitError. */
export async function keyAtBase(repository: Repository, base: string, key: string, now: number): Promise<KnownKey> {
  const publicKey = publicKeyOf(key);
  const files = await treeFiles(repository, base, ALLOWED_SIGNERS_PATHS);
  const file = ALLOWED_SIGNERS_PATHS.find((name) => files.get(name)?.kind === 'file') ?? null;
  const found = file === null ? undefined : files.get(file);
  const text = found?.kind === 'file' ? found.bytes.toString('utf8') : '';
  return {
    publicKey: publicKey ?? null,
    principals:
      publicKey === undefined ? [] : principalsOf(text, { publicKey, namespace: SIGN_OFF_NAMESPACE, at: now }),
    file,
  };
}

/** A key itself, a public key's file, or a private key's that has its public one beside it. */
function publicKeyOf(key: string): string | undefined {
  const literal = publicKeyIn(key);
  if (literal !== undefined) return literal;
  for (const file of key.endsWith('.pub') ? [key] : [`${key}.pub`, key])
    try {
      const found = publicKeyIn(readFileSync(file, 'utf8'));
      if (found !== undefined) return found;
    } catch {
      // not there, or not readable: the next one
    }
  return undefined;
}

/** The sign-offs that there are, and one by this key for all tiers, as if it had been signed `now`. */
export const foreseenFor =
  (repository: Repository, now: number, key: string): SignedFor =>
  async (range) => {
    const there = await signedFor(repository, now)(range);
    const { principals } = await keyAtBase(repository, range.base, key, now);
    const [by] = principals;
    if (by === undefined) return there;
    const signed = { base: range.base, changes: range.changes, names: principals };
    return {
      ...there,
      approvals: [...there.approvals, { by, email: null, commit: range.head, state: 'approved', at: now, signed }],
    };
  };
