/**
 * The decision: what the policy requires of a change, and whether the change has it. Editor, command line, CI and
 * deployments get that answer here and nowhere else. What an agent may do is answered by `guard`.
 */
import type { LineRange } from '../../provenance/authorship/types';
import {
  countOf,
  highestLevel,
  isAsStrict,
  isGenerated,
  list,
  quoted,
  requirementText,
  strictest,
  tierOf,
  tooManyDependents,
} from '..';
import type {
  ChangeFacts,
  ChangedFile,
  CountedApproval,
  Decision,
  Finding,
  Level,
  OpenIncident,
  OverruledPolicy,
  Policy,
  Requirement,
  RequirementResult,
  Tier,
  TierDecision,
} from '../types';
import { NO_APPROVAL, groundsOf, judged, judgedInEmergency, type JudgeOf } from './judge-requirement';
import { countsAsAi } from './counts-as-ai';
import { frozen } from './freeze-requirement';
import { oneMoreSignOff } from './incident-requirement';
import { requiredFacts } from './requirements-beside-approvals';

export interface DecisionInput {
  readonly policy: Policy;
  readonly files: readonly ChangedFile[];
  /** The lowest level of the change's opener and authors. */
  readonly level: Level;
  /** Approvals that passed the rules on who may sign, by the name of the tier they count for. */
  readonly approvals: Readonly<Record<string, readonly CountedApproval[]>>;
  /**
   * What the notes of the change's commits report about agents where the policy says `agents: deny`. Default: nothing.
   */
  readonly overruled?: readonly OverruledPolicy[];
  /**
   * Open incidents: changes to the files they cover need one more sign-off. `policy` must have been through
   * `withOpenIncidents`. Default: none.
   */
  readonly incidents?: readonly OpenIncident[] | undefined;
  /**
   * In an outage one sign-off at any level is enough (`second-person`), or none (`revert`). The gate's own files are
   * never exempt.
   */
  readonly emergency?: 'second-person' | 'revert' | undefined;
  /** When it is decided, in milliseconds since the epoch, for the policy's calendar. Default: it is not asked. */
  readonly now?: number | undefined;
  /** The change takes a commit back exactly. Default: it does not. */
  readonly isRevert?: boolean | undefined;
  /** What a tier may require beside approvals. Default: nothing is known. */
  readonly facts?: ChangeFacts | undefined;
}

/** Pure and total: the same input gives the same answer, and every input gives one. */
export function decide(input: DecisionInput): Decision {
  const { policy, level } = input;
  const placed = input.files.map((file) => ({ file, match: tierOf(policy, file) }));
  const tiers = policy.tiers
    .map((tier, rank) => ({ tier, files: placed.filter(({ match }) => match?.rank === rank).map(({ file }) => file) }))
    .filter(({ files }) => files.length > 0)
    .map(({ tier, files }) =>
      decideTier(
        input,
        tier,
        files,
        placed
          .filter(({ file, match }) => match?.tier === tier && match.reason.kind === 'own' && file.vouched !== true)
          .map(({ file }) => file),
      ),
    );
  const required = notAllowed(
    policy,
    placed.filter(({ match }) => match === null).map(({ file }) => file),
  );
  const findings = placed.flatMap(({ file, match }) =>
    file.findings.map((finding) => ({ ...finding, tier: match?.tier.name ?? null })),
  );
  const all = [...required, ...tiers.flatMap((tier) => tier.required)];
  return {
    verdict: all.every((one) => one.satisfied) ? 'pass' : 'fail',
    level,
    tiers,
    required,
    findings,
    ...(input.overruled?.length ? { overruled: input.overruled } : {}),
  };
}

/** AI's lines as this policy counts them: with unknown ones where it says so, without generated files. */
export function aiLines(
  policy: Policy,
  files: readonly ChangedFile[],
): { readonly ai: number; readonly unknown: number } {
  const counted = files.filter((file) => !isGenerated(policy, file.path, file.from));
  const sum = (author: 'ai' | 'unknown'): number =>
    counted.reduce(
      (count, file) =>
        count + file.added[author] + file.removed[author] + (file.change === author && !hasLines(file) ? 1 : 0),
      0,
    );
  return { ai: sum('ai'), unknown: policy.unknown === 'ai' ? sum('unknown') : 0 };
}

const hasLines = ({ ranges, removedRanges }: ChangedFile): boolean => ranges.length + removedRanges.length > 0;

function decideTier(
  input: DecisionInput,
  tier: Tier,
  files: readonly ChangedFile[],
  ownFiles: readonly ChangedFile[],
): TierDecision {
  const approvals = Object.hasOwn(input.approvals, tier.name) ? (input.approvals[tier.name] ?? []) : [];
  const required: RequirementResult[] = [];
  const asked = files.filter(({ vouched }) => vouched !== true);
  const { emergency } = input;
  const judge: JudgeOf = (...words) =>
    emergency === undefined ? judged(input.policy, ...words) : judgedInEmergency(emergency, input.policy, ...words);
  const raised = asked.flatMap((file) => {
    const dependents = tooManyDependents(input.policy, tier, file);
    return dependents === null ? [] : [{ path: file.path, dependents }];
  });
  const many = blastReason(tier, raised);
  if (tier.any !== null && asked.length > 0)
    required.push(
      judge(
        'any',
        tier.any,
        groundsOf(`Every change in ${tier.name}`, ` needs ${requirementText(tier.any)}`, many),
        asked,
        approvals,
      ),
    );
  const strictest = ownFiles.length === 0 ? null : strictestOf(input.policy);
  if (
    strictest !== null &&
    !(emergency === undefined && tier.any !== null && isAsStrict(input.policy, tier.any, strictest))
  )
    required.push(
      judged(
        input.policy,
        'any',
        strictest,
        groundsOf(
          `${list(ownFiles.map((file) => file.path))} ${ownFiles.length === 1 ? 'decides' : 'decide'} what is asked of everybody`,
          `: whoever changed ${ownFiles.length === 1 ? 'it, it needs' : 'them, they need'} ${requirementText(strictest)}, the most that any tier asks`,
          '',
        ),
        ownFiles,
        approvals,
      ),
    );
  const byAi = tier.ai?.byLevel[input.level];
  const due = tier.ai === null ? undefined : aiDue(input.policy, raised.length > 0 ? 1 : tier.ai.atLeastLines, asked);
  if (byAi !== undefined && due !== undefined)
    required.push(
      judge(
        'ai',
        byAi,
        groundsOf(`${due} in ${tier.name}`, `: this needs ${requirementText(byAi)}`, many),
        asked,
        approvals,
      ),
    );
  const overruled =
    tier.agents !== 'deny' ? [] : (input.overruled ?? []).filter((one) => one.tier === null || one.tier === tier.name);
  if (overruled.length > 0)
    required.push(
      judge(
        'ai',
        byHighest(input.policy),
        groundsOf(
          `${[...new Set(overruled.map(({ says }) => says))].join(' ')} Agents may not change ${tier.name}`,
          `: this needs ${requirementText(byHighest(input.policy))}`,
          '',
        ),
        files,
        approvals,
      ),
    );
  const blocked = oneMoreSignOff({
    policy: input.policy,
    incidents: input.incidents ?? [],
    files,
    approvals,
    due: required,
    judge,
  });
  if (blocked !== null) required.push(blocked);
  const { ai, unknown } = aiLines(input.policy, asked);
  required.push(
    ...requiredFacts({
      policy: input.policy,
      tier,
      files,
      ai: ai + unknown,
      facts: input.facts ?? {},
      emergency: emergency !== undefined,
    }),
    ...frozen({
      policy: input.policy,
      tier: tier.name,
      now: input.now,
      hasAi: aiDue(input.policy, 1, files) !== undefined,
      emergency: emergency !== undefined,
      isRevert: input.isRevert === true || emergency === 'revert',
    }),
  );
  required.push(...notAllowed(input.policy, asked));
  const counted = files.filter((file) => !isGenerated(input.policy, file.path, file.from));
  const sum = (side: 'added' | 'removed'): TierDecision['added'] => ({
    ai: counted.reduce((count, file) => count + file[side].ai, 0),
    human: counted.reduce((count, file) => count + file[side].human, 0),
    unknown: counted.reduce((count, file) => count + file[side].unknown, 0),
  });
  return {
    name: tier.name,
    files: files.map((file) => file.path),
    added: sum('added'),
    removed: sum('removed'),
    required,
    ...(raised.length === 0 ? {} : { raised }),
  };
}

/** Why a tier's `blast` requires a review, as a sentence that follows another; empty where it does not. */
function blastReason({ blast }: Tier, raised: NonNullable<TierDecision['raised']>): string {
  const [first, ...others] = [...raised].sort((one, other) => other.dependents - one.dependents);
  if (first === undefined || blast === null) return '';
  const more = others.length === 0 ? '' : `, and ${countOf(others.length, 'other changed file')} likewise`;
  return ` ${countOf(first.dependents, 'file depends', 'files depend')} on ${quoted(first.path)}, more than the ${String(blast.files)} that the policy lets pass (blast)${more}.`;
}

const byHighest = (policy: Policy): Requirement => ({ from: highestLevel(policy), approvals: 1, codeOwner: false });

/** The strictest requirement of any tier; null when no tier requires anything. */
function strictestOf(policy: Policy): Requirement | null {
  const all = policy.tiers.flatMap(({ any, ai }) => [
    ...(any === null ? [] : [any]),
    ...Object.values(ai?.byLevel ?? {}).filter((one) => one !== undefined),
  ]);
  return all.reduce<Requirement | null>(
    (most, requirement) => (most === null ? requirement : strictest(policy, requirement, most)),
    null,
  );
}

/** Why a review of AI's lines is due, as the start of a sentence; undefined when it is not. */
function aiDue(policy: Policy, atLeast: number, files: readonly ChangedFile[]): string | undefined {
  const { ai, unknown } = aiLines(policy, files);
  if (ai + unknown >= atLeast) {
    if (ai === 0) return `${countOf(unknown, 'line')} of unknown author (counted as AI)`;
    const also = unknown === 0 ? '' : ` and ${String(unknown)} of unknown author (counted as AI)`;
    return `${countOf(ai, 'line')} changed by AI${also}`;
  }
  const whole = files.find((file) => countsAsAi(policy, file.change) && !isGenerated(policy, file.path, file.from));
  if (whole !== undefined)
    return `${quoted(whole.path)}, which ${whole.change === 'ai' ? 'AI changed' : 'an unknown author changed'} and whose change can't be counted in lines,`;
  const unread = files.find(
    (file) =>
      file.unread === true &&
      !isGenerated(policy, file.path, file.from) &&
      [...file.ranges, ...file.removedRanges].some(({ author }) => countsAsAi(policy, author)),
  );
  if (unread !== undefined)
    return `${quoted(unread.path)}, which is too large to be looked at for dangers and not known to be a person's,`;
  for (const file of files) {
    const finding = [...file.findings, ...(file.shared ?? [])].find((one) => isOnAiLines(policy, file, one));
    if (finding !== undefined)
      return `${finding.rule} on lines ${policy.unknown === 'ai' ? "not known to be a person's" : 'by AI'}`;
  }
  return undefined;
}

/**
 * Whether AI or an unknown author wrote or removed the line of a finding. A finding at a line that did not change (the
 * header of a block, a resource of a plan) applies to the file's changes as a whole.
 */
function isOnAiLines(policy: Policy, file: ChangedFile, finding: Finding): boolean {
  const ranges = finding.side === 'old' ? file.removedRanges : file.ranges;
  const hit = ranges.find((range) => range.start <= finding.line && finding.line <= range.end);
  if (hit !== undefined) return countsAsAi(policy, hit.author);
  return (
    countsAsAi(policy, file.change) ||
    [...file.ranges, ...file.removedRanges].some((range: LineRange) => countsAsAi(policy, range.author))
  );
}

/**
 * One unmet requirement for each assistant involved that the policy does not allow, and one for changes that any
 * assistant may have made.
 */
function notAllowed(policy: Policy, files: readonly ChangedFile[]): readonly RequirementResult[] {
  const { allowed, preferred, from } = policy.assistants;
  if (allowed === null) return [];
  const rather =
    preferred !== null ? `use ${quoted(preferred)}` : allowed.length > 0 ? 'use one of them' : 'write it without one';
  const only = allowed.length === 0 ? 'no assistant' : `only ${list(allowed, 12)}`;
  const found = [...new Set(files.flatMap((file) => file.assistants))]
    .filter((assistant) => !allowed.includes(assistant))
    .sort();
  const named = found.map((assistant): RequirementResult => {
    const where = list(files.filter((file) => file.assistants.includes(assistant)).map((file) => file.path));
    const name =
      assistant === 'unknown-assistant'
        ? 'An assistant that could not be identified'
        : `The assistant ${quoted(assistant)}`;
    return {
      ...NO_APPROVAL,
      kind: 'assistant',
      ...groundsOf(`${name} changed ${where}`, `. The policy allows ${only}`, ''),
      satisfied: false,
      missing: `${name.charAt(0).toLowerCase()}${name.slice(1)} is not among the allowed assistants: ${rather}, or ask for it to be added to the list in ${from === undefined ? 'the policy (assistants.allowed)' : quoted(from)}`,
    };
  });
  const unknown = policy.unknown === 'ai' ? files.filter((file) => hasUnknown(policy, file)) : [];
  if (unknown.length === 0) return named;
  const where = list(unknown.map((file) => file.path));
  const why = `Nobody is known for changes in ${where}: any assistant may have made them, as this policy counts what is unknown as AI's (unknown: ai). It allows ${only}.`;
  return [
    ...named,
    {
      ...NO_APPROVAL,
      kind: 'assistant',
      why,
      satisfied: false,
      missing: `it is not known who or which assistant changed ${where}: fetch the notes if they are not here ("linekeeper notes fetch"), or let whoever knows say it ("linekeeper declare") before the commit`,
    },
  ];
}

const hasUnknown = (policy: Policy, file: ChangedFile): boolean =>
  (file.added.unknown + file.removed.unknown > 0 || file.change === 'unknown') &&
  !isGenerated(policy, file.path, file.from);
