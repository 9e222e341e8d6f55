/** Whether an approval counts, and whether one lets a command through. */
import type { Repository } from '../../git';
import { SignatureError, verifyText } from '../../base/signatures';
import { objectionTo, readAuthority } from './who-may-approve';
import { directoryOf, MINUTE_MS } from './sign-approval';
import { digestOfRequest, parseApproval, RUN_NAMESPACE, VALID_MS, type SignedApproval } from './request-and-approval';
import { runs, useUp, type StoredRun } from './stored-requests';
import { workTreeId } from './worktree-content-id';

/** Clocks of two machines may differ by this much (milliseconds). */
const SKEW_MS = 2 * 60_000;

/** Why an approval does not count for a request now, as a sentence; empty when it does. Throws a GitError. */
export const objectionToApproval = async (
  repository: Repository,
  run: Pick<StoredRun, 'text' | 'request'>,
  approval: SignedApproval,
  now: number,
): Promise<string> => (await judgeApproval(repository, run, approval, now)).why;

interface JudgedApproval {
  /** Empty when it counts. */
  readonly why: string;
  /** Whose signature it is. */
  readonly by: readonly string[];
}

/** The same with whose signature it is. Throws a GitError. */
export async function judgeApproval(
  repository: Repository,
  run: Pick<StoredRun, 'text' | 'request'>,
  approval: SignedApproval,
  now: number,
): Promise<JudgedApproval> {
  const not = (why: string): JudgedApproval => ({ why, by: [] });
  const said = parseApproval(approval.text);
  if (said?.run !== digestOfRequest(run.text)) return not('The approval is for another request.');
  const age = now - Date.parse(said.approvedAt);
  if (!(age < VALID_MS + MINUTE_MS)) return not('The approval is older than 15 minutes.');
  if (age < -SKEW_MS) return not('The approval is dated in the future.');
  const authority = await readAuthority(repository, now);
  if (authority.allowedSigners === null)
    return not(
      `There is no allowed-signers file on ${authority.where}, so nobody's key is known. Add .github/allowed_signers there.`,
    );
  try {
    const signed = verifyText(approval.text, approval.signature, {
      allowedSigners: authority.allowedSigners,
      namespace: RUN_NAMESPACE,
      at: now,
    });
    return signed.valid
      ? { why: objectionTo(signed.principals, run.request.requestedBy, authority), by: signed.principals }
      : not(signed.why);
  } catch (error) {
    if (error instanceof SignatureError) return not(error.message);
    throw error;
  }
}

type LetThrough =
  | { readonly letThrough: true; readonly id: string }
  /** `why` says why an existing approval does not count; empty when there is none. */
  | { readonly letThrough: false; readonly why: string };

/**
 * Whether somebody approved exactly this command, here and with the work tree as it is. This consumes the approval.
 * `cwd` is absolute. Throws a GitError.
 */
export async function letThrough(
  repository: Repository,
  {
    command,
    cwd,
    session,
    assistant,
  }: {
    readonly command: string;
    readonly cwd: string;
    readonly session: string | undefined;
    readonly assistant: string;
  },
  now: number,
): Promise<LetThrough> {
  const directory = directoryOf(repository, cwd);
  const mine = runs(repository.gitDir).filter(
    ({ request, approval, used }) =>
      approval !== undefined && !used && request.command === command && request.directory === directory,
  );
  let why = '';
  for (const run of mine) {
    if (run.approval === undefined) continue;
    const found = await judgeApproval(repository, run, run.approval, now);
    why = found.why;
    if (why === '' && (await repository.commitId('HEAD')) !== (run.request.head ?? undefined))
      why = 'Another commit is checked out than the one it was approved for.';
    if (why === '' && (await workTreeId(repository)) !== run.request.tree)
      why = 'Files have changed since it was asked for.';
    if (
      why === '' &&
      useUp(repository.gitDir, run.id, {
        version: 1,
        at: new Date(now).toISOString(),
        assistant,
        session: session ?? null,
        approvedBy: found.by,
      })
    )
      return { letThrough: true, id: run.id };
  }
  return { letThrough: false, why };
}
