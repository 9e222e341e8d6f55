/** `linekeeper policy show`. */
import {
  listIf,
  requirementText,
  countOf,
  levelsOf,
  peopleAt,
  jsonText,
  list,
  type Level,
  type NoRecorder,
  type Policy,
  type Tier,
  type ToolLists,
} from '../../policy';
import type { Origins } from '../../policy/file/parse';
import type { Call, ExitCode } from '../verb';
import { answeringVersion, decidingPolicy } from './effective-policy';

/** Prints the policy that applies here, with its defaults filled in. */
export async function showPolicy(call: Call): Promise<ExitCode> {
  const loaded = await decidingPolicy(call);
  const { policy, source, digest, differsFromWorkingCopy, origins } = loaded;
  if (call.json) call.terminal.out(jsonText({ source, digest, differsFromWorkingCopy, origins, policy }));
  else
    call.terminal.out(
      `${[
        `Policy      ${source}${digest === '' ? '' : ` (${digest})`}`,
        ...(await answeringVersion(call, loaded)).map((version) => `Read from   ${version}`),
        `Mode        ${policy.mode === 'observe' ? 'observe: everything is said, and the policy stops nothing' : 'enforce: what is missing stops a change'}`,
        ...overview(policy),
        ...policy.tiers.flatMap((tier) => tierLines(tier, origins)),
        ...ruleLines(policy),
        ...originLines(origins),
      ].join('\n')}\n`,
    );
  return 0;
}

function overview(policy: Policy): readonly string[] {
  const { preferred, allowed } = policy.assistants;
  const files = Object.values(policy.peopleFiles).flat();
  return [
    ...(policy.since === null ? [] : [`Since       ${policy.since}`]),
    `Assistants  ${allowed === null ? 'any' : list(allowed, 12) || 'none'}${preferred === null ? '' : `, preferably ${preferred}`}`,
    ...[...levelsOf(policy)]
      .reverse()
      .map((level: Level) => `${capital(level).padEnd(12)}${list(peopleAt(policy, level), 12) || 'nobody listed'}`),
    ...(files.length === 0 ? [] : [`And from    ${list(files, 12)}`]),
    `Unlisted    count as ${policy.unlisted}`,
    `Unknown     lines of unknown author count as ${COUNT_AS[policy.unknown]}; of commits without a recorder, as ${COUNT_AS[policy.noRecorder ?? policy.unknown]}`,
  ];
}

const COUNT_AS: Readonly<Record<NoRecorder, string>> = {
  ai: "AI's",
  human: "a person's",
  ask: "AI's until their author says otherwise (linekeeper declare --mine)",
};

function tierLines(tier: Tier, origins: Origins): readonly string[] {
  return [
    '',
    tier.name,
    `  paths       ${tier.paths.join('  ') || 'none'}`,
    ...(tier.detect.length === 0 ? [] : [`  detect      ${tier.detect.join(', ')}`]),
    ...(tier.blast === null
      ? []
      : [`  blast       AI's change of a file on which more than ${countOf(tier.blast.files, 'file')} depend`]),
    ...reviewLines(tier).map((line) => `  ${line}`),
    ...(tier.rollout === null
      ? []
      : [`  rollout     ${tier.rollout.stages.join(', ')}; at least ${tier.rollout.soak} in each before the next`]),
    ...(tier.toolLists === undefined ? [] : listLines(tier.toolLists).map((line) => `  ${line}`)),
    ...tierOrigins(tier, origins).map((from) => `  from        ${from}`),
  ];
}

/** Which files a tier's parts came from; one line when it is the same for all. */
function tierOrigins(tier: Tier, origins: Origins): readonly string[] {
  const { detect, any, ai, rollout, blast } = tier;
  const parts = {
    paths: true,
    detect: detect.length > 0,
    agents: true,
    any: any !== null,
    ai: ai !== null,
    rollout: rollout !== null,
    blast: blast !== null,
  };
  const known = Object.entries(parts).flatMap(([part, there]) =>
    there ? [[part, origins[`tiers.${tier.name}.${part}`]] as const] : [],
  );
  const files = new Set(known.map(([, file]) => file));
  if (files.has(undefined)) return [];
  return files.size === 1 ? [...files].map(String) : known.map(([part, file]) => `${String(file)} (${part})`);
}

/** Where the rest came from, if another file is extended. */
function originLines(origins: Origins): readonly string[] {
  const rest = Object.entries(origins).filter(([key]) => !key.startsWith('tiers.'));
  return rest.length === 0 ? [] : ['', ...rest.map(([key, file]) => `${key.padEnd(12)}from ${file}`)];
}

/** What a tier requires and what agents may do in it, one line each. */
export function reviewLines(tier: Tier): readonly string[] {
  const { any, ai } = tier;
  const byLevel =
    ai === null
      ? []
      : Object.entries(ai.byLevel).flatMap(([level, requirement]) =>
          requirement === undefined ? [] : [`  by level ${level.padEnd(7)} ${requirementText(requirement)}`],
        );
  const from =
    ai === null || ai.atLeastLines === 1
      ? "AI's lines"
      : `AI's lines, from ${String(ai.atLeastLines)} on or with a finding on them`;
  return [
    `any change  ${any === null ? 'nothing is asked' : requirementText(any)}`,
    ...(ai === null ? ["AI's lines  no further sign-off"] : [from, ...byLevel]),
    ...requiresLines(tier),
    `agents      ${AGENTS[tier.agents]}`,
  ];
}

/** What is required beside sign-offs. */
function requiresLines({ requires }: Tier): readonly string[] {
  if (requires === undefined) return [];
  const { checks, plan, aiLines, tested } = requires;
  const all = [
    ...(checks.length === 0 ? [] : [`green at the head: ${list(checks, 12)}`]),
    ...(plan ? ['a Terraform plan'] : []),
    ...(aiLines === null ? [] : [`at most ${countOf(aiLines, 'line')} by AI`]),
    ...(tested ? ["a test that runs each line of AI's"] : []),
  ];
  return all.length === 0 ? [] : [`requires    ${all.join('; ')}`];
}

const AGENTS: Readonly<Record<Tier['agents'], string>> = {
  allow: 'may change files here',
  ask: 'ask a person before they change files here',
  'deny-destructive': 'may change files here, but nothing destructive',
  deny: 'may not change files here',
};

/** Rules that the policy adds or switches off, and its environments. */
function ruleLines({ rules, rulesOff, environments, tools }: Policy): readonly string[] {
  return [
    ...listIf(rules.length > 0, [
      '',
      'Rules of your own',
      ...rules.map(({ rule, severity, message }) => `  ${rule} (${severity})  ${message}`),
    ]),
    ...listIf(rulesOff.length > 0, [
      '',
      'Rules switched off',
      ...rulesOff.map(
        ({ rule, paths, reason }) => `  ${rule} ${paths === null ? 'everywhere' : `in ${list(paths)}`}: ${reason}`,
      ),
    ]),
    ...listIf(environments.length > 0, [
      '',
      'Environments',
      ...environments.flatMap(({ name, agents, toolLists }) => [
        `  ${name}  agents ${IN_ENVIRONMENT[agents]}`,
        ...(toolLists === undefined ? [] : listLines(toolLists).map((line) => `  ${line}`)),
      ]),
    ]),
    ...toolLines(tools),
  ];
}

/** What agents may do with the tools of MCP servers. */
const listLines = ({ deny, ask, allow }: ToolLists): readonly string[] => [
  ...(deny.length === 0 ? [] : [`  no agent may call ${list(deny, 12)}`]),
  ...(ask.length === 0 ? [] : [`  a person is asked about ${list(ask, 12)}`]),
  ...(allow.length === 0 ? [] : [`  agents may call ${list(allow, 12)}`]),
];

function toolLines({ others, ...lists }: Policy['tools']): readonly string[] {
  const lines = [
    ...listLines(lists),
    ...(others === 'allow'
      ? []
      : [`  others that write outside of the repository: ${others === 'ask' ? 'a person is asked' : 'no agent may'}`]),
  ];
  return lines.length === 0 ? [] : ['', 'Tools', ...lines];
}

const IN_ENVIRONMENT: Readonly<Record<Tier['agents'], string>> = {
  allow: 'may run commands there',
  ask: 'ask a person before they run a command there that does not only read',
  'deny-destructive': 'may not run destructive commands there',
  deny: 'may only run commands there that read',
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
