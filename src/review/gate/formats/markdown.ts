/** The verdict for a comment or a job summary. */
import { stillMissing } from '../../../policy/decision';
import { listIf, type RequirementResult, type TierDecision, code, prose } from '../../../policy';
import type { CheckResult } from '../check-question-and-result';
import { authors, iconOf, maySign, OVERRULED_TITLE, reasonsOf, sentence, verdictOf } from './verdict-words';
import type { Format } from './types';

export const markdown: Format = {
  id: 'markdown',
  render: (result) =>
    `${[...head(result), ...tiers(result), ...requirements('Other requirements', result.required), ...findings(result), ...overruled(result), ...switchedOff(result), ...refused(result), ...notices(result)].join('\n')}\n`,
};

const head = (result: CheckResult): readonly string[] => [
  `## ${iconOf(result)} ${verdictOf(result)}`,
  '',
  `Commits ${code(result.mergeBase.slice(0, 12))} to ${code(result.head.slice(0, 12))}, by the policy ${code(result.policy.source)}.`,
];

const FILES_AT_MOST = 10;

const tiers = ({ tiers: all, signers, why = {} }: CheckResult): readonly string[] =>
  all.flatMap((tier) => {
    const who = maySign(signers[tier.name], (names) => names.slice(0, FILES_AT_MOST).map(code).join(', '));
    return [
      ...requirements(tier.name, tier.required, tier, reasonsOf(why, tier.name)),
      ...(who === '' ? [] : ['', who]),
    ];
  });

function requirements(
  title: string,
  required: readonly RequirementResult[],
  tier?: TierDecision,
  reasons: readonly string[] = [],
): readonly string[] {
  if (required.length === 0 && tier === undefined) return [];
  const missing = new Set(stillMissing(required));
  const more = tier === undefined ? 0 : tier.files.length - FILES_AT_MOST;
  return [
    '',
    `### ${prose(title)}`,
    '',
    ...(tier === undefined
      ? []
      : [
          `${tier.files.slice(0, FILES_AT_MOST).map(code).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}: added ${authors(tier.added)}; removed ${authors(tier.removed)}.`,
          '',
          ...(reasons.length === 0 ? [] : [...reasons.map((reason) => `- ${prose(reason)}`), '']),
        ]),
    ...required.flatMap((requirement) =>
      requirement.satisfied
        ? `- [x] ${prose(requirement.why)}${requirement.by.length === 0 ? '' : ` Signed off by ${requirement.by.map(code).join(', ')}.`}`
        : missing.has(requirement)
          ? `- [ ] **${prose(sentence(requirement.missing))}** ${prose(requirement.why)}`
          : [],
    ),
  ];
}

function findings({ findings: all }: CheckResult): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    '### Findings',
    '',
    '| | where | rule | |',
    '|---|---|---|---|',
    ...all.map(
      ({ severity, path, line, rule, message }) =>
        `| ${severity} | ${code(`${path}:${String(line)}`)} | ${code(rule)} | ${prose(message)} |`,
    ),
  ];
}

function overruled({ overruled: all = [] }: CheckResult): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    `### ${OVERRULED_TITLE}`,
    '',
    ...all.map(
      ({ commit, tier, says }) =>
        `- ${commit === undefined ? '' : `${code(commit.slice(0, 12))}, `}${tier === null ? 'every tier' : `tier ${code(tier)}`}: ${prose(says)}`,
    ),
  ];
}

function switchedOff({ switchedOff: all }: CheckResult): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    '### Switched off by the policy',
    '',
    ...all.map(
      ({ path, line, rule, reason }) => `- ${code(rule)} at ${code(`${path}:${String(line)}`)}: ${prose(reason)}`,
    ),
  ];
}

function refused({ signOffs }: CheckResult): readonly string[] {
  const not = signOffs.filter((signOff) => !signOff.counts);
  return listIf(not.length > 0, [
    '',
    '### Approvals that do not count',
    '',
    ...not.map(({ by, tier, why }) => `- ${code(by)} for ${code(tier)}: ${prose(why)}`),
  ]);
}

const notices = ({ notices: all }: CheckResult): readonly string[] =>
  all.length === 0 ? [] : ['', ...all.map((notice) => `> ${prose(notice)}`)];
