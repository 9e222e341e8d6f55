/** The verdict for people. */
import { stillMissing } from '../../../policy/decision';
import { listIf, countOf, list, quoted, type RequirementResult, type TierDecision } from '../../../policy';
import type { CheckResult } from '../check-question-and-result';
import { authors, maySign, OVERRULED_TITLE, reasonsOf, sentence, verdictOf } from './verdict-words';
import type { Format } from './types';

export const text: Format = {
  id: 'text',
  render: (result) =>
    `${[...head(result), ...result.tiers.flatMap((tier) => tierLines(tier, result)), ...requirements(result.required), ...findings(result), ...overruled(result), ...dependencies(result), ...switchedOff(result), ...blast(result), ...refused(result), ...notices(result)].join('\n')}\n`,
};

const head = (result: CheckResult): readonly string[] => [
  // Before the result, which holds only under it.
  ...(result.assumed === undefined ? [] : [result.assumed, '']),
  verdictOf(result),
  `${countOf(result.commits.length, 'commit')}, ${result.mergeBase.slice(0, 12)}..${result.head.slice(0, 12)}, by the policy ${quoted(result.policy.source)}`,
];

function tierLines(tier: TierDecision, { signers, why = {} }: CheckResult): readonly string[] {
  const who = maySign(signers[tier.name], (names) => list(names, 5));
  return [
    '',
    `${tier.name}: ${list(tier.files, 5)}`,
    `  added ${authors(tier.added)}; removed ${authors(tier.removed)}`,
    ...reasonsOf(why, tier.name).map((reason) => `  ${reason}`),
    ...requirements(tier.required).map((line) => `  ${line}`),
    ...(who === '' ? [] : [`           ${who}`]),
  ];
}

function requirements(required: readonly RequirementResult[]): readonly string[] {
  const missing = new Set(stillMissing(required));
  return required.flatMap((requirement) =>
    requirement.satisfied
      ? [`ok       ${requirement.why}${requirement.by.length === 0 ? '' : ` Signed off by ${list(requirement.by)}.`}`]
      : listIf(missing.has(requirement), [`missing  ${sentence(requirement.missing)}`, `         ${requirement.why}`]),
  );
}

function findings({ findings: all }: CheckResult): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    'Findings',
    ...all.map(
      (finding) =>
        `  ${finding.severity.padEnd(8)} ${quoted(finding.path)}:${String(finding.line)}  ${finding.rule}  ${quoted(finding.message)}`,
    ),
  ];
}

/** Whoever answers for the change must see who lifted the policy, also where that requires nothing. */
function overruled({ overruled: all = [] }: CheckResult): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    OVERRULED_TITLE,
    ...all.map(
      ({ commit, tier, says }) =>
        `  ${commit?.slice(0, 10) ?? 'not committed'}  ${quoted(tier ?? 'every tier')}  ${says}`,
    ),
  ];
}

const MOST_DEPENDENCIES = 20;

/** Each of them brings code that nobody here has read. */
function dependencies({ dependencies: all }: CheckResult): readonly string[] {
  if (all.length === 0) return [];
  const rest = all.length - MOST_DEPENDENCIES;
  return [
    '',
    'New dependencies',
    ...all
      .slice(0, MOST_DEPENDENCIES)
      .map(
        ({ name, version, path, line, author }) =>
          `  ${quoted(path)}:${String(line)}  ${quoted(name)}${version === null ? '' : ` ${quoted(version)}`}  ${WHO[author]}`,
      ),
    ...(rest > 0 ? [`  and ${String(rest)} more: --json lists them`] : []),
  ];
}
const WHO = { ai: 'by AI', human: 'by a person', unknown: 'of unknown author' } as const;

/** The dependents, with the evidence. */
const blast = ({ blastLines: all = [] }: CheckResult): readonly string[] => (all.length === 0 ? [] : ['', ...all]);

/** What the policy switched off must stay visible. */
function switchedOff({ switchedOff: all }: CheckResult): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    'Switched off by the policy (rules-off)',
    ...all.map(
      (rule) =>
        `  ${rule.severity.padEnd(8)} ${quoted(rule.path)}:${String(rule.line)}  ${rule.rule}  ${quoted(rule.message)}  Reason: ${quoted(rule.reason)}`,
    ),
  ];
}

/** Approvals that do not count: their authors should not have to guess why. */
function refused({ signOffs }: CheckResult): readonly string[] {
  const not = signOffs.filter((signOff) => !signOff.counts);
  return listIf(not.length > 0, [
    '',
    'Approvals that do not count',
    ...not.map((one) => `  ${quoted(one.by)} for ${one.tier}: ${one.why}`),
  ]);
}

function notices({ notices: all, assumed }: CheckResult): readonly string[] {
  const others = all.filter((notice) => notice !== assumed);
  return others.length === 0 ? [] : ['', ...others.map((notice) => notice.replace(/\s*[\r\n]\s*/g, ' '))];
}
