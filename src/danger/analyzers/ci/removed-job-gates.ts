/** What has to happen before a job runs: environments, other jobs, conditions, people. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { entriesOf, get, isYes, itemsOf, named, same, textAt, textsOf, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { stepsOf, triggersOf } from './untrusted-checkouts-and-injections';
import { CHECKS, DEPLOYS, label, PRODUCTION } from '../../ci-job-words';

/** What other workflows beside this one do, as far as their lines show. */
export type Beside = (words: string) => Promise<readonly string[]>;

export async function noticeGates(before: Tree | undefined, after: Tree, beside: Beside): Promise<readonly Noticed[]> {
  const found: Noticed[] = [];
  const trusted = heirsIn(before);
  for (const [id, job] of entriesOf(get(after, 'jobs'))) {
    const oldJob = get(before, 'jobs', id);
    const heir = heirOf(job);
    if (
      heir !== undefined &&
      textAt(oldJob, 'secrets') !== 'inherit' &&
      !trusted.has(heir) &&
      !(await inheritsElsewhere(heir, beside))
    )
      found.push(
        factAt(
          'permissions/ci-gate: Job {id} hands all secrets to another workflow (secrets: inherit).',
          get(job, 'secrets') ?? job,
          { id: label(id, job) },
          { cause: `secrets ${heir}`, across: true },
        ),
      );
    if (oldJob === undefined || same(oldJob, job)) continue;
    found.push(
      ...environment(id, oldJob, job),
      ...needs(id, oldJob, job, after),
      ...condition(id, oldJob, job),
      ...lenient(id, oldJob, job),
      ...people(oldJob, job),
    );
  }
  return [...found, ...automatic(before, after)];
}

/** The repository whose workflow is handed all secrets; none where it is this one's own: they stay in it. */
function heirOf(job: Tree): string | undefined {
  const uses = textAt(job, 'uses') ?? '';
  if (textAt(job, 'secrets') !== 'inherit' || uses === '' || uses.startsWith('./')) return undefined;
  return uses.split('/', 2).join('/').toLowerCase();
}

const heirsIn = (workflow: Tree | undefined): ReadonlySet<string> =>
  new Set(entriesOf(get(workflow, 'jobs')).flatMap(([, job]) => heirOf(job) ?? []));

/** Other workflows hand all secrets to somebody, and call this repository: whoever let that in knows. */
async function inheritsElsewhere(heir: string, beside: Beside): Promise<boolean> {
  const [inherits, calls] = [await beside('secrets: inherit'), await beside('/.github/workflows/')];
  return inherits.length > 0 && calls.some((line) => line.toLowerCase().includes(`uses: ${heir}/`));
}

const environmentOf = (job: Tree): Tree | undefined => get(job, 'environment', 'name') ?? get(job, 'environment');

function environment(id: string, oldJob: Tree, job: Tree): readonly Noticed[] {
  const [old, now] = [environmentOf(oldJob), environmentOf(job)];
  if (old === undefined || same(old, now)) return [];
  if (now === undefined)
    return [
      factWas('permissions/ci-gate: Job {id} runs without the rules of its environment: {old} is removed.', old, {
        id: label(id, job),
        old: named(old.text ?? 'it'),
      }),
    ];
  return PRODUCTION.test(old.text ?? '') &&
    !PRODUCTION.test(now.text ?? '') &&
    !/\$\{\{/.test(now.text ?? '') &&
    now.text !== null
    ? [
        {
          ...factAt('permissions/ci-gate: Job {id} leaves the environment {old} and its rules.', now, {
            id: label(id, job),
            old: named(old.text ?? ''),
          }),
          cause: `leaves ${old.text ?? ''}`,
        },
      ]
    : [];
}

function needs(id: string, oldJob: Tree, job: Tree, workflow: Tree): readonly Noticed[] {
  if (onlyChecks(id, job)) return [];
  const newNeeds = new Set(textsOf(get(job, 'needs')));
  const lost = itemsOf(get(oldJob, 'needs')).find(
    ({ text }) =>
      !newNeeds.has(text ?? '') &&
      CHECKS.test(text ?? '') &&
      get(workflow, 'jobs', text ?? '') !== undefined &&
      !reaches(workflow, [...newNeeds], text ?? ''),
  );
  if (lost === undefined) return [];
  const place = get(oldJob, 'needs');
  return [
    factWas(
      'permissions/ci-gate: Job {id} no longer waits for "{lost}".',
      place?.list !== null && place?.list !== undefined && place.list.length > 1 ? lost : (place ?? lost),
      { id: label(id, job), lost: named(lost.text ?? '') },
    ),
  ];
}

/** A check lets nothing through, whenever it runs: it doesn't build, deploy or write anything. */
function onlyChecks(id: string, job: Tree): boolean {
  const words = `${id} ${textAt(job, 'name') ?? ''}`.replaceAll(BUILDS, ' ');
  return (
    CHECKS.test(words) &&
    !DEPLOYS.test(words) &&
    environmentOf(job) === undefined &&
    !entriesOf(get(job, 'permissions')).some(([, { text }]) => text === 'write')
  );
}

const BUILDS = /\b(?:build|cargo|gradle|mvn|ci|approv\w*|gate\w*|policy|review\w*|sign\w*|attest\w*)(?![a-z])/gi;

/** Whether a job is still waited for, directly or through others. */
function reaches(workflow: Tree, from: readonly string[], wanted: string): boolean {
  const seen = new Set<string>();
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === wanted) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...textsOf(get(workflow, 'jobs', id, 'needs')));
  }
  return false;
}

function condition(id: string, oldJob: Tree, job: Tree): readonly Noticed[] {
  const [old, now] = [get(oldJob, 'if'), get(job, 'if')];
  const deploys = DEPLOYS.test(`${id} ${textAt(job, 'name') ?? ''}`);
  if (
    now !== undefined &&
    /\balways\(\)/.test(now.text ?? '') &&
    !/always\(\)/.test(old?.text ?? '') &&
    deploys &&
    !/success|result/.test(now.text ?? '')
  )
    return [
      factAt('permissions/ci-gate: Job {id} runs even when the jobs before it fail (always()).', now, {
        id: label(id, job),
      }),
    ];
  if (
    old === undefined ||
    !deploys ||
    !/github\.(?:ref|event_name|actor|event\.pull_request|repository|base_ref)|inputs\.|environment/.test(
      old.text ?? '',
    ) ||
    /always\(\)/.test(old.text ?? '')
  )
    return [];
  if (now === undefined)
    return [
      factWas('permissions/ci-gate: Job {id} runs in every case: its condition is removed.', old, {
        id: label(id, job),
      }),
    ];
  return /^(?:true|\$\{\{\s*true\s*\}\})$/.test(now.text ?? '')
    ? [factAt('permissions/ci-gate: Job {id} runs in every case: its condition is true.', now, { id: label(id, job) })]
    : [];
}

/** It reports to somebody what others found. */
const tells = (id: string, job: Tree): boolean =>
  /\b(?:metrics?|notif(?:y|ication)|slack|telemetry)\b/i.test(`${textAt(job, 'name') ?? ''} ${id}`) &&
  !CHECKS.test(`${textAt(job, 'name') ?? ''} ${id}`);

/** A later step fails where this one did. */
function isAskedLater(step: Tree, job: Tree): boolean {
  const outcome = `steps.${textAt(step, 'id') ?? ''}.outcome`;
  return (
    textAt(step, 'id') !== undefined &&
    stepsOf(job).some((later) => {
      const when = textAt(later, 'if') ?? '';
      const at = when.indexOf(outcome);
      return (
        at !== -1 &&
        /^\s*(?:==\s*'failure'|!=\s*'success')/.test(when.slice(at + outcome.length)) &&
        /^\s*exit [1-9]/m.test(textAt(later, 'run') ?? '')
      );
    })
  );
}

/** Checks whose failure no longer stops anything. */
function lenient(id: string, oldJob: Tree, job: Tree): readonly Noticed[] {
  const found: Noticed[] = [];
  const key = 'continue-on-error';
  const whole = get(job, key);
  if (whole !== undefined && isYes(whole) && !isYes(get(oldJob, key)) && !tells(id, job))
    found.push(
      factAt('permissions/ci-gate: Job {id} passes even when it fails ({key}).', whole, { id: label(id, job), key }),
    );
  const old = stepsOf(oldJob);
  for (const [index, step] of stepsOf(job).entries()) {
    if (old.some((one) => same(one, step))) continue; // of two steps that run the same, one may be lenient
    const about = (one: Tree | undefined): string => textAt(one, 'run') ?? textAt(one, 'uses') ?? '';
    const earlier =
      old.find((one) => about(one) === about(step)) ??
      old.find((one) => textAt(one, 'name') !== undefined && textAt(one, 'name') === textAt(step, 'name')) ??
      (old.length === stepsOf(job).length ? old[index] : undefined);
    const value = get(step, key);
    if (
      value !== undefined &&
      isYes(value) &&
      earlier !== undefined &&
      !isYes(get(earlier, key)) &&
      !isAskedLater(step, job) &&
      CHECKS.test(`${textAt(step, 'name') ?? ''} ${about(step)} ${id}`)
    )
      found.push(
        factAt('permissions/ci-gate: A check in {id} passes even when it fails ({key}).', value, {
          id: label(id, job),
          key,
        }),
      );
    const run = get(step, 'run');
    const before = get(earlier, 'run')?.text ?? '';
    const lines = (run?.text ?? '').split('\n');
    const at = lines.findIndex(
      (line) =>
        /\|\|\s*(?:true|:|exit 0|echo\b.*)\s*$/.test(line) &&
        CHECKS.test(line) &&
        before
          .split('\n')
          .some((one) => one.trim() !== '' && line.trim().startsWith(one.trim()) && one.trim() !== line.trim()),
    );
    if (run !== undefined && at !== -1)
      found.push(
        factAt('permissions/ci-gate: A check in {id} passes even when it fails (|| true).', run.textLine + at, {
          id: label(id, job),
        }),
      );
  }
  return found;
}

/** Steps in which a person approves. */
function people(oldJob: Tree, job: Tree): readonly Noticed[] {
  const asks = (step: Tree): boolean =>
    /manual-approval|approval-action|wait-for-approval|required-approv/i.test(textAt(step, 'uses') ?? '');
  if (stepsOf(job).some(asks)) return [];
  return stepsOf(oldJob)
    .filter(asks)
    .slice(0, 1)
    .map((step) =>
      factWas('permissions/ci-gate: Nobody has to approve this job any more: the step that asks is removed.', step),
    );
}

/** What a workflow deploys to try it out, by its own name. */
const TRIES = /(?:^|[^a-z])(?:tests?|e2e|smoke)(?![a-z])/i;

/** A workflow that people used to start and that now starts by itself. */
function automatic(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const [old, now] = [triggersOf(before), triggersOf(after)];
  const manual = old.size > 0 && [...old.keys()].every((name) => name === 'workflow_dispatch');
  const started = [...now].find(([name]) =>
    /^(?:push|schedule|pull_request|pull_request_target|workflow_run|repository_dispatch)$/.test(name),
  );
  const deploys = DEPLOYS.test(
    `${textAt(after, 'name') ?? ''} ${entriesOf(get(after, 'jobs'))
      .map(([id]) => id)
      .join(' ')}`,
  );
  const isTest = /^(?:pull_request|schedule)$/.test(started?.[0] ?? '') && TRIES.test(textAt(after, 'name') ?? '');
  return manual && started !== undefined && deploys && !isTest
    ? [
        factAt('permissions/ci-gate: A deployment that people started now starts by itself ({what}).', started[1], {
          what: started[0],
        }),
      ]
    : [];
}
