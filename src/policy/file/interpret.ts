/**
 * From a policy file of the right shape to the policy: defaults filled in, and checks that a shape alone can't make.
 */
import { globProblem } from '../glob';
import { isTeam, keyOf } from '../identities-and-levels';
import type { PolicyShape, RequirementShape } from './schema';
import { Pattern, patternProblem } from '../regex';
import { suggestionFor } from '../suggest-word';
import {
  LEVELS,
  TOOL_LISTS,
  type Level,
  type Policy,
  type Requirement,
  type TeamRule,
  type Tier,
  type ToolLists,
} from '../types';
import { freezeEnd, freezeStart } from '../freeze-times';
import { hasNoFiles } from '../tier-and-role-of-file';
import { list, quoted } from '../counts-lists-and-names-in-sentences';
import { promptsOf, runsOf, unknownOf } from './interpret-unknown-prompts-and-runs';
import type { Path } from './read-yaml-with-positions';
import { itemIf, listIf } from '..';

/** A mistake at a path of the file. `ofKey` places it at the key rather than the value. */
export interface Mistake {
  readonly path: Path;
  readonly ofKey?: boolean;
  readonly message: string;
  readonly suggestion: string | null;
}

type TierShape = PolicyShape['tiers'][number];
type AiShape = NonNullable<NonNullable<TierShape['review']>['ai']>;
type Members = readonly string[] | { readonly from: string };
type People = Readonly<Record<Level, Members | undefined>>;

/** One file with every level. */
const isFrom = (people: PolicyShape['people']): people is { readonly from: string } =>
  'from' in people && typeof people.from === 'string';

/** The policy described by a file of the right shape. */
export function policyOf(shape: PolicyShape): Policy {
  const { people, trailers } = shape;
  const levels = shape.levels ?? LEVELS;
  const byLevel: People = isFrom(people) ? {} : people;
  const listed = (level: Level): readonly string[] => {
    const members = byLevel[level] ?? [];
    return 'from' in members ? [] : members;
  };
  const files = levels.flatMap((level) => {
    const members = byLevel[level] ?? [];
    return 'from' in members ? [[level, [members.from]] as const] : [];
  });
  return {
    version: 1,
    ...(shape.mode === 'observe' ? { mode: 'observe' } : {}),
    since: shape.since?.toLowerCase() ?? null,
    assistants: {
      preferred: shape.assistants.preferred ?? null,
      allowed: shape.assistants.allowed === 'any' ? null : shape.assistants.allowed,
    },
    ...(shape.levels === undefined ? {} : { levels: shape.levels }),
    people: Object.fromEntries(levels.map((level) => [level, listed(level)])),
    peopleFiles: isFrom(people) ? { all: [people.from] } : Object.fromEntries(files),
    aliases: shape.aliases,
    unlisted: shape.unlisted ?? levels[0],
    ...unknownOf(shape),
    generated: shape.generated,
    own: shape.own,
    bots: shape.bots,
    ...promptsOf(shape),
    ...runsOf(shape),
    trailers: {
      assistedBy: trailers['assisted-by'],
      lines: trailers.lines,
      risk: trailers.risk,
      session: trailers.session,
      ...(trailers.others === 'ours-only' ? { others: trailers.others } : {}),
    },
    ...(shape.serial === undefined ? {} : { serial: shape.serial }),
    ...(shape['policy-signers'].length === 0 ? {} : { policySigners: shape['policy-signers'] }),
    ...(shape['co-authors']['of-suggestions'] === 'may-sign' ? { suggestersMaySign: true } : {}),
    rules: shape.rules.map(({ id, class: kind, severity, paths, pattern, message, fix, ...rows }): TeamRule => ({
      rule: teamRuleId(kind, id),
      class: kind,
      severity,
      paths,
      pattern: pattern ?? null,
      message,
      fix: fix ?? null,
      ...rows,
    })),
    rulesOff: shape['rules-off'].map(({ rule, reason, paths }) => ({
      rule,
      reason: reason.trim(),
      paths: paths ?? null,
    })),
    environments: shape.environments.map(
      ({ name, when: { env, tools, ...when }, agents, credentials, tools: toolLists }) => ({
        name,
        when,
        env: env ?? {},
        tools: tools ?? [],
        agents,
        ...(credentials === undefined ? {} : { credentials }),
        ...(toolLists === undefined ? {} : { toolLists }),
      }),
    ),
    ...(shape.agents.may.length === 0 ? {} : { agentsMay: [...new Set(shape.agents.may)] }),
    tools: shape.tools,
    ...(shape.freeze.length === 0
      ? {}
      : { freeze: shape.freeze.map(({ reason, ...rest }) => ({ ...rest, reason: reason ?? null })) }),
    tiers: shape.tiers.map((tier) => tierOfShape(tier, levels)),
  };
}

/** How findings name a team's rule. */
const teamRuleId = (kind: string, id: string): string => `${kind}/team-${id}`;

function tierOfShape(tier: TierShape, levels: readonly Level[]): Tier {
  const { any, ai, requires } = tier.review ?? {};
  const byLevel = levels.flatMap((level) => {
    const requirement = levelOf(ai, level);
    return requirement === undefined ? [] : [[level, requirementOf(requirement, levels)] as const];
  });
  return {
    name: tier.name,
    paths: tier.paths,
    detect: tier.detect,
    agents: tier.agents,
    any: any === undefined ? null : requirementOf(any, levels),
    ai: ai === undefined ? null : { atLeastLines: ai['at-least']?.lines ?? 1, byLevel: Object.fromEntries(byLevel) },
    ...(requires === undefined
      ? {}
      : {
          requires: {
            checks: [...new Set(requires.checks)],
            plan: requires.plan,
            aiLines: requires['ai-lines']?.['at-most'] ?? null,
            tested: requires.tested === 'ai-lines',
          },
        }),
    rollout: tier.rollout ?? null,
    blast: tier.blast ?? null,
    ...(tier.tools === undefined ? {} : { toolLists: tier.tools }),
  };
}

/** What `review.ai` has for a level. */
const levelOf = (ai: AiShape | undefined, level: Level): RequirementShape | undefined =>
  (ai as Readonly<Record<string, RequirementShape | undefined>> | undefined)?.[level];

/** Where there is one level, it goes without saying. */
const requirementOf = (shape: RequirementShape, levels: readonly Level[]): Requirement => ({
  from: shape.from ?? levels[0] ?? 'junior',
  approvals: shape.approvals,
  codeOwner: shape['code-owner'],
  ...(shape.signed ? { signed: true } : {}),
});

/** What is wrong with a policy file whose shape is right. */
export function mistakesOf(shape: PolicyShape): readonly Mistake[] {
  return [
    ...ofLevels(shape),
    ...shape.tiers.flatMap((tier, index) => ofTier(tier, index, shape)),
    ...ofGlobs(shape.generated, ['generated']),
    ...ofGlobs(shape.own, ['own']),
    ...ofAssistants(shape),
    ...ofPeople(shape),
    ...ofAliases(shape),
    ...ofRules(shape),
    ...ofEnvironments(shape),
    ...ofTools(shape),
    ...ofFreezes(shape),
  ];
}

function ofLevels({ levels }: PolicyShape): readonly Mistake[] {
  return (levels ?? []).flatMap((level, index) => {
    const isTwice = levels?.indexOf(level) !== index;
    if (!isTwice && level !== 'from' && level !== 'all') return [];
    return [
      {
        path: ['levels', index],
        message: isTwice ? `the level ${level} is listed twice` : `a level can't be called ${level}, which is a key`,
        suggestion: 'give it another name',
      },
    ];
  });
}

export const noFilesIn = (tier: string, path: Path): Mistake => ({
  path,
  message: `the tier ${tier} has neither paths nor detect, so no file is ever in it`,
  suggestion: 'give it paths such as ["infra/prod/**"]',
});

function ofTier(tier: TierShape, index: number, shape: PolicyShape): readonly Mistake[] {
  const at: Path = ['tiers', index];
  const levels = shape.levels ?? LEVELS;
  const mistakes: Mistake[] = [...ofGlobs(tier.paths, [...at, 'paths'])];
  if (shape.tiers.findIndex((one) => one.name === tier.name) < index)
    mistakes.push({
      path: [...at, 'name'],
      message: `there is a tier named ${tier.name} already`,
      suggestion: 'put the patterns of both into one, or give this one another name',
    });
  // In a policy that extends others, they may say which files these are.
  if (shape.extends.length === 0 && hasNoFiles(tier)) mistakes.push(noFilesIn(tier.name, at));
  if (tier.paths.length > 0 && tier.paths.every((pattern) => pattern.startsWith('!')))
    mistakes.push({
      path: [...at, 'paths'],
      message: 'every pattern begins with !, so there is nothing to take files out of',
      suggestion: 'put a pattern without ! before them, such as "**"',
    });
  const ai = tier.review?.ai;
  if (ai !== undefined && levels.every((level) => levelOf(ai, level) === undefined))
    mistakes.push({
      path: [...at, 'review', 'ai'],
      ofKey: true,
      message: 'no level is listed, so nothing is required',
      suggestion: `list ${levels.slice(0, -1).join(', ')}${levels.length > 1 ? ' or ' : ''}${levels.at(-1) ?? ''}, as in ${levels[0]}: {from: ${levels.at(-1) ?? ''}}`,
    });
  const stages = tier.rollout?.stages ?? [];
  for (const [stage, name] of stages.entries())
    if (stages.indexOf(name) < stage)
      mistakes.push({
        path: [...at, 'rollout', 'stages', stage],
        message: `the stage ${name} is listed twice`,
        suggestion: null,
      });
  return mistakes;
}

function ofGlobs(globs: readonly string[], at: Path): readonly Mistake[] {
  return globs.flatMap((glob, index) => {
    const problem = globProblem(glob);
    return problem === undefined
      ? []
      : [{ path: [...at, index], message: `${quoted(glob)}: ${problem.message}`, suggestion: problem.suggestion }];
  });
}

function ofAssistants({ assistants: { preferred, allowed } }: PolicyShape): readonly Mistake[] {
  if (preferred === undefined || allowed === 'any' || allowed.includes(preferred)) return [];
  return [
    {
      path: ['assistants', 'preferred'],
      message: `${preferred} is preferred but not allowed`,
      suggestion:
        allowed.length === 0 ? 'add it to allowed' : `add it to allowed, or ${suggestionFor(preferred, allowed)}`,
    },
  ];
}

function ofPeople({ people, levels: ownLevels }: PolicyShape): readonly Mistake[] {
  const levels: readonly Level[] = ownLevels ?? LEVELS;
  if (isFrom(people)) return ofFile(people.from, ['people', 'from']);
  const seen = new Map<string, Level>();
  return [...levels].reverse().flatMap((level): readonly Mistake[] => {
    const members = people[level] ?? [];
    if ('from' in members) return ofFile(members.from, ['people', level, 'from']);
    return members.flatMap((name, index) => {
      const former = seen.get(keyOf(name));
      seen.set(keyOf(name), level);
      if (former === undefined || former === level) return [];
      return [
        {
          path: ['people', level, index],
          message: `${quoted(name)} is listed as ${former} and as ${level}`,
          suggestion: `keep one of them${isTeam(name) ? '' : '; whoever is listed by name has that level whatever their teams'}`,
        },
      ];
    });
  });
}

function ofFile(path: string, at: Path): readonly Mistake[] {
  if (/^(?:~|\.{1,2}(?:[\\/]|$))|[\\/]\.\.(?:[\\/]|$)/.test(path) || path.includes('://'))
    return [
      {
        path: at,
        message: `${quoted(path)}: the file is named relative to the repository's root, or by its absolute path`,
        suggestion: 'write it without ~, ./ and ../',
      },
    ];
  return [];
}

function ofAliases({ aliases }: PolicyShape): readonly Mistake[] {
  const owners = new Map<string, string>();
  return Object.entries(aliases).flatMap(([login, addresses]) =>
    [login, ...addresses].flatMap((name, index) => {
      const owner = owners.get(keyOf(name));
      owners.set(keyOf(name), login);
      if (owner === undefined || owner === login) return [];
      return [
        {
          path: index === 0 ? ['aliases', login] : ['aliases', login, index - 1],
          message: `${quoted(name)} belongs to ${list([owner, login])}`,
          suggestion: 'an address or login belongs to one person: keep it with one of them',
        },
      ];
    }),
  );
}

function ofRules({ rules, 'rules-off': off }: PolicyShape): readonly Mistake[] {
  const ownMistakes = rules.flatMap((rule, index): readonly Mistake[] => {
    const at: Path = ['rules', index];
    const problem = rule.pattern === undefined ? undefined : patternProblem(rule.pattern);
    const mistakes: Mistake[] = [...ofGlobs(rule.paths, [...at, 'paths'])];
    if (problem !== undefined)
      mistakes.push({
        path: [...at, 'pattern'],
        message: `the pattern can't be used: ${problem.message} (character ${String(problem.offset + 1)})`,
        suggestion: null,
      });
    if (rule.pattern === undefined && !rule.settings && !rule.commands && !rule.statements)
      mistakes.push({
        path: at,
        message: 'nothing says what this rule finds',
        suggestion: 'give it a pattern, settings, commands or statements',
      });
    if (problem === undefined && rule.pattern !== undefined && isEmptyMatch(rule.pattern))
      mistakes.push({
        path: [...at, 'pattern'],
        message: 'the pattern matches an empty text, so every added line would be a finding',
        suggestion: 'name what must stand in the line',
      });
    if (rules.findIndex((one) => one.id === rule.id && one.class === rule.class) < index)
      mistakes.push({
        path: [...at, 'id'],
        message: `there is a rule ${rule.id} of this class already`,
        suggestion: 'give it another id',
      });
    return mistakes;
  });
  const switched = off.flatMap((ruleOff, index): readonly Mistake[] => {
    const at: Path = ['rules-off', index];
    const isTwice =
      ruleOff.paths === undefined &&
      off.findIndex((other) => other.rule === ruleOff.rule && other.paths === undefined) < index;
    return [
      ...ofGlobs(ruleOff.paths ?? [], [...at, 'paths']),
      ...listIf(isTwice, [
        { path: [...at, 'rule'], message: `${ruleOff.rule} is switched off twice`, suggestion: 'keep one of them' },
      ]),
    ];
  });
  return [...ownMistakes, ...switched];
}

const isEmptyMatch = (pattern: string): boolean =>
  new Pattern(pattern).matches('', { steps: 100_000 }) === true &&
  new Pattern(pattern).matches('x', { steps: 100_000 }) === true;

/** A name without `__` fits no tool: its server comes first. */
function ofTools({ tools, environments, tiers }: PolicyShape): readonly Mistake[] {
  const all: readonly (readonly [Path, ToolLists | undefined])[] = [
    [['tools'], tools],
    ...environments.map((environment, index) => [['environments', index, 'tools'], environment.tools] as const),
    ...tiers.map((tier, index) => [['tiers', index, 'tools'], tier.tools] as const),
  ];
  const lists: readonly (readonly [Path, readonly string[]])[] = [
    ...all.flatMap(([at, one]) => TOOL_LISTS.map((key) => [[...at, key], one?.[key] ?? []] as const)),
    ...environments.map(({ when }, index) => [['environments', index, 'when', 'tools'], when.tools ?? []] as const),
  ];
  return lists.flatMap(([at, names]) =>
    names.flatMap((name, index) =>
      name.includes('__') || name === '*'
        ? []
        : [
            {
              path: [...at, index],
              message: `${quoted(name)} is no SERVER__TOOL, so it fits no tool`,
              suggestion: `write "*__${name}" for this tool of any server, or "${name}__*" for every tool of this server`,
            },
          ],
    ),
  );
}

function ofEnvironments({ environments }: PolicyShape): readonly Mistake[] {
  return environments.flatMap((environment, index): readonly Mistake[] => {
    const at: Path = ['environments', index];
    const isTwice = environments.findIndex(({ name }) => name === environment.name) < index;
    const isEmpty = Object.values(environment.when).every(
      (value) => value === undefined || Object.keys(value).length === 0,
    );
    return [
      ...itemIf(isTwice, {
        path: [...at, 'name'],
        message: `there is an environment named ${environment.name} already`,
        suggestion: 'put the conditions of both into one',
      }),
      ...itemIf(isEmpty, {
        path: [...at, 'when'],
        ofKey: true,
        message: `nothing shows that a command acts on ${environment.name}, so nothing is ever held back`,
        suggestion: 'name a context or profile, such as kube-context: ["prod*"]',
      }),
    ];
  });
}

function ofFreezes({ freeze, tiers, extends: extended }: PolicyShape): readonly Mistake[] {
  const names = tiers.map(({ name }) => name);
  return freeze.flatMap((period, index): readonly Mistake[] => {
    const at: Path = ['freeze', index];
    const dates = (['from', 'to'] as const).flatMap((key): readonly Mistake[] =>
      listIf(Number.isNaN(key === 'from' ? freezeStart(period) : freezeEnd(period)), [
        { path: [...at, key], message: `${quoted(period[key])} is no day of the calendar`, suggestion: null },
      ]),
    );
    // the tiers of a policy that this one extends are not known here
    const unknown = (extended.length > 0 ? [] : period.tiers).flatMap((name, place): readonly Mistake[] => {
      const message = `there is no tier ${quoted(name)}`;
      const path = [...at, 'tiers', place];
      return names.includes(name) ? [] : [{ path, message, suggestion: suggestionFor(name, names) }];
    });
    return [...dates, ...unknown];
  });
}
