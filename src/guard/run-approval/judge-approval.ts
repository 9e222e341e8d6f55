/** Whether an approval counts, and whether one lets a command through. */
import type { Repository } from '../../git';
import { SignatureError, verifyText } from '../../base/signatures';
import { objectionTo, readAuthority } from './people-who-may-approve';
import { directoryOf, MINUTE_MS } from './sign-approval';
import { digestOfRequest, parseApproval, RUN_NAMESPACE, VALID_MS, type SignedApproval } from './request-and-approval';
import { runs, useUp, type StoredRun } from './stored-runs';
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

/** An unused approval of such a command, and why it does not count; `objection` is empty where it does. */
interface JudgedRun {
  readonly run: StoredRun;
  /** Whose signatures these are. */
  readonly by: readonly string[];
  readonly objection: string;
}

/** Unused approvals of exactly this command, here and with the work tree as it is, judged one by one. Throws a GitError. */
async function* judgedRuns(
  repository: Repository,
  { command, cwd }: AskedRun,
  now: number,
): AsyncGenerator<JudgedRun, void> {
  const directory = directoryOf(repository, cwd);
  for (const run of runs(repository.gitDir)) {
    const { request, approval, used } = run;
    if (approval === undefined || used || request.command !== command || request.directory !== directory) continue;
    const { by, why } = await judgeApproval(repository, run, approval, now);
    const objection =
      why !== ''
        ? why
        : (await repository.commitId('HEAD')) !== (request.head ?? undefined)
          ? 'Another commit is checked out than the one it was approved for.'
          : (await workTreeId(repository)) !== request.tree
            ? 'Files have changed since it was asked for.'
            : '';
    yield { run, by, objection };
  }
}

/** The first approval that counts for exactly this command now; it stays unused. Throws a GitError. */
export async function approvedRun(
  repository: Repository,
  asked: AskedRun,
  now: number,
): Promise<Pick<JudgedRun, 'run' | 'by'> | undefined> {
  for await (const judged of judgedRuns(repository, asked, now)) if (judged.objection === '') return judged;
  return undefined;
}

type LetThrough =
  | { readonly letThrough: true; readonly id: string }
  /** Why another approval does not count; empty when there is none. */
  | { readonly letThrough: false; readonly why: string };

/** Whether somebody approved exactly this command. This consumes the approval. Throws a GitError. */
export async function letThrough(
  repository: Repository,
  { session, assistant, ...asked }: AskedRun & { readonly session: string | undefined; readonly assistant: string },
  now: number,
): Promise<LetThrough> {
  let why = '';
  for await (const { run, by, objection } of judgedRuns(repository, asked, now)) {
    if (objection !== '') why = objection;
    else if (
      useUp(repository.gitDir, run.id, {
        version: 1,
        at: new Date(now).toISOString(),
        assistant,
        session: session ?? null,
        approvedBy: by,
      })
    )
      return { letThrough: true, id: run.id };
  }
  return { letThrough: false, why };
}
