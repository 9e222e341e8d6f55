/** The text of a first policy, with a comment on each rule that says why. */
import { CRITICAL_AREAS, GENERATED, patternsHere } from './critical-areas';
import { AGENT_RULES, type Policy, type Tier } from '../types';
import type { RepositoryFacts } from './read-repository-facts';

/** How much is required. Each is explained in the policy that it creates. */
export const PRESETS = ['startup', 'regulated', 'platform', 'colleagues'] as const;
type Preset = (typeof PRESETS)[number];
export const isPreset = (text: string): text is Preset => (PRESETS as readonly string[]).includes(text);

interface Rules {
  readonly says: string;
  readonly agents: readonly [rule: string, why: string];
  /** Lines under `review:` of the critical tier. */
  readonly critical: readonly string[];
  readonly standard: readonly string[];
}

const RULES: Readonly<Record<Preset, Rules>> = {
  startup: {
    says: 'startup: few people, little ceremony. A second pair of eyes where a mistake is costly, and nothing elsewhere but for large AI changes.',
    agents: ['deny-destructive', 'agents may work here, and may not destroy anything by themselves'],
    critical: [
      'any: { from: mid, approvals: 1 }          # whoever or whatever wrote it: one person who knows this',
      'ai:                                       # on top of that, where AI wrote lines',
      '  junior: { from: senior, approvals: 1 }',
      '  mid:    { from: senior, approvals: 1 }',
      '  senior: { from: mid, approvals: 1 }     # a senior too: nobody signs for oneself',
    ],
    standard: [
      'ai: { at-least: { lines: 50 }, junior: { from: mid, approvals: 1 } }  # from 50 AI lines on, for those who are new',
    ],
  },
  regulated: {
    says: 'regulated: four eyes on every change, two seniors where a mistake is costly, owners by CODEOWNERS. For audits.',
    agents: ['deny', 'agents propose changes here, and people make them'],
    critical: [
      'any: { from: senior, approvals: 1 }       # whoever or whatever wrote it',
      'ai:                                       # on top of that, where AI wrote lines',
      '  junior: { from: senior, approvals: 2 }',
      '  mid:    { from: senior, approvals: 2 }',
      '  senior: { from: senior, approvals: 1, code-owner: true }',
    ],
    standard: [
      'any: { from: mid, approvals: 1 }          # four eyes everywhere',
      'ai:',
      '  junior: { from: senior, approvals: 1 }',
      '  mid:    { from: senior, approvals: 1 }',
      '  senior: { from: mid, approvals: 1 }',
    ],
  },
  colleagues: {
    says: 'colleagues: no levels. Somebody else must look where a mistake is costly, and at large AI changes elsewhere.',
    agents: ['deny-destructive', 'agents may work here, and may not destroy anything by themselves'],
    critical: ['any: { approvals: 1 }                     # whoever or whatever wrote it: somebody else must look'],
    standard: ['ai: { at-least: { lines: 50 }, colleague: { approvals: 1 } }   # from 50 AI lines on'],
  },
  platform: {
    says: 'platform: many teams on common ground. Owners by CODEOWNERS sign where others build upon it; other places ask by the level of who changes them.',
    agents: ['deny-destructive', 'agents may work here, and may not destroy anything by themselves'],
    critical: [
      'any: { from: mid, approvals: 1, code-owner: true }   # an owner by CODEOWNERS, whoever or whatever wrote it',
      'ai:                                       # on top of that, where AI wrote lines',
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
  readonly policy: Policy;
  readonly mayLoosen: readonly string[];
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
    '# Who must look at which change before it ships, and what AI agents may do by themselves.',
    '# "linekeeper policy check" looks for mistakes in here; "linekeeper policy explain PATH" says what a file is asked for.',
    '# It decides once it is on the default branch.',
    `# Preset ${rules.says}`,
    'version: 1',
    mode === 'observe'
      ? 'mode: observe                  # first look on: everything is recorded and said, nothing is stopped. "linekeeper report" says what it would have required; then write: enforce'
      : 'mode: enforce                  # observe: everything is recorded and said, nothing is stopped',
    '',
    ...(floor === undefined ? [] : ["# The company's floor lies below: what it says is left out here."]),
    ...(levels !== undefined
      ? [`levels: ${listed(levels)}`]
      : listsPeople
        ? []
        : preset === 'colleagues'
          ? NO_LEVELS
          : peopleLines(seniors, from, others)),
    'unknown: ai                    # lines of unknown origin count as AI where a review is asked',
    ...(generated.length === 0
      ? []
      : [`generated: ${listed(generated)}  # left out of the line counts, still looked through for dangers`]),
    '',
    ...(floor === undefined || floor.tools.others === 'allow' ? TOOLS : []),
    'tiers:                         # highest risk first',
    '  - name: critical',
    ...(found.length === 0
      ? [
          '    paths: []                  # nothing of the usual kinds was found here: name what is dangerous, such as ["infra/**"]',
        ]
      : [
          '    paths:',
          ...found.flatMap(({ title, why, here }) => [
            `      # ${title}: ${why}`,
            ...here.map((pattern) => `      - ${JSON.stringify(pattern)}`),
          ]),
          ...(tierBelow('critical') !== undefined && isFixed('critical')
            ? []
            : ['      - "!**/*.md"               # text about it is not dangerous']),
        ]),
    '    detect: [destructive, permissions, secrets, checks, agents]   # what a change does counts wherever it lies',
    ...((tierBelow('critical')?.agents ?? AGENT_RULES[0]) === AGENT_RULES[0]
      ? [`    agents: ${rules.agents[0].padEnd(23)}# ${rules.agents[1]}`]
      : []),
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
  'tools:                         # what agents do with the tools of MCP servers; what these carry is judged in any case',
  '  others: ask                  # a tool that writes outside of this repository and is not named here: a person agrees first',
  '  allow: []                    # such as ["github__add_issue_comment"]; deny: ["postgres__*drop*"] closes one for good',
  '                               # "linekeeper policy explain SERVER__TOOL" says what holds; a tier may have its own lists',
  '',
];

/** Where there is no CODEOWNERS, nobody could give the sign-off of an owner. */
const withoutOwners = (line: string): string =>
  line.replace(/, code-owner: true \}( *#.*)?$/, ' }  # once there is a CODEOWNERS file, add code-owner: true');

/** One level, which everybody has. */
const NO_LEVELS: readonly string[] = [
  'levels: [colleague]            # one level: somebody else must look. Several have names of your own, the lowest first: [author, reviewer, owner]',
];

const peopleLines = (seniors: readonly string[], from: string, others: readonly string[]): readonly string[] => [
  'people:                        # commit e-mail, login of the Git host, or "@org/team"',
  `  senior: ${listed(seniors)}${seniors.length === 0 ? '  # name at least two before you enforce this: nobody signs their own changes' : `  # ${from}: look this through${seniors.length === 1 ? ', and name a second before you enforce it' : ''}`}`,
  '  mid: []',
  '  junior: []',
  ...(others.length === 0 ? [] : [`  # also at work here: ${others.map(plain).join(', ')}`]),
  'unlisted: junior               # the level of anybody not listed',
];

/** What a policy accepts as a person: an address may contain stranger things. */
const NAME = /^(?:[\w.+-]+@[\w.-]+|\w[\w.-]*|@[\w.-]+\/[\w.-]+)$/;

/** Whoever has signed off changes so far is the likeliest to continue. */
function seniorsOf(facts: RepositoryFacts): { readonly seniors: readonly string[]; readonly from: string } {
  const [owners, mergers, authors] = [facts.owners, facts.mergers, facts.authors].map((names) =>
    names.filter((name) => NAME.test(name)),
  ) as [string[], string[], string[]];
  if (owners.length > 0) return { seniors: owners.slice(0, 5), from: 'the owners in CODEOWNERS' };
  if (mergers.length > 0) return { seniors: mergers.slice(0, 3), from: 'who merged most so far' };
  return { seniors: authors.slice(0, 1), from: 'who committed most so far' };
}

const listed = (names: readonly string[]): string => `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
/** For a comment: nothing in it may end the line. */
const plain = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
