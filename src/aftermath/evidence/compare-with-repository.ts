/** A bundle beside the repository that it is about: everything is gathered again, as of when it was made. */
import { OBJECT_ID } from '../../base/patterns';
import { type AttributionOf, type GivenApproval, GateError } from '../../review/gate';
import {
  DEBTS_REF,
  DEPLOYMENTS_REF,
  mayHaveNotes,
  PROMPTS_REF,
  RUNS_REF,
  SIGN_OFFS_REF,
} from '../../provenance/commits';
import { GitError, whereCutOff, type Repository } from '../../git';
import { listIf, countOf, list, type Teams } from '../../policy';
import { canonical } from './canonical-json-and-duplicate-keys';
import { no, shown, unknown, yes, type Checked } from './verification-verdict';
import { gather } from './gather-evidence-rows';
import { rowDigest, rowsOf } from './row-ids-and-digests';
import type { Row, RowKind } from './row-fields-by-kind';
import { EvidenceError, type Evidence } from './types';

interface ComparePorts {
  readonly repository: Repository;
  readonly attributionOf: AttributionOf;
  readonly teams: Teams;
}

/** Named one by one; of more only the number. */
const NAMED_AT_MOST = 20;

/** Throws a GitError when git can't be run. */
export async function compareWith(ports: ComparePorts, evidence: Evidence): Promise<readonly Checked[]> {
  const { repository } = ports;
  const { scope, made } = evidence;
  for (const commit of [scope.base, scope.head, scope.recordsAt])
    if (!OBJECT_ID.test(commit) || (await repository.commitId(commit)) === undefined)
      return [
        unknown(
          'repository',
          `${shown(commit)} is not in this clone, so nothing can be compared. Is it the repository ${shown(scope.repository)}? Fetch it first.`,
        ),
      ];
  let here: readonly Row[];
  try {
    here = await gather({ ...ports, scope, at: Date.parse(made.at), approvals: reviewsIn(evidence) });
  } catch (error) {
    if (error instanceof GateError || error instanceof GitError || error instanceof EvidenceError)
      return [unknown('repository', `Nothing can be compared: ${error.message}`)];
    throw error;
  }
  const found = differences(evidence.rows, here, lacking(repository, evidence.rows, here), Date.parse(made.at));
  return found.length === 0
    ? [yes('repository', `This clone says the same, ${countOf(evidence.rows.length, 'row')}.`)]
    : checksOf(found);
}

/** The forge's reviews, as the bundle has them. Null where none were given. */
function reviewsIn({ rows }: Evidence): readonly GivenApproval[] | null {
  if (rowsOf(rows, 'missing').some(({ what }) => what === 'forge')) return null;
  return rowsOf(rows, 'review').map(({ by, email, commit, state, at }) => ({
    by,
    email,
    commit,
    state: state as GivenApproval['state'],
    at: at === null ? null : Date.parse(at),
  }));
}

/** What this clone lacks, by the kinds of rows that come from there. */
function lacking(repository: Repository, theirs: readonly Row[], here: readonly Row[]): ReadonlyMap<RowKind, string> {
  const kinds = new Map<RowKind, string>();
  const lacks = (isLacking: boolean, says: string, ...of: readonly RowKind[]): void => {
    if (isLacking) for (const kind of of) kinds.set(kind, says);
  };
  const known = new Map(rowsOf(here, 'change').map(({ commit, provenance }) => [commit, provenance]));
  const without = rowsOf(theirs, 'change').some(
    ({ commit, provenance }) => provenance === 'note' && known.has(commit) && known.get(commit) !== 'note',
  );
  const isAbsent = (ref: string): boolean => !mayHaveNotes(repository, ref);
  lacks(isAbsent(PROMPTS_REF), 'kept prompts ("linekeeper prompts fetch")', 'prompt');
  lacks(isAbsent(DEPLOYMENTS_REF), `records of deployments ${FETCH}`, 'stage');
  lacks(isAbsent(RUNS_REF), `records of what agents ran ${FETCH}`, 'run', 'exception');
  lacks(isAbsent(DEBTS_REF), `records of emergencies ${FETCH}`, 'debt');
  lacks(isAbsent(SIGN_OFFS_REF), `signed sign-offs ${FETCH}`, 'sign-off', 'approval', 'decision', 'debt');
  lacks(without, `notes on who wrote what ${FETCH}`, 'change', 'decision', 'approval', 'run', 'exception');
  lacks(
    whereCutOff(repository).length > 0,
    'a part of history ("git fetch --unshallow")',
    'change',
    'decision',
    'finding',
    'approval',
    'stage',
  );
  return kinds;
}

const FETCH = '("linekeeper notes fetch")';
const TEAMS = 'the members of teams ("linekeeper policy people --refresh")';

interface Difference {
  /** What this clone lacks to compare it; undefined when it is a real difference. */
  readonly lacks: string | undefined;
  readonly says: string;
}

function differences(
  theirs: readonly Row[],
  here: readonly Row[],
  lacks: ReadonlyMap<RowKind, string>,
  at: number,
): readonly Difference[] {
  const keyOf = ({ kind, id }: Row): string => `${kind} ${id}`;
  const known = new Map(here.map((row) => [keyOf(row), row]));
  const listed = new Set(theirs.map(keyOf));
  const differ = (row: Row, says: string): Difference => ({
    lacks: lacks.get(row.kind) ?? (row.kind === 'decision' && row.usesTeams ? TEAMS : undefined),
    says: `${nameOf(row)} ${says}.`,
  });
  return [
    ...theirs.flatMap((row): readonly Difference[] => {
      if (row.kind === 'missing') return [];
      const earlier = known.get(keyOf(row));
      if (earlier === undefined) return [differ(row, 'is in the file and not in this repository')];
      if (earlier.digest === rowDigest(row)) return [];
      if (isLater(row, earlier, at)) return [];
      return [differ(row, `differs from this repository: it has another ${list(changedFields(row, earlier), 5)}`)];
    }),
    ...here.flatMap((row): readonly Difference[] =>
      row.kind === 'missing' || listed.has(keyOf(row))
        ? []
        : [differ(row, 'is in this repository and was left out of the file')],
    ),
  ];
}

/** Whether the repository only knows what happened since the bundle was made: a debt was paid, a run began or ended. */
export function isLater(row: Row, earlier: Row, at: number): boolean {
  if (row.kind === 'debt' && earlier.kind === 'debt') return row.paid === false && earlier.paid === true;
  if (row.kind !== 'run' || earlier.kind !== 'run') return false;
  const times = [earlier.at, earlier.ended?.at, ...earlier.approvals.map((approval) => approval.at)];
  return (
    times.some((time) => time !== undefined && Date.parse(time) > at) &&
    changedFields(row, earlier).every((field) => GOES_ON.has(field)) &&
    row.ended === null &&
    row.approvals.every((approval) => earlier.approvals.some((one) => canonical(one) === canonical(approval)))
  );
}

/** What a run that was asked for gains later; what ran, where and for whom stays. */
const GOES_ON: ReadonlySet<string> = new Set(['outcome', 'at', 'approvals', 'under', 'ended']);

/** Real differences by themselves; what can't be compared, by what is lacking. */
function checksOf(found: readonly Difference[]): readonly Checked[] {
  const real = found.filter(({ lacks }) => lacks === undefined);
  const counts = new Map<string, number>();
  for (const { lacks } of found) if (lacks !== undefined) counts.set(lacks, (counts.get(lacks) ?? 0) + 1);
  return [
    ...real.slice(0, NAMED_AT_MOST).map(({ says }) => no('repository', says)),
    ...listIf(real.length > NAMED_AT_MOST, [
      no('repository', `${String(real.length - NAMED_AT_MOST)} more rows differ.`),
    ]),
    ...[...counts].map(([lacks, count]) =>
      unknown('repository', `${countOf(count, 'row')} can't be compared: this clone lacks ${lacks}.`),
    ),
  ];
}

const nameOf = ({ kind, id }: Row): string => `The row ${kind} ${shown(id)}`;

function changedFields(row: Row, earlier: Row): readonly string[] {
  const [theirs, here] = [
    new Map<string, unknown>(Object.entries(row)),
    new Map<string, unknown>(Object.entries(earlier)),
  ];
  return [...new Set([...theirs.keys(), ...here.keys()])].filter(
    (key) => key !== 'digest' && canonical(theirs.get(key) ?? null) !== canonical(here.get(key) ?? null),
  );
}
