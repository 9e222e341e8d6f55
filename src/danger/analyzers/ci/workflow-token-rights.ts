/** What the token of a workflow may do, before and after. */
import { wordSet } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { entriesOf, get, textAt, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { label } from '../../ci-job-words';

/** Scopes that only write results about the code, or plans. */
const HARMLESS = wordSet(
  'checks statuses security-events pages attestations discussions issues models repository-projects',
);
/** What a step asks for by its own page: to sign in elsewhere under its own name, or to write in a pull request. */
const OF_STEPS = wordSet('id-token pull-requests deployments');
const RANK: Readonly<Record<string, number>> = { none: 0, read: 1, write: 2 };

type Access = { readonly all: number; readonly scopes: ReadonlyMap<string, number> } | undefined;

function accessOf(tree: Tree | undefined): Access {
  if (tree === undefined) return undefined;
  if (tree.text !== null)
    return { all: tree.text === 'write-all' ? 2 : tree.text === 'read-all' ? 1 : 0, scopes: new Map() };
  return { all: 0, scopes: new Map(entriesOf(tree).map(([scope, { text }]) => [scope, RANK[text ?? ''] ?? 0])) };
}

const levelOf = (access: NonNullable<Access>, scope: string): number => access.scopes.get(scope) ?? access.all;

export function noticeToken(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const [old, now] = [get(before, 'permissions'), get(after, 'permissions')];
  const found: Noticed[] = [...raised(old, now, 'Every job of the workflow', before !== undefined)];
  if (
    found.length === 0 &&
    old !== undefined &&
    now === undefined &&
    old.text !== 'write-all' &&
    !coveredByJobs(after)
  ) {
    found.push(
      factWas(
        "permissions/ci-token (low): The workflow's token is no longer limited: its permissions are removed.",
        old,
        {},
        { cause: 'token', across: true },
      ),
    );
  }
  for (const [id, job] of entriesOf(get(after, 'jobs'))) {
    const oldJob = get(before, 'jobs', id);
    const jobPermissions = get(job, 'permissions');
    if (jobPermissions !== undefined)
      found.push(
        ...raised(
          get(oldJob, 'permissions') ?? (oldJob === undefined ? undefined : old),
          jobPermissions,
          `Job ${label(id, job)}`,
          oldJob !== undefined,
        ),
      );
    else {
      const lost = get(oldJob, 'permissions');
      const whole = accessOf(now ?? old);
      if (lost !== undefined && lost.text !== 'write-all' && (whole === undefined || writesMore(accessOf(lost), whole)))
        found.push({
          ...factWas('permissions/ci-token (low): Job {id} may do more: its permissions are removed.', lost, {
            id: label(id, job),
          }),
          cause: 'job',
          across: true,
        });
    }
  }
  return found;
}

const coveredByJobs = (workflow: Tree): boolean =>
  entriesOf(get(workflow, 'jobs')).every(([, job]) => get(job, 'permissions') !== undefined);

/** Whether `now` may write what `old` could not; to read more changes nothing. */
function writesMore(old: Access, newAccess: NonNullable<Access>): boolean {
  if (old === undefined) return false;
  if (newAccess.all === 2 && old.all < 2) return true;
  return [...newAccess.scopes].some(([scope, level]) => level === 2 && levelOf(old, scope) < 2 && !HARMLESS.has(scope));
}

function raised(
  old: Tree | undefined,
  newPermissions: Tree | undefined,
  who: string,
  known: boolean,
): readonly Noticed[] {
  if (newPermissions === undefined) return [];
  if (newPermissions.text === 'write-all')
    return textAt(old) === 'write-all'
      ? []
      : [
          factAt('permissions/ci-token: {who} may write everything in the repository (write-all).', newPermissions, {
            who,
          }),
        ];
  const before = accessOf(old);
  if (before === undefined || !known) return [];
  const first = entriesOf(newPermissions).find(
    ([scope, { text }]) => text === 'write' && levelOf(before, scope) < 2 && !HARMLESS.has(scope),
  );
  if (first === undefined) return [];
  return [
    {
      ...factAt(
        'permissions/ci-token: {who} may write more than before ({what}: write).',
        first[1],
        { who, what: first[0] },
        OF_STEPS.has(first[0]) ? 'low' : undefined,
      ),
      cause: `writes ${first[0]}`,
      across: true,
    },
  ];
}
