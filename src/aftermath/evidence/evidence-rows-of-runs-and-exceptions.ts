/** What agents ran with permission, what they were refused, and for how long a person lifted the policy, as rows. */
import { readRuns, type RecordedException, type RecordedRun } from '../../provenance/commits';
import { signersOf } from '../../guard/run-approval';
import { allowedSignersAt } from '../../review/gate/sign-offs';
import type { Repository } from '../../git';
import { exceptionWords } from '../runs/describe-runs-and-exceptions';
import type { Relation, RowBody, RowOf } from './row-fields-by-kind';
import type { Scope } from './types';

interface Meanwhile {
  readonly repository: Repository;
  readonly scope: Scope;
  /** Ids of the commits. */
  readonly commits: ReadonlySet<string>;
  /** Raw ids of the sessions that wrote in them. */
  readonly sessions: ReadonlySet<string>;
  /** The time that the scope covers, milliseconds. */
  readonly from: number;
  readonly until: number;
  /** Nothing later counts (milliseconds). */
  readonly now: number;
}

/** Throws a GitError. */
export async function runRows(about: Meanwhile): Promise<readonly RowBody[]> {
  const { repository, scope, now } = about;
  const { runs, exceptions } = await readRuns(repository);
  const related = runs.flatMap((run) => {
    const relation = Date.parse(run.at) > now ? undefined : relationOf(about, run);
    return relation === undefined ? [] : [{ run, relation }];
  });
  const isSigned = related.some(({ run }) => run.approvals.length > 0);
  const allowedSigners = isSigned ? await allowedSignersAt(repository, scope.recordsAt) : null;
  const under = new Set(related.map(({ run }) => run.under));
  return [
    ...related.map(({ run, relation }) => runRow(run, relation, allowedSigners)),
    ...exceptions.flatMap((exception): readonly RowBody[] => {
      const relation = under.has(exception.id) ? 'session' : relationOf(about, exception);
      return relation === undefined || Date.parse(exception.at) > now ? [] : [exceptionRow(exception, relation)];
    }),
  ];
}

function relationOf(
  { commits, sessions, from, until }: Meanwhile,
  { commit, session, at }: { readonly commit: string; readonly session: string | null; readonly at: string },
): Relation | undefined {
  if (commits.has(commit)) return 'commit';
  if (session !== null && sessions.has(session)) return 'session';
  const time = Date.parse(at);
  return time >= from && time <= until ? 'time' : undefined;
}

function runRow(run: RecordedRun, relation: Relation, allowedSigners: string | null): RowBody {
  const { command } = run;
  return {
    kind: 'run',
    run: run.id,
    commit: run.commit,
    relation,
    outcome: run.outcome,
    at: run.at,
    program: command?.program ?? null,
    verb: command?.verb ?? null,
    targets: command?.targets ?? [],
    directory: command?.directory ?? null,
    environment: command?.environment ?? null,
    rule: command?.rule ?? null,
    tier: command?.tier ?? null,
    line: command?.line ?? null,
    assistant: run.assistant,
    session: run.session,
    user: run.user,
    requested: run.requested,
    approvals: run.approvals.map(({ by, at, signed }): RowOf<'run'>['approvals'][number] => {
      const signers = signersOf(run.id, signed, allowedSigners);
      return 'by' in signers
        ? { by: signers.by, at, valid: true, why: '', ...signed }
        : { by, at, valid: false, why: signers.why, ...signed };
    }),
    under: run.under,
    ended: run.ended,
  };
}

const exceptionRow = (exception: RecordedException, relation: Relation): RowBody => ({
  kind: 'exception',
  commit: exception.commit,
  relation,
  tier: exception.tier,
  says: exceptionWords(exception),
  by: exception.by,
  at: exception.at,
  minutes: exception.minutes,
});
