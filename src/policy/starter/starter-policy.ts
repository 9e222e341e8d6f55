/** The text of a first policy, with a comment on each key. */
import { CRITICAL_AREAS, GENERATED, patternsHere } from './critical-areas';
import { listIf, BUILT_IN_POLICY } from '..';
import type { Floor } from '../file/parse';
import { AGENT_RULES, type AgentRule, type Policy, type Tier } from '../types';
import type { RepositoryFacts } from './read-repository-facts';

/** How much is required. Each is explained in the policy that it creates. */
export const PRESETS = ['startup', 'regulated', 'platform', 'colleagues'] as const;
type Preset = (typeof PRESETS)[number];
export const isPreset = (text: string): text is Preset => (PRESETS as readonly string[]).includes(text);

interface Rules {
  readonly says: string;
  readonly agents: readonly [rule: AgentRule, why: string];
  /** Lines under `review:` of the critical tier. */
  readonly critical: readonly string[];
  readonly standard: readonly string[];
}

const RULES: Readonly<Record<Preset, Rules>> = {
  startup: {
    says: 'startup: sign-offs for risky files and for large AI changes.',
    agents: ['deny-destructive', 'agents may work here, and destroy nothing'],
    critical: [
      'any: { from: mid, approvals: 1 }          # for every change, by AI or by people',
      'ai:                                       # more for AI lines, by the level of the change',
      '  junior: { from: senior, approvals: 1 }',
      '  mid:    { from: senior, approvals: 1 }',
      '  senior: { from: mid, approvals: 1 }     # a senior needs another person, too',
    ],
    standard: [
      'ai: { at-least: { lines: 50 }, junior: { from: mid, approvals: 1 } }  # from 50 AI lines on, if a junior opened or wrote the change',
    ],
  },
  regulated: {
    says: 'regulated: for audits. Every change needs a sign-off. AI lines in risky files need up to two seniors, or a code owner.',
    agents: ['deny', 'agents may not change these files'],
    critical: [
      'any: { from: senior, approvals: 1 }       # for every change, by AI or by people',
      'ai:                                       # more for AI lines, by the level of the change',
      '  junior: { from: senior, approvals: 2 }',
      '  mid:    { from: senior, approvals: 2 }',
      '  senior: { from: senior, approvals: 1, code-owner: true }',
    ],
    standard: [
      'any: { from: mid, approvals: 1 }          # for every change, by AI or by people',
      'ai:',
      '  junior: { from: senior, approvals: 1 }',
      '  mid:    { from: senior, approvals: 1 }',
      '  senior: { from: mid, approvals: 1 }',
    ],
  },
  colleagues: {
    says: 'colleagues: any second person signs off risky files, and large AI changes elsewhere.',
    agents: ['deny-destructive', 'agents may work here, and destroy nothing'],
    critical: ['any: { approvals: 1 }                     # for every change, by AI or by people'],
    standard: ['ai: { at-least: { lines: 50 }, colleague: { approvals: 1 } }   # from 50 AI lines on'],
  },
  platform: {
    says: 'platform: code owners sign off risky files. Elsewhere, large AI changes need a senior, unless a senior made them.',
    agents: ['deny-destructive', 'agents may work here, and destroy nothing'],
    critical: [
      'any: { from: mid, approvals: 1, code-owner: true }   # a code owner signs every change, by AI or by people',
      'ai:                                       # more for AI lines, by the level of the change',
      '  junior: { from: senior, approvals: 1 }',
      '  mid:    { from: senior, approvals: 1 }',
      '  senior: { from: senior, approvals: 1, code-owner: true }',
    ],
    standard: [
      'ai: { at-least: { lines: 20 }, junior: { from: senior, approvals: 1 }, mid: { from: senior, approvals: 1 } }',
    ],
  },
};

/** What lies below the policy, and which of its keys a repository may loosen. */
interface StarterFloor {
  /** What the machine's own floor says of agents in the critical tier; left out: nothing that holds here. */
  readonly agentsHere?: AgentRule;
  readonly policy: Policy;
  readonly mayLoosen: readonly string[];
}

/** What floors come to for a first policy; undefined without one, or where one is broken. `managed`: those of this machine. */
export async function starterFloor(floors: readonly Floor[], managed = floors): Promise<StarterFloor | undefined> {
  const { parseFloors } = await import('../file/parse');
  const flooredBy = (some: readonly Floor[]) => {
    const floored = parseFloors(some, { ...BUILT_IN_POLICY, tiers: [] });
    return floored !== undefined && 'policy' in floored ? floored : undefined;
  };
  const here = flooredBy(managed)?.policy.tiers.find(({ name }) => name === 'critical')?.agents;
  const floor = flooredBy(floors);
  return floor && { ...floor, ...(here === undefined ? {} : { agentsHere: here }) };
}

/** The line on what agents may do; none where the floor of the machine holds them back. A floor of a job does not. */
function agentsLines(
  [rule, why]: Rules['agents'],
  below: AgentRule = 'allow',
  here: AgentRule = 'allow',
): readonly string[] {
  if (here !== 'allow') return [];
  const isStricter = AGENT_RULES.indexOf(below) > AGENT_RULES.indexOf(rule);
  return [
    `    agents: ${isStricter ? `${below.padEnd(23)}# as your company's floor says` : `${rule.padEnd(23)}# ${why}`}`,
  ];
}

/**
 * Always a valid policy, whatever the repository contains. Names from the repository are quoted, one each. Where the
 * floor says something, the policy says nothing.
 */
export function starterPolicy(
  facts: RepositoryFacts,
  preset: Preset = 'startup',
  asked: 'observe' | 'enforce' = 'observe',
  below?: StarterFloor,
): string {
  const floor = below?.policy;
  const isFixed = (key: string): boolean => below?.mayLoosen.includes(key) === false;
  const levels = floor?.levels;
  const rules = levels === undefined ? RULES[preset] : { ...RULES.colleagues, standard: [] };
  const mode = floor?.mode !== 'observe' && isFixed('mode') ? 'enforce' : asked;
  const tierBelow = (tier: string): Tier | undefined => floor?.tiers.find(({ name }) => name === tier);
  const reviewOf = (tier: string, review: readonly string[]): readonly string[] => {
    const { any = null, ai = null } = tierBelow(tier) ?? {};
    const rest = review.filter((line) => (line.startsWith('any:') ? any : ai) === null);
    return rest.length === 0 ? [] : ['    review:', ...rest.map((line) => `      ${line}`)];
  };
  const listsPeople =
    floor !== undefined && [...Object.values(floor.people), ...Object.values(floor.peopleFiles)].flat().length > 0;
  const { seniors, from } = seniorsOf(facts);
  const others = facts.authors
    .filter((email) => !seniors.some((senior) => senior.toLowerCase() === email.toLowerCase()))
    .slice(0, 3);
  const found = CRITICAL_AREAS.flatMap((area) => {
    const patterns = patternsHere(area.patterns, facts.paths);
    return patterns.length === 0 ? [] : [{ ...area, here: patterns }];
  });
  const hasOwners = facts.owners.length > 0;
  const generated = isFixed('generated') ? [] : patternsHere(GENERATED, facts.paths);
  const lines = [
    '# Which changes need a sign-off, and what AI agents may do.',
    '# To find mistakes: linekeeper policy check. To see the sign-offs of a file: linekeeper policy explain PATH',
    '# This policy applies as soon as it is on the default branch.',
    levels === undefined
      ? `# Preset ${rules.says}`
      : "# It has the levels of your company's floor. Add what each tier needs beyond the floor.",
    'version: 1',
    mode === 'observe'
      ? 'mode: observe                  # reports the missing sign-offs, and blocks no merge. To require them, write enforce'
      : 'mode: enforce                  # requires the sign-offs. With observe, Linekeeper reports them, and blocks no merge',
    '',
    ...listIf(floor !== undefined, [
      "# Your company's floor applies, too. This file leaves out the keys that the floor sets.",
    ]),
    ...(levels !== undefined
      ? [`levels: ${listed(levels)}`]
      : listsPeople
        ? []
        : preset === 'colleagues'
          ? NO_LEVELS
          : peopleLines(seniors, from, others)),
    'unknown: ai                    # lines of unknown author count as AI lines',
    ...listIf(generated.length > 0, [
      `generated: ${listed(generated)}  # their lines do not count. Danger rules still read them`,
    ]),
    '',
    ...(floor === undefined || floor.tools.others === 'allow' ? TOOLS : []),
    'tiers:                         # highest risk first',
    '  - name: critical',
    ...(found.length === 0
      ? ['    paths: []                  # no risky files were found. Name yours, such as ["infra/**"]']
      : [
          '    paths:',
          ...found.flatMap(({ title, why, here }) => [
            `      # ${title}: ${why}`,
            ...here.map((pattern) => `      - ${JSON.stringify(pattern)}`),
          ]),
          ...(tierBelow('critical') !== undefined && isFixed('critical')
            ? []
            : ['      - "!**/*.md"               # except documents']),
        ]),
    '    detect: [destructive, permissions, secrets, checks, agents]   # also every file in which a change is dangerous in one of these ways',
    ...agentsLines(rules.agents, tierBelow('critical')?.agents, below?.agentsHere),
    ...reviewOf(
      'critical',
      rules.critical.map((line) => (hasOwners ? line : withoutOwners(line))),
    ),
    '  - name: standard',
    '    paths: ["**"]',
    ...reviewOf('standard', rules.standard),
  ];
  return `${lines.join('\n')}\n`;
}

const TOOLS: readonly string[] = [
  'tools:                         # the tools of MCP servers. Linekeeper also checks their input',
  '  others: ask                  # a person must agree to a tool that is in no list and seems to write outside of the repository',
  '  allow: []                    # tools that agents may call, such as ["github__add_issue_comment"]. To forbid some: deny: ["postgres__*drop*"]',
  '                               # To see the answer for a tool: linekeeper policy explain SERVER__TOOL',
  '',
];

/** Where there is no CODEOWNERS, nobody could give the sign-off of an owner. */
const withoutOwners = (line: string): string =>
  line.replace(/, code-owner: true \}( *#.*)?$/, ' }  # if you add a CODEOWNERS file, add code-owner: true');

/** One level, which everybody has. */
const NO_LEVELS: readonly string[] = [
  'levels: [colleague]            # one level: any second person may sign off. For more levels, name them, the lowest first: [author, reviewer, owner]',
];

const peopleLines = (seniors: readonly string[], from: string, others: readonly string[]): readonly string[] => [
  'people:                        # commit e-mail, login on the Git host, or "@org/team"',
  `  senior: ${listed(seniors)}${seniors.length === 0 ? '  # name at least two before you enforce: nobody may sign off their own change' : `  # a guess: ${from}.${seniors.length === 1 ? ' Name a second before you enforce' : ' Correct it'}`}`,
  '  mid: []',
  '  junior: []',
  ...(others.length === 0 ? [] : [`  # other authors of commits: ${others.map(plain).join(', ')}`]),
  'unlisted: junior               # the level of everybody else',
];

/** What a policy accepts as a person: an address may contain stranger things. */
const NAME = /^(?:[\w.+-]+@[\w.-]+|\w[\w.-]*|@[\w.-]+\/[\w.-]+)$/;

/** A guess: the code owners, else the people who merged most. */
function seniorsOf(facts: RepositoryFacts): { readonly seniors: readonly string[]; readonly from: string } {
  const [owners, mergers, authors] = [facts.owners, facts.mergers, facts.authors].map((names) =>
    names.filter((name) => NAME.test(name)),
  ) as [string[], string[], string[]];
  if (owners.length > 0) return { seniors: owners.slice(0, 5), from: 'the owners in CODEOWNERS' };
  if (mergers.length > 0) return { seniors: mergers.slice(0, 3), from: 'the people with the most merges' };
  return { seniors: authors.slice(0, 1), from: 'the person with the most commits' };
}

const listed = (names: readonly string[]): string => `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
/** For a comment: nothing in it may end the line. */
const plain = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
