/** A freeze: while an incident is open, changes to the files it covers need one more senior's sign-off. */
import { countOf, type HasLevels, highestLevel, isNamedBy, levelsOf, list, lowestLevel, quoted, signOffs } from '..';
import type {
  ChangedFile,
  CountedApproval,
  OpenIncident,
  Policy,
  Requirement,
  RequirementResult,
  Tier,
} from '../types';
import type { JudgeOf } from './judge-requirement';

/** The tier of files that an open incident covers and that are in no tier of the policy. */
const NAME = 'open-incident';

/** Whether a tier's name is that of such files. */
export const isOpenIncidentTier = (name: string): boolean => /^open-incident(?:-\d+)?$/.test(name);

/** The policy with a last tier for files that only open incidents cover: somebody must be able to sign them off. */
export function withOpenIncidents(policy: Policy, incidents: readonly OpenIncident[]): Policy {
  if (incidents.length === 0) return policy;
  const names = new Set(policy.tiers.map(({ name }) => name));
  let name = NAME;
  for (let n = 2; names.has(name); n++) name = `${NAME}-${String(n)}`;
  const tier: Tier = {
    name,
    // What one incident excludes, another may cover: `oneMoreSignOff` checks each by itself.
    paths: incidents.flatMap(({ paths }) => (paths ?? ['**']).filter((pattern) => !pattern.startsWith('!'))),
    detect: [],
    agents: 'allow',
    any: null,
    ai: null,
    rollout: null,
    blast: null,
  };
  return { ...policy, tiers: [...policy.tiers, tier] };
}

interface Asked {
  readonly incidents: readonly OpenIncident[];
  readonly files: readonly ChangedFile[];
  readonly approvals: readonly CountedApproval[];
  /** What the tier requires anyway. */
  readonly due: readonly RequirementResult[];
  readonly judge: JudgeOf;
  readonly policy: HasLevels;
}

/** One more senior's sign-off than a tier requires anyway; null where no open incident covers its files. */
export function oneMoreSignOff({ policy, incidents, files, approvals, due, judge }: Asked): RequirementResult | null {
  const hit = incidents
    .map((incident) => ({ incident, on: files.filter((file) => isNamedBy(incident.paths ?? ['**'], file)) }))
    .filter(({ on }) => on.length > 0);
  if (hit.length === 0) return null;
  const usual = due.filter(({ from }) => from !== null);
  const most = (results: readonly RequirementResult[]): number =>
    results.reduce((count, { approvals: each }) => Math.max(count, each), 0);
  const highest = highestLevel(policy);
  const seniors: Requirement = {
    from: highest,
    approvals: most(usual.filter(({ from }) => from === highest)) + 1,
    codeOwner: false,
  };
  const all: Requirement = {
    from: usual.some(({ from }) => from === lowestLevel(policy))
      ? lowestLevel(policy)
      : (levelsOf(policy)[1] ?? highest),
    approvals: most(usual) + 1,
    codeOwner: false,
  };
  const why = `${hit.map(({ incident, on }) => reason(incident, on)).join(' ')} This needs ${asks(highest, seniors.approvals, all.approvals)}.`;
  const on = [...new Set(hit.flatMap((one) => one.on))];
  const bySeniors = judge('any', seniors, { why }, on, approvals);
  const byAll = judge('any', all, { why }, on, approvals);
  const missing = !bySeniors.satisfied ? bySeniors.missing : byAll.missing;
  const ids = hit.map(({ incident }) => incident.id);
  return {
    ...bySeniors,
    satisfied: bySeniors.satisfied && byAll.satisfied,
    missing: missing === '' ? '' : `${missing}, because ${list(ids)} ${ids.length === 1 ? 'is' : 'are'} open`,
    incidents: ids,
  };
}

const asks = (highest: string, seniors: number, all: number): string => {
  if (all === 1) return signOffs(highest, 1);
  const isSenior = highest === 'senior';
  const by = isSenior ? 'by seniors' : `at level ${highest}`;
  const among = isSenior ? countOf(seniors, 'senior') : `${String(seniors)} at level ${highest}`;
  const singular = isSenior ? "one more senior's sign-off" : `one more sign-off at level ${highest}`;
  return `${singular} than usual: ${String(all)} in all, ${seniors === all ? by : `${among} among them`}`;
};

/** What is open, where, and how to close it. */
function reason({ id, title, file, wrong }: OpenIncident, on: readonly ChangedFile[]): string {
  const where = list(on.map(({ path }) => path));
  return wrong === null
    ? `${quoted(id)}${title === null ? '' : ` (${quoted(title)})`} is open on ${where} until ${quoted(file)} says "state: closed" on the base branch.`
    : `${quoted(file)} can't be read (${wrong}), so it counts as an incident that is open on ${where} until it is mended on the base branch.`;
}
