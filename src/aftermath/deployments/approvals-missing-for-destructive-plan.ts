/** What a plan would destroy when it is applied with a deployment, and whose approval that still needs. */
import { findInRange } from '../../policy/findings';
import { checkRange, type Range } from '../../review/gate';
import { knownTeams, managedFloors } from '../../policy/load';
import { list, type ChangedFile } from '../../policy';
import type { DeployRequest } from './deployment-request';

/**
 * One sentence for each approval that is missing in the tiers that the plan's findings belong to; none where the plan
 * destroys nothing, or where it is an outage. Throws a GateError or a GitError.
 */
export async function missingForPlan(
  request: DeployRequest & { readonly plan: ChangedFile },
  range: Range,
): Promise<readonly string[]> {
  const { plan } = request;
  if (plan.findings.length === 0 || request.hasEmergency === true) return [];
  const { tiers } = await checkRange({
    repository: request.repository,
    base: range.base,
    head: request.ref,
    actor: request.actor,
    approvals: request.approvals,
    ...(request.signedFor === undefined ? {} : { signedFor: request.signedFor }),
    teams: knownTeams(request.repository, request.now),
    attributionOf: request.attributionOf,
    findingsOf: findInRange,
    floors: managedFloors(),
    policyAt: request.base,
    plan,
  });
  const says = list(plan.findings.map(({ message }) => message.replace(/\.$/, '')));
  return tiers
    .filter(({ files }) => files.includes(plan.path))
    .flatMap(({ name, required }) =>
      required
        .filter(({ kind, satisfied }) => (kind === 'any' || kind === 'ai') && !satisfied)
        .map(({ missing }) => `${name}: ${says}. For the plan ${missing}: approve the change, and give --approvals.`),
    );
}
