/** Creates a signed sign-off and stores it on its commit. */
import type { CheckResult } from '..';
import { SIGN_OFFS_REF } from '../../../provenance/commits';
import { isolatedGit, type Repository } from '../../../git';
import { signText, signTextSoon } from '../../../base/signatures';
import { addLine, readLines } from './sign-off-notes';
import {
  lineOf,
  parseLine,
  parseSignOff,
  SIGN_OFF_NAMESPACE,
  signOffText,
  type SignedText,
  type SignOffText,
} from './sign-off-text';
import { allowedSignersAt, verifiedAt } from './verify-sign-offs';

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

export interface ListedSignOff extends SignOffText {
  /**
   * The key's principals in the allowed signers of the signed base, at the time of signing; empty when it was not valid
   * then.
   */
  readonly by: readonly string[];
  /** Why it was not valid then; empty when it was. */
  readonly why: string;
  /** As it was signed, so that others can verify it. */
  readonly signed: SignedText;
}

/**
 * All sign-offs on a commit, each judged by what was valid when it was given: so they can be checked years later.
 * Throws a GitError.
 */
export const signOffsOn = (repository: Repository, commit: string): Promise<readonly ListedSignOff[]> =>
  signOffsOnEach(repository, new Set([commit]));

/** The same for several commits, in the order of these. Throws a GitError. */
export async function signOffsOnEach(
  repository: Repository,
  commits: ReadonlySet<string>,
): Promise<readonly (ListedSignOff & { readonly commit: string })[]> {
  const notes = await readLines(repository, SIGN_OFFS_REF);
  const listed: (ListedSignOff & { readonly commit: string })[] = [];
  for (const commit of commits) {
    for (const line of notes.get(commit) ?? []) {
      const signed = parseLine(line);
      const said = signed && parseSignOff(signed.text);
      if (signed === undefined || said === undefined) continue;
      const there = await isolatedGit(repository, ['cat-file', '-t', said.base], { codes: [0, 1, 128] });
      const signers =
        there.stdout.toString('utf8').trim() === 'commit' ? await allowedSignersAt(repository, said.base) : null;
      const verified =
        signers === null
          ? ({ valid: false, why: 'The base that it names is not here, or has no allowed signers.' } as const)
          : verifiedAt(signed, signers, Date.parse(said.at));
      const why = said.head === commit ? (verified.valid ? '' : verified.why) : 'It is for another commit.';
      listed.push({ ...said, commit, by: verified.valid ? verified.principals : [], why, signed });
    }
  }
  return listed;
}
