/** Sign-offs and debts on their way to a remote and back. */
import { DEBTS_REF, fetchLineNotes, pushLineNotes, SIGN_OFFS_REF } from '../../../provenance/commits';
import { type Repository } from '../../../git';

export interface Exchanged {
  /** Statements that are new here. */
  readonly received: number;
  /** Whether everything that is here was pushed to the remote. */
  readonly sent: boolean;
  /** Statements that were new there. */
  readonly newThere: number;
}

const REFS = [SIGN_OFFS_REF, DEBTS_REF] as const;

/** Fetches the remote's sign-offs and debts. Throws a GitError. */
export async function fetchSignOffs(repository: Repository, remote: string): Promise<Exchanged> {
  return { received: (await fetchLineNotes(repository, REFS, remote)).received, sent: false, newThere: 0 };
}

/** Fetches them and pushes ours. Throws a GitError when the remote rejects them. */
export async function pushSignOffs(repository: Repository, remote: string): Promise<Exchanged> {
  const { received, sent } = await pushLineNotes(repository, REFS, remote);
  return { received, sent: true, newThere: sent };
}
