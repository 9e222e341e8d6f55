/** The decision on work that is not shared yet, by the policy that will judge it later. */
import type { ChangeAttribution, FileAttribution } from '../../provenance/authorship/types';
import { overridesInWork } from '../../provenance/commits';
import { type Repository } from '../../git';
import { decide, missingByFloors, withOpenIncidents, type DecisionInput } from '../decision';
import {
  listIf,
  BUILT_IN_POLICY,
  changedFileIn,
  identityOf,
  levelOf,
  list,
  tierOf,
  withoutSwitchedOff,
  withPlan,
  type ChangedFile,
  type Decision,
  type KnownLevel,
  type OpenIncident,
  type Policy,
  type SwitchedOff,
} from '..';
import { openIncidentsHere } from '../incidents';
import { knownTeams, loadPolicyAndPeople, type LoadedPolicy } from '../load';
import { findInWork } from '../findings';

export interface LocalDecision {
  readonly decision: Decision;
  readonly policy: LoadedPolicy;
  /** What blocks changes to some files. */
  readonly incidents: readonly OpenIncident[];
  /** The level of the person who commits here, as far as this machine knows. */
  readonly level: KnownLevel;
  /** Teams that may change the level but are unknown here, if a level affects this change. */
  readonly openTeams: readonly string[];
  /** The file's tier by name, or null. */
  readonly tierOfFile: (file: Pick<FileAttribution, 'path' | 'from'>) => string | null;
  /** What rules that the policy switches off would have found. */
  readonly switchedOff: readonly SwitchedOff[];
  /** What people must know about the policy itself, as sentences. */
  readonly notices: readonly string[];
}

/**
 * Decides as CI will, with no sign-offs yet. `plan`: what a plan would do. The content of a policy never makes it
 * throw; a git that can't be started throws a GitError.
 */
export async function decideLocally(
  repository: Repository,
  change: ChangeAttribution,
  plan?: ChangedFile,
): Promise<LocalDecision> {
  const loaded = await loadPolicyAndPeople(repository);
  const incidents = await openIncidentsHere(repository);
  const policy: LoadedPolicy =
    incidents.length === 0 ? loaded : { ...loaded, policy: withOpenIncidents(loaded.policy, incidents) };
  const person = identityOf(listsPeople(policy.policy) ? await repository.userEmail() : '');
  const level = levelOf(policy.policy, person, knownTeams(repository, Date.now()));
  const found = await findInWork(repository, change.files, policy.policy);
  const files = change.files.map((file) => changedFileIn(found, file));
  const planned = withoutSwitchedOff(policy.policy, plan?.findings ?? []);
  const all = plan === undefined ? files : withPlan(files, { ...plan, findings: planned.findings });
  const byPath = new Map(all.map((file) => [file.path, file]));
  const input: DecisionInput = {
    policy: policy.policy,
    files: all,
    incidents,
    level: level.level,
    approvals: {},
    overruled: overridesInWork(repository.gitDir, change, Date.now()),
    now: Date.now(),
    facts: { plan: plan !== undefined },
  };
  const decision = decide(input);
  const floored = loaded.enforced === undefined ? decision : decide({ ...input, policy: loaded.enforced });
  const openTeams = openTeamsOf(policy, decision, level);
  return {
    decision,
    policy,
    incidents,
    level,
    openTeams,
    tierOfFile: ({ path, from }) =>
      tierOf(policy.policy, byPath.get(path) ?? { path, from, findings: [] })?.tier.name ?? null,
    switchedOff: [...found.off, ...planned.off],
    notices: [...noticesOf(loaded), ...missingByFloors(decision, floored), ...levelNotice(openTeams), ...found.notices],
  };
}

/** Where it lists nobody, everybody has the same level. */
const listsPeople = ({ people }: Policy): boolean => Object.values(people).some((names) => names.length > 0);

function openTeamsOf({ policy }: LoadedPolicy, { tiers }: Decision, { unresolved }: KnownLevel): readonly string[] {
  const byLevel = new Set(policy.tiers.filter(({ ai }) => ai !== null).map(({ name }) => name));
  return tiers.some(({ name }) => byLevel.has(name)) ? unresolved : [];
}

const levelNotice = (teams: readonly string[]): readonly string[] =>
  listIf(teams.length > 0, [
    `Your level isn't known here, because the members of ${list(teams)} were never fetched from the Git host. Linekeeper assumes the lowest level. To fetch them: "linekeeper policy people --refresh".`,
  ]);

function noticesOf(policy: LoadedPolicy): string[] {
  const problem = policy.problems[0];
  const notices: string[] = [];
  if (problem) {
    notices.push(
      `${problem.file === undefined ? `${policy.source} has a mistake at line ${String(problem.line)}, column ${String(problem.column)}: ` : ''}${problem.message}. Until it is fixed, ${policy.policy === BUILT_IN_POLICY ? 'the built-in policy warns here' : "the company's floor and what can be read of the policy apply here"} and CI cannot pass. "linekeeper policy check" lists every mistake.`,
    );
  }
  if (policy.policy.mode === 'observe')
    notices.push(
      `${policy.source} only observes (mode: observe): what it would require is shown, and nothing is stopped.`,
    );
  if (policy.differsFromWorkingCopy)
    notices.push(
      `${policy.source} decides. The policy in your working copy differs: what this branch changes in it takes effect once merged.`,
    );
  return notices;
}
