/** Whether an approval counts, and whether one lets a command through. */
import type { Repository } from '../../git';
import { SignatureError, verifyText } from '../../base/signatures';
import { objectionTo, readAuthority } from './who-may-approve-run';
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

interface AskedRun {
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
}

interface ApprovedRuns {
  /** Those whose approval counts now, and whose signatures these are. */
  readonly approved: readonly { readonly run: StoredRun; readonly by: readonly string[] }[];
  /** Why another approval does not count; empty when there is none. */
  readonly why: string;
}

/** Unused approvals of exactly this command, here and with the work tree as it is. Throws a GitError. */
export async function approvedRuns(
  repository: Repository,
  { command, cwd }: AskedRun,
  now: number,
): Promise<ApprovedRuns> {
  const directory = directoryOf(repository, cwd);
  const mine = runs(repository.gitDir).filter(
    ({ request, used }) => !used && request.command === command && request.directory === directory,
  );
  const approved: { run: StoredRun; by: readonly string[] }[] = [];
  let why = '';
  for (const run of mine) {
    if (run.approval === undefined) continue;
    const found = await judgeApproval(repository, run, run.approval, now);
    const objection =
      found.why !== ''
        ? found.why
        : (await repository.commitId('HEAD')) !== (run.request.head ?? undefined)
          ? 'Another commit is checked out than the one it was approved for.'
          : (await workTreeId(repository)) !== run.request.tree
            ? 'Files have changed since it was asked for.'
            : '';
    if (objection === '') approved.push({ run, by: found.by });
    else why = objection;
  }
  return { approved, why };
}

type LetThrough =
  | { readonly letThrough: true; readonly id: string }
  /** `why`: see ApprovedRuns. */
  | { readonly letThrough: false; readonly why: string };

/** Whether somebody approved exactly this command. This consumes the approval. Throws a GitError. */
export async function letThrough(
  repository: Repository,
  { session, assistant, ...asked }: AskedRun & { readonly session: string | undefined; readonly assistant: string },
  now: number,
): Promise<LetThrough> {
  const { approved, why } = await approvedRuns(repository, asked, now);
  const used = approved.find(({ run, by }) =>
    useUp(repository.gitDir, run.id, {
      version: 1,
      at: new Date(now).toISOString(),
      assistant,
      session: session ?? null,
      approvedBy: by,
    }),
  );
  return used === undefined ? { letThrough: false, why } : { letThrough: true, id: used.run.id };
}
