/** What a tier requires beside approvals: checks of the forge, a plan, a bound on AI's lines, tests that run them. */
import { isTestPath } from '../../base/patterns';
import { listIf, countOf, isGenerated, list, quoted } from '..';
import type { ChangeFacts, ChangedFile, Policy, RequirementResult, Tier } from '../types';
import { countsAsAi } from './counts-as-ai';
import { NO_APPROVAL, groundsOf } from './judge-requirement';

interface Asked {
  readonly policy: Policy;
  readonly tier: Tier;
  /** The change's files in the tier. */
  readonly files: readonly ChangedFile[];
  /** AI's lines in them, with those that count as AI's. */
  readonly ai: number;
  readonly facts: ChangeFacts;
  readonly emergency: boolean;
}

/** One result for each thing that the tier requires. In an emergency they are met: a second person answers for it. */
export function requiredFacts(asked: Asked): readonly RequirementResult[] {
  const { requires } = asked.tier;
  if (requires === undefined) return [];
  const results = [
    ...requires.checks.map((name) => check(name, asked)),
    ...(requires.plan ? [plan(asked)] : []),
    ...(requires.aiLines === null ? [] : [aiLines(requires.aiLines, asked)]),
    ...(requires.tested ? [tested(asked)] : []),
  ];
  return asked.emergency
    ? results.map((requirement) =>
        requirement.satisfied
          ? requirement
          : {
              ...requirement,
              why: `${requirement.why} In an emergency that is left out.`,
              satisfied: true,
              missing: '',
            },
      )
    : results;
}

const result = (kind: RequirementResult['kind'], { name }: Tier, need: string, missing: string): RequirementResult => ({
  ...NO_APPROVAL,
  kind,
  ...groundsOf(`Changes in ${name}`, ` ${need}`, ''),
  satisfied: missing === '',
  missing,
});

function check(name: string, { tier, facts: { checks } }: Asked): RequirementResult {
  const need = `need the check ${quoted(name)} to be green at the head`;
  if (checks === undefined)
    return result(
      'checks',
      tier,
      need,
      `it is not known here whether the check ${quoted(name)} is green: "linekeeper ci" in a job asks the Git host`,
    );
  const state = Object.hasOwn(checks, name) ? checks[name] : undefined;
  switch (state) {
    case 'success':
      return result('checks', tier, need, '');
    case 'failure':
      return result('checks', tier, need, `the check ${quoted(name)} failed at the head: fix the cause, and push`);
    case 'pending':
      return result(
        'checks',
        tier,
        need,
        `the check ${quoted(name)} has not ended yet: run this again once it is green`,
      );
    case undefined:
      return result(
        'checks',
        tier,
        need,
        `the Git host knows no check ${quoted(name)} at the head: start it, or correct its name in the policy (requires.checks)`,
      );
  }
}

const plan = ({ tier, facts }: Asked): RequirementResult =>
  result(
    'plan',
    tier,
    'need a Terraform plan',
    facts.plan === true ? '' : 'a plan is missing: give it with --plan FILE (terraform show -json)',
  );

const aiLines = (most: number, { tier, ai }: Asked): RequirementResult =>
  result(
    'ai-lines',
    tier,
    `may have at most ${countOf(most, 'line')} by AI`,
    ai <= most
      ? ''
      : `${countOf(ai, 'line')} by AI in ${tier.name} ${ai === 1 ? 'is' : 'are'} more than the ${String(most)} that the policy lets one change have: split the change`,
  );

/** Files that tests can run. */
const CODE = /\.(?:[cm]?[jt]sx?|py|go|java|kt|kts|scala|rb|php|cs|rs|swift|dart|exs?|c|cc|cpp|vue|svelte)$/i;

function tested({ policy, tier, files, facts: { tested: report } }: Asked): RequirementResult {
  const need = "need a test that runs each line of AI's";
  const asked = files.filter(
    ({ path, from, ranges }) =>
      CODE.test(path) &&
      !isTestPath(path) && // tests themselves are in no report
      !isGenerated(policy, path, from) &&
      ranges.some(({ author }) => countsAsAi(policy, author)),
  );
  if (asked.length === 0) return result('tested', tier, need, '');
  if (report === undefined)
    return result(
      'tested',
      tier,
      need,
      'it is not known which lines tests run: give the report of the test run at the head with --coverage FILE (LCOV, Cobertura, JaCoCo or Go)',
    );
  const paths = new Set(asked.map(({ path }) => path));
  const untested = report.untested.filter(({ path }) => paths.has(path));
  const unmeasured = report.unmeasured.filter((path) => paths.has(path));
  const missing = [
    ...listIf(untested.length > 0, [
      `no test runs AI's lines in ${list(untested.map(({ path, lines }) => `${path} (${linesOf(lines)})`))}`,
    ]),
    ...(unmeasured.length === 0 ? [] : [`the report says nothing of ${list(unmeasured)}`]),
  ];
  return result(
    'tested',
    tier,
    need,
    missing.length === 0 ? '' : `${missing.join(', and ')}: add tests, and give their report with --coverage FILE`,
  );
}

const LINES_AT_MOST = 5;
const linesOf = (lines: readonly { readonly start: number; readonly end: number }[]): string =>
  `${lines
    .slice(0, LINES_AT_MOST)
    .map(({ start, end }) => (start === end ? String(start) : `${String(start)}-${String(end)}`))
    .join(', ')}${lines.length > LINES_AT_MOST ? ', …' : ''}`;
