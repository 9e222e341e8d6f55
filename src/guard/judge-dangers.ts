/** Whether the policy's tiers and environments let an agent make a command or change that rules found dangerous. */
import { nativePath, pathsLike } from '../base/platform';
import { BUILT_IN_SOURCE, tierOf, type AgentRule, type Finding, type FindingClass, type Severity } from '../policy';
import type { CommandDanger } from '../danger';
import type { Effect } from './effects-of-commands-and-tools';
import { ALLOW, shown, type GuardAnswer, type GuardInput } from './types';
import { FILES_OF_A_WORD, inTier, tierAt } from './judge-changed-paths';

export function byFinding({ policy, source }: GuardInput, finding: Finding): GuardAnswer {
  const match = tierOf(policy, { path: finding.path, from: null, findings: [finding] });
  if (match === null) return ALLOW;
  const verdict = verdictOn(match, finding);
  if (verdict === 'allow') return ALLOW;
  const sentence = `${finding.message} (${finding.rule}); it ${inTier(match, source)}`;
  return verdict === 'deny'
    ? {
        verdict,
        tier: match.tier.name,
        severity: finding.severity,
        reason: `${sentence}, where agents may not do this.`,
        instead: 'Say what you would do and why, and let a person do it.',
      }
    : {
        verdict,
        tier: match.tier.name,
        severity: finding.severity,
        reason: `${sentence}: a person must agree first.`,
        instead: 'Say what you would do and why, and let a person do it.',
      };
}

function verdictOn(
  { tier }: { readonly tier: { readonly agents: AgentRule } },
  finding: { readonly class: FindingClass; readonly severity: Severity },
): GuardAnswer['verdict'] {
  if (tier.agents !== 'deny-destructive') return tier.agents;
  if (finding.class === 'permissions') return 'ask';
  if (finding.class !== 'destructive') return 'allow';
  return { critical: 'deny', high: 'deny', medium: 'ask', low: 'allow' }[finding.severity] as GuardAnswer['verdict']; // the four severities
}

/**
 * A command has no path. What it names in the work tree is judged by the tier of that path; what it does to a cloud, a
 * cluster, a database or a disk is judged by the strictest of the tiers that detect its class, and by the tier of the
 * folder where it runs.
 */
export function byDanger(
  input: GuardInput,
  { danger, folders, instead, call }: Extract<Effect, { kind: 'danger' }>,
): GuardAnswer {
  const { policy, source } = input;
  if (policy.rulesOff.some(({ rule, paths }) => rule === danger.rule && paths === null)) return ALLOW;
  const detecting =
    danger.places === undefined ? policy.tiers.filter(({ detect }) => detect.includes(danger.class)) : [];
  const touched =
    danger.places === undefined
      ? folders.map((folder) => pathsLike(folder).join(folder, 'main'))
      : placesOf(input, danger);
  const tiers = new Set([...detecting, ...touched.flatMap((place) => tierAt(input, place) ?? [])]);
  let strictest: { readonly verdict: GuardAnswer['verdict']; readonly name: string } = { verdict: 'allow', name: '' };
  for (const tier of tiers) {
    const verdict = verdictOn(
      { tier: source === BUILT_IN_SOURCE ? { ...tier, agents: withoutPolicy(danger) } : tier },
      danger,
    );
    if (STRICTNESS[verdict] > STRICTNESS[strictest.verdict]) strictest = { verdict, name: tier.name };
  }
  if (strictest.verdict === 'allow') return ALLOW;
  const sentence = `${danger.message} (${danger.rule}).`;
  const about = {
    severity: danger.severity,
    ...(call ? { call } : {}),
    ...(danger.does === undefined ? {} : { does: danger.does }),
  };
  const where =
    source === BUILT_IN_SOURCE
      ? input.asWithout === undefined
        ? 'This repository has no policy yet'
        : `${input.asWithout}, so the guard answers as without a policy`
      : `The tier "${strictest.name}" of ${source} is about this`;
  return strictest.verdict === 'deny'
    ? {
        verdict: 'deny',
        tier: strictest.name,
        rule: danger.rule,
        ...about,
        reason: `${sentence} The tier "${strictest.name}" of ${source} does not let agents do this.`,
        instead,
      }
    : {
        verdict: 'ask',
        tier: strictest.name,
        rule: danger.rule,
        ...about,
        reason: `${sentence} ${where}: a person must agree first.`,
        instead,
      };
}

/** In an environment of the policy, its own rule applies, whatever the tiers say. */
export function byEnvironment(
  { source }: GuardInput,
  { on: { environment, because }, danger, shown: command, instead, call }: Extract<Effect, { kind: 'environment' }>,
): GuardAnswer {
  const { name, agents } = environment;
  const verdict = danger ? verdictOn({ tier: { agents } }, danger) : agents === 'deny-destructive' ? 'allow' : agents;
  if (verdict === 'allow') return ALLOW;
  const sentence = `${danger ? `${danger.message} (${danger.rule})` : `"${shown(command)}" does more than read`}, in the environment "${name}" of ${source} (${shown(because)})`;
  const rule = {
    ...(danger ? { rule: danger.rule, severity: danger.severity } : {}),
    ...(call ? { call } : {}),
    environment: name,
  };
  return verdict === 'deny'
    ? { verdict, tier: null, ...rule, reason: `${sentence}, where agents may not do this.`, instead }
    : { verdict, tier: null, ...rule, reason: `${sentence}: a person must agree first.`, instead };
}

const STRICTNESS: Readonly<Record<GuardAnswer['verdict'], number>> = { allow: 0, ask: 1, deny: 2 };

/** In a repository without a policy, a person is asked about destructive commands. */
const withoutPolicy = ({ class: dangerClass, severity }: CommandDanger): AgentRule =>
  dangerClass === 'destructive' && severity !== 'low' ? 'ask' : 'allow';

/** The files that a danger affects, if they exist. */
function placesOf({ files }: GuardInput, { places = [], existing }: CommandDanger): readonly string[] {
  return places.slice(0, FILES_OF_A_WORD).flatMap((place) => {
    const native = nativePath(place, place);
    const named = /[*?[]/.test(native) ? files.matching(native) : [native];
    if (existing) return named.filter((one) => files.text(one) !== undefined);
    return named.flatMap((one) => [one, ...files.below(one).slice(0, FILES_OF_A_WORD)]);
  });
}
