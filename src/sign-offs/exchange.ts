/** Sign-offs and debts on their way to a remote and back. */
import { DEBTS_REF, fetchLineNotes, pushLineNotes, SIGN_OFFS_REF, type Repository } from '../git';

export interface Exchanged {
  /** Statements that are new here. */
  readonly received: number;
  /** Whether the remote has all that is here; false after a fetch of less. */
  readonly sent: boolean;
}

const REFS = [SIGN_OFFS_REF, DEBTS_REF] as const;

/** Brings the remote's here. Throws a GitError. */
export async function fetchSignOffs(repository: Repository, remote: string): Promise<Exchanged> {
  return { received: (await fetchLineNotes(repository, REFS, remote)).received, sent: false };
}

/** Brings them there too. Throws a GitError where the remote does not take them. */
export async function pushSignOffs(repository: Repository, remote: string): Promise<Exchanged> {
  return { received: (await pushLineNotes(repository, REFS, remote)).received, sent: true };
}
