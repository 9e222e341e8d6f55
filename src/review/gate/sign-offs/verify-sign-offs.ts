/** Signed sign-offs for the gate: which exist for a range, and whether their signatures are valid. */
import { SIGN_OFFS_REF } from '../../../provenance/commits';
import { isolatedGit, type Repository } from '../../../git';
import type { GivenApproval, RangeToSign, SignedApprovals, SignedFor } from '..';
import { ALLOWED_SIGNERS_PATHS, quoted } from '../../../policy';
import { treeFiles } from '../../../policy/load';
import { SignatureError, verifyText } from '../../../base/signatures';
import { readLines } from './sign-off-and-debt-notes';
import { parseLine, parseSignOff, SIGN_OFF_NAMESPACE, type SignedText, type SignOffText } from './sign-off-text';

/** Clocks of two machines may differ by this much (milliseconds). */
export const SKEW_MS = 10 * 60_000;
/** More in one range are suspicious, and verifying costs two processes each. */
const VERIFIED_AT_MOST = 100;

/** The allowed-signers file of a commit; null when there is none. Throws a GitError. */
export async function allowedSignersAt(repository: Repository, commit: string): Promise<string | null> {
  const files = await treeFiles(repository, commit, ALLOWED_SIGNERS_PATHS);
  const file = ALLOWED_SIGNERS_PATHS.map((name) => files.get(name)).find((one) => one?.kind === 'file');
  return file?.kind === 'file' ? file.bytes.toString('utf8') : null;
}

/** Looks sign-offs up for the gate. `now`: milliseconds since the epoch. */
export const signedFor =
  (repository: Repository, now: number): SignedFor =>
  async (range) => {
    const all = await signOffsOf(repository, range, now);
    if (all.length === 0) return { approvals: [], refused: [] };
    // What can't count whoever signed it comes last, so that a flood of such leaves the others their turn.
    const hopeless = new Set(all.filter((one) => whyNotAsSaid(one, range, now) !== undefined));
    const ordered = [...all.filter((one) => !hopeless.has(one)), ...hopeless];
    const found = ordered.slice(0, VERIFIED_AT_MOST);
    const unverified = ordered.slice(VERIFIED_AT_MOST);
    const allowedSigners = await allowedSignersAt(repository, range.base);
    const approvals: GivenApproval[] = [];
    const refused: SignedApprovals['refused'][number][] = [];
    for (const { commit, signed, said } of found) {
      const judged = await judge(repository, { range, commit, signed, said, allowedSigners, now });
      if ('why' in judged)
        refused.push({ by: judged.by, tiers: Object.keys(said.tiers), commit: said.head, why: judged.why });
      else
        approvals.push({
          by: judged.names[0] ?? '',
          email: null,
          commit: said.head,
          state: 'approved',
          at: Date.parse(said.at),
          signed: { base: said.base, changes: said.tiers, names: judged.names },
        });
    }
    if (unverified.length > 0)
      refused.push({
        by: `${String(unverified.length)} more sign-offs`,
        tiers: [...new Set(unverified.flatMap(({ said }) => Object.keys(said.tiers)))],
        commit: range.head,
        why: `this change has more than ${String(VERIFIED_AT_MOST)}, which nobody needs, so these were not verified: sign again once the others are out of the notes on ${SIGN_OFFS_REF}`,
      });
    return { approvals, refused };
  };

interface FoundSignOff {
  /** The commit that the note is on. */
  readonly commit: string;
  readonly signed: SignedText;
  readonly said: SignOffText;
}

/**
 * Those on commits of the range, those for the same change under other commit ids, and those of earlier heads. Throws a
 * GitError.
 */
async function signOffsOf(repository: Repository, range: RangeToSign, now: number): Promise<readonly FoundSignOff[]> {
  const { commits, changes } = range;
  const all = await allSignOffs(repository);
  const isOfRange = ({ commit, said }: FoundSignOff): boolean =>
    commits.has(commit) ||
    Object.entries(said.tiers).some(([tier, change]) => Object.hasOwn(changes, tier) && changes[tier] === change);
  const others = latestFirst(
    all.filter(
      (signOff) =>
        !isOfRange(signOff) &&
        Object.keys(signOff.said.tiers).some((tier) => Object.hasOwn(changes, tier)) &&
        whyNotAsSaid(signOff, range, now) === undefined,
    ),
  );
  const earlier =
    others.length === 0
      ? new Set<string>()
      : await range.earlierHeads(others.map(({ commit, said }) => ({ commit, tiers: Object.keys(said.tiers) })));
  return all.filter((one) => isOfRange(one) || (others.includes(one) && earlier.has(one.commit)));
}

/**
 * The signed commits of sign-offs that are still valid by their own text, latest first: a clone has no commits that a
 * force push left behind. Throws a GitError.
 */
export async function signedHeads(
  repository: Repository,
  range: Pick<RangeToSign, 'onto' | 'policy'>,
  now: number,
): Promise<readonly string[]> {
  const valid = (await allSignOffs(repository)).filter((one) => whyNotAsSaid(one, range, now) === undefined);
  return [...new Set(latestFirst(valid).map(({ commit }) => commit))];
}

const latestFirst = (all: readonly FoundSignOff[]): readonly FoundSignOff[] =>
  [...all].sort((one, other) => Date.parse(other.said.at) - Date.parse(one.said.at));

/** All that notes hold, each with the commit that it is on. Throws a GitError. */
async function allSignOffs(repository: Repository): Promise<readonly FoundSignOff[]> {
  return [...(await readLines(repository, SIGN_OFFS_REF))].flatMap(([commit, lines]) =>
    lines.flatMap((line) => {
      const signed = parseLine(line);
      const said = signed && parseSignOff(signed.text);
      return signed === undefined || said === undefined ? [] : [{ commit, signed, said }];
    }),
  );
}

/** Why a sign-off can't count by its own text, whoever signed it; undefined where it may. */
function whyNotAsSaid(
  { commit, said }: FoundSignOff,
  { policy, onto }: Pick<RangeToSign, 'policy' | 'onto'>,
  now: number,
): string | undefined {
  if (commit !== said.head) return `it was signed for another commit (${said.head.slice(0, 12)})`;
  if (Date.parse(said.at) > now + SKEW_MS) return `it is dated in the future (${said.at})`;
  if (Date.parse(said.until) < now) return `it expired on ${said.until.slice(0, 10)}: sign again`;
  if (said.onto !== undefined && onto !== null && said.onto !== onto)
    return `it was signed for the branch ${quoted(said.onto)}, and this goes into ${quoted(onto)}: sign again for that`;
  const sameMeaning = said.meaning !== undefined && said.meaning === policy.meaning;
  if (said.policy !== policy.digest && !sameMeaning)
    return 'it was signed under another policy than the base has now: sign again';
  return undefined;
}

interface Judging extends FoundSignOff {
  readonly range: RangeToSign;
  readonly allowedSigners: string | null;
  readonly now: number;
}

type Judged = { readonly names: readonly string[] } | { readonly by: string; readonly why: string };

async function judge(
  repository: Repository,
  { range, commit, signed, said, allowedSigners, now }: Judging,
): Promise<Judged> {
  const stranger = 'an unknown key';
  if (allowedSigners === null)
    return {
      by: stranger,
      why: `the base has no file of allowed signers, so nobody's key is known: add ${ALLOWED_SIGNERS_PATHS[1]} there`,
    };
  const verified = verifiedAt(signed, allowedSigners, now);
  if (!verified.valid) return { by: stranger, why: lowered(verified.why) };
  const by = verified.principals[0] ?? stranger;
  const why = whyNotAsSaid({ commit, signed, said }, range, now);
  if (why !== undefined) return { by, why };
  if (!(await isOnBase(repository, said.base, range.base)))
    return { by, why: `it was signed for another base (${said.base.slice(0, 12)}), which this base does not contain` };
  return { names: verified.principals };
}

/** Who signed, by an allowed-signers file, at a time (milliseconds). */
export function verifiedAt(
  { text, signature }: SignedText,
  allowedSigners: string,
  at: number,
): ReturnType<typeof verifyText> {
  try {
    return verifyText(text, signature, { allowedSigners, namespace: SIGN_OFF_NAMESPACE, at });
  } catch (error) {
    if (error instanceof SignatureError) return { valid: false, why: error.message };
    throw error;
  }
}

const lowered = (sentence: string): string =>
  `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');

async function isOnBase(repository: Repository, signed: string, base: string): Promise<boolean> {
  if (signed === base) return true;
  return (
    (await isolatedGit(repository, ['merge-base', '--is-ancestor', signed, base], { codes: [0, 1, 128] })).code === 0
  );
}
