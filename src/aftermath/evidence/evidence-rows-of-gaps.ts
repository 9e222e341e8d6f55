/** What a bundle does not know, a row each: silence would read as "there was none". */
import { type GivenApproval, GateError, readBase } from '../../review/gate';
import type { Repository } from '../../git';
import { incidentsIn } from '../../policy/incidents';
import { itemIf, listIf, countOf } from '../../policy';
import { DECIDED_AT_MOST } from './evidence-rows-of-redecided-merges';
import type { RowBody, RowKind, RowOf } from './row-fields-by-kind';
import type { Scope } from './types';

interface Known {
  readonly repository: Repository;
  readonly scope: Scope;
  readonly bodies: readonly RowBody[];
  readonly approvals: readonly GivenApproval[] | null;
  /** How many changes got into the branch. */
  readonly changes: number;
  readonly isCut: boolean;
  /** What was known of shared notes, and is gone. */
  readonly lost: readonly string[];
  /** Which shared notes there are here. */
  readonly known: {
    readonly signOffs: boolean;
    readonly deployments: boolean;
    readonly prompts: boolean;
    readonly runs: boolean;
  };
}

const FETCH = 'linekeeper notes fetch';

type Said = Omit<RowOf<'missing'>, 'kind' | 'id' | 'digest'>;

/** Throws a GitError. */
export async function missingRows(found: Known): Promise<readonly RowBody[]> {
  const said = [...ofHistory(found), ...ofNotes(found), ...ofReviews(found), ...(await ofRecords(found))];
  return said.map((one) => ({ kind: 'missing', ...one }));
}

const of = <Kind extends RowKind>(
  bodies: readonly RowBody[],
  kind: Kind,
): readonly Extract<RowBody, { kind: Kind }>[] =>
  bodies.filter((body): body is Extract<RowBody, { kind: Kind }> => body.kind === kind);

function ofHistory({ isCut, scope, changes, bodies }: Known): readonly Said[] {
  const undecided = of(bodies, 'decision').filter(({ verdict }) => verdict === 'undecided');
  return [
    ...itemIf(isCut, {
      what: 'history',
      says: 'History is cut off here (a shallow clone), so commits of this scope may be missing, and no decision can be made again.',
      get: 'git fetch --unshallow',
    }),
    ...itemIf(scope.branch === null, {
      what: 'branch',
      says: 'Neither the branch that is checked out nor the default branch of the remote has these commits.',
      get: '',
    }),
    ...itemIf(scope.resource === null, {
      what: 'remote',
      says: "There is no remote called origin with a host's name, so the repository is named by its folder, and no summary for SLSA is made.",
      get: 'git remote add origin URL',
    }),
    ...itemIf(undecided.length > 0, {
      what: 'decisions',
      says: `For ${countOf(undecided.length, 'change')} of ${String(changes)} nothing could be decided, and dangers were not looked for; each of the rows says why.`,
      get: '',
    }),
    ...itemIf(changes > DECIDED_AT_MOST, {
      what: 'later decisions',
      says: `There are ${String(changes)} changes; only the first ${String(DECIDED_AT_MOST)} were decided again.`,
      get: 'ask for a shorter range',
    }),
  ];
}

function ofNotes({ bodies, lost, known }: Known): readonly Said[] {
  const without = of(bodies, 'change').filter(({ provenance, files }) => provenance !== 'note' && files > 0);
  const prompts = of(bodies, 'prompt').length;
  const byAi = of(bodies, 'change').some(({ sessions }) => sessions.some(({ session }) => session !== null));
  return [
    ...itemIf(without.length > 0, {
      what: 'notes',
      says: `${countOf(without.length, 'commit')} of ${String(of(bodies, 'change').length)} ${without.length === 1 ? 'has' : 'have'} no note on who wrote the lines: lines without a trailer or mark are unknown.`,
      get: FETCH,
    }),
    ...lost.map((says, index) => ({ what: `lost notes ${String(index + 1)}`, says, get: FETCH })),
    ...itemIf(byAi && prompts === 0, {
      what: 'prompts',
      says: known.prompts
        ? 'No prompt of these sessions is kept.'
        : 'No prompt is kept here: the policy may not ask for it, or they were not fetched.',
      get: 'linekeeper prompts fetch',
    }),
    ...itemIf(!known.runs, {
      what: 'runs',
      says: 'No record of what agents ran with permission, or were refused, is here: there may be none, the policy may say "runs: none", or it was not fetched.',
      get: FETCH,
    }),
  ];
}

function ofReviews({ approvals, bodies, known }: Known): readonly Said[] {
  return [
    ...itemIf(approvals === null, {
      what: 'forge',
      says: 'This was made offline, without the reviews on the Git host. So a decision may say "missing" although the approval exists there.',
      get: '--approvals FILE, as linekeeper check takes it',
    }),
    ...itemIf(of(bodies, 'decision').length > 0, {
      what: 'openers',
      says: "Who opened the pull requests is not recorded in git: an opener's own approval would count here unless they are an author or committer too.",
      get: '',
    }),
    ...listIf(!known.signOffs, [
      { what: 'sign-offs', says: 'No signed sign-off of anybody is known here.', get: FETCH },
    ]),
  ];
}

async function ofRecords({ repository, scope, bodies, known }: Known): Promise<readonly Said[]> {
  const { problems } = await incidentsIn(repository, scope.recordsAt);
  const policy = await readBase(repository, scope.recordsAt, scope.recordsAt).catch((error: unknown) => {
    if (error instanceof GateError) return error;
    throw error;
  });
  return [
    ...itemIf(of(bodies, 'stage').length === 0, {
      what: 'stages',
      says: known.deployments ? 'No deployment with any of it is recorded.' : 'No deployment at all is recorded here.',
      get: `${FETCH}, or linekeeper deploy record`,
    }),
    ...problems.map(({ file, line, message }) => ({
      what: `incident file ${file}:${String(line)}`,
      says: `It can't be read: ${message}.`,
      get: 'fix the file',
    })),
    ...(policy instanceof GateError ? [{ what: 'policy', says: policy.message, get: 'linekeeper policy init' }] : []),
  ];
}
