/**
 * What a Terraform or OpenTofu plan would destroy, as `terraform show -json` prints it (the "JSON output format" of
 * both: formats 0.1 to 1.x). Only what the plan itself would do counts: not what drifted, is read, imported, moved or
 * forgotten.
 */
import { factOf, type Fact, type Sentence } from '../rule-rows/facts-from-sentences';
import { isFields, short, type Fields, type ReadPlan } from '../plans/plan-results-and-notices';
import type { Noticed } from '../types';
import { holdsData, typeIn } from './data-holding-types';
import { guardOf } from './guarding-attributes';
import { PLAN_REPLACES } from '../rules/destructive/tf-plan-replace';
import { PLAN_DESTROYS } from '../rules/destructive/tf-plan-delete';

/** Names every resource that is deleted or replaced once. */
export function readPlan(text: string): ReadPlan {
  let plan: unknown;
  try {
    plan = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return {
      kind: 'not-a-plan',
      wrong:
        'It is not JSON, nor what cdk diff, kubectl diff or helm diff prints. Make it with: terraform show -json PLAN > FILE',
    };
  }
  if (!isFields(plan) || typeof plan['format_version'] !== 'string')
    return {
      kind: 'not-a-plan',
      wrong: 'This is not a plan: "format_version" is missing. Make it with: terraform show -json PLAN > FILE',
    };
  const version = plan['format_version'];
  if (!/^[01]\.\d+$/.test(version))
    return { kind: 'not-a-plan', wrong: `Its format ${short(version)} is not known; the formats 0.1 to 1.x are.` };
  const changes = plan['resource_changes'];
  if (changes === undefined && plan['planned_values'] === undefined && plan['configuration'] === undefined) {
    return 'values' in plan || Object.keys(plan).every((key) => ['format_version', 'terraform_version'].includes(key))
      ? { kind: 'state', wrong: 'It is a state, not a plan, so it says nothing about what will change.' }
      : { kind: 'not-a-plan', wrong: 'This is not a plan: "resource_changes" is missing.' };
  }
  if (changes === undefined || changes === null) return { noticed: [] };
  if (!Array.isArray(changes)) return { kind: 'not-a-plan', wrong: 'Its "resource_changes" is not a list.' };
  const noticed: Noticed[] = [];
  for (const change of changes as readonly unknown[]) {
    const plannedChange = resourceChange(change);
    if (plannedChange === 'unreadable')
      return {
        kind: 'not-a-plan',
        wrong: 'One of its "resource_changes" has no address or no actions, so what it would do cannot be said.',
      };
    noticed.push(...plannedChange);
  }
  return { noticed };
}

function resourceChange(entry: unknown): readonly Noticed[] | 'unreadable' {
  if (!isFields(entry) || !isFields(entry['change']) || typeof entry['address'] !== 'string') return 'unreadable';
  const { actions } = entry['change'];
  if (!Array.isArray(actions) || !actions.every((action) => typeof action === 'string')) return 'unreadable';
  if (entry['mode'] === 'data') return [];
  const address = entry['address'];
  const deposed = typeof entry['deposed'] === 'string' ? ` (a former object of it, ${short(entry['deposed'])})` : '';
  const type = typeof entry['type'] === 'string' ? entry['type'] : typeIn(address);
  const data = holdsData(type);
  const say = (fact: Fact): Noticed => ({ ...fact, line: 1, side: 'new', address });
  const why = reasonOf(entry, entry['change']);
  const level = data ? 'critical' : 'medium';
  if (actions.includes('delete') && !actions.includes('create'))
    return [
      say(
        factOf(PLAN_DESTROYS, { address: short(address), deposed, how: data ? ', which holds data' : '', why }, level),
      ),
    ];
  if (actions.includes('create') && (actions.includes('delete') || actions.includes('forget'))) {
    const suffix = actions.includes('delete') ? '' : ' and leaves the old one to nobody';
    return [
      say(
        factOf(
          PLAN_REPLACES,
          { address: short(address), left: suffix, how: data ? '; it holds data' : '', why },
          level,
        ),
      ),
    ];
  }
  if (!actions.includes('update')) return [];
  return guardsLost(entry['change']).map(({ name, words }) =>
    say(factOf(guardFact(name), { address: short(address), words })),
  );
}

const guardFact = (name: string): Sentence =>
  guardOf(name) === 'on'
    ? 'destructive/tf-protection-off: The plan updates {address}: {words}.'
    : 'destructive/tf-no-final-copy: The plan updates {address}: {words}.';

/** Guards that an in-place update removes. */
function guardsLost({ before, after }: Fields): readonly { readonly name: string; readonly words: string }[] {
  if (!isFields(before) || !isFields(after)) return [];
  return Object.keys(after).flatMap((name) => {
    const guard = guardOf(name);
    if (guard === 'on' && before[name] === true && after[name] === false)
      return [{ name, words: `${name} is switched off` }];
    if (guard === 'off' && before[name] === false && after[name] === true)
      return [{ name, words: `${name} is switched on` }];
    if (guard === 'kept' && typeof before[name] === 'number' && before[name] > 0 && after[name] === 0)
      return [{ name, words: `${name} becomes 0` }];
    return [];
  });
}

const REASONS: Readonly<Record<string, string>> = {
  delete_because_count_index: 'its index is beyond count',
  delete_because_each_key: 'its key is not in for_each any more',
  delete_because_no_module: 'its module is not in the configuration any more',
  delete_because_no_move_target: 'what it was moved to is not in the configuration',
  delete_because_no_resource_config: 'it is not in the configuration any more',
  delete_because_wrong_repetition: 'count and for_each changed places',
  replace_because_tainted: 'it is tainted',
  replace_by_request: 'somebody asked for it with -replace',
  replace_by_triggers: 'something in its replace_triggered_by changes',
};

function reasonOf({ action_reason: reason }: Fields, { replace_paths: paths }: Fields): string {
  const known = typeof reason === 'string' && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (known !== undefined) return `: ${known}`;
  if (!Array.isArray(paths) || paths.length === 0) return '';
  const names = paths
    .slice(0, 3)
    .map((path: unknown) =>
      Array.isArray(path)
        ? short(path.filter((part) => typeof part === 'string' || typeof part === 'number').join('.'))
        : '',
    )
    .filter((name) => name !== '');
  return names.length === 0 ? '' : `: ${names.join(', ')} cannot be changed in place`;
}
