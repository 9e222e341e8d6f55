/** Creates a signed sign-off and stores it on its commit. */
import { signText, signTextSoon } from '../../../base/signatures';
import type { Repository } from '../../../git';
import { SIGN_OFFS_REF } from '../../../provenance/commits';
import type { CheckResult } from '..';
import { addLine } from './sign-off-and-debt-notes';
import { lineOf, SIGN_OFF_NAMESPACE, type SignedText, signOffText } from './sign-off-text';

interface ToSign {
  readonly result: Pick<CheckResult, 'base' | 'head' | 'onto' | 'policy' | 'changes'>;
  readonly tiers: readonly string[];
  /** As for `signText`. */
  readonly key: string;
  readonly now: number;
  /**
   * Without a terminal: how many milliseconds somebody has to unlock or touch the key. Default: ssh-keygen prompts at
   * the terminal.
   */
  readonly patience?: number;
}

/** Signs for tiers of a change as the gate sees it. Throws a SignatureError or a GitError. */
export async function signOff(
  repository: Repository,
  { result, tiers, key, now, patience }: ToSign,
): Promise<SignedText> {
  const changes = Object.fromEntries(
    tiers.flatMap((tier) => (result.changes[tier] === undefined ? [] : [[tier, result.changes[tier]] as const])),
  );
  const text = signOffText({
    base: result.base,
    head: result.head,
    onto: result.onto,
    tiers: changes,
    policy: result.policy.digest,
    ...(result.policy.meaning === undefined ? {} : { meaning: result.policy.meaning }),
    at: now,
  });
  const signer = { key, namespace: SIGN_OFF_NAMESPACE };
  const signed = {
    text,
    signature: patience === undefined ? signText(text, signer) : await signTextSoon(text, { ...signer, patience }),
  };
  await addLine(repository, SIGN_OFFS_REF, result.head, lineOf(signed), now);
  return signed;
}
