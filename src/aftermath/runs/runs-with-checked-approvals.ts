/** What agents ran with permission and were refused, with each approval's signature checked. */
import { readRuns, type RecordedException, type RecordedRun } from '../../provenance/commits';
import { readAuthority, signersOf } from '../../guard/run-approval';
import type { Repository } from '../../git';

/** More approvals are shown unchecked: checking one costs two processes. */
const CHECKED_AT_MOST = 50;

export interface KnownApproval {
  readonly at: string;
  /** Whose signature it is; where that can't be said, whom the record names. */
  readonly by: readonly string[];
  /** Whether the signature was checked here and is theirs. */
  readonly signed: boolean;
  /** Why it is not known to be theirs; null when it is. */
  readonly why: string | null;
}

export interface KnownRun extends Omit<RecordedRun, 'approvals'> {
  readonly approvals: readonly KnownApproval[];
}

export interface KnownRuns {
  /** Oldest first. */
  readonly runs: readonly KnownRun[];
  readonly exceptions: readonly RecordedException[];
}

interface Asked {
  readonly repository: Repository;
  readonly now: () => number;
  /** Which ones; without it all. */
  readonly run?: (run: RecordedRun) => boolean;
  readonly exception?: (exception: RecordedException) => boolean;
}

/** Throws a GitError. */
export async function knownRuns({ repository, now, run, exception }: Asked): Promise<KnownRuns> {
  const record = await readRuns(repository);
  const runs = run === undefined ? record.runs : record.runs.filter(run);
  const isSigned = runs.some(({ approvals }) => approvals.length > 0);
  const allowedSigners = isSigned ? (await readAuthority(repository, now())).allowedSigners : null;
  let budget = CHECKED_AT_MOST;
  const checked = (id: string, { at, by, signed }: RecordedRun['approvals'][number]): KnownApproval => {
    if (budget-- <= 0) return { at, by, signed: false, why: 'more than 50 are shown, so it was not checked here' };
    const signers = signersOf(id, signed, allowedSigners);
    return 'by' in signers
      ? { at, by: signers.by, signed: true, why: null }
      : { at, by, signed: false, why: signers.why };
  };
  // the newest are checked first
  const known = [...runs]
    .reverse()
    .map((run): KnownRun => ({ ...run, approvals: run.approvals.map((approval) => checked(run.id, approval)) }))
    .reverse();
  return { runs: known, exceptions: exception === undefined ? record.exceptions : record.exceptions.filter(exception) };
}

/** The time of a run or exception in milliseconds. */
export const timeOf = ({ at }: { readonly at: string }): number => Date.parse(at);
