/**
 * The verdict in SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), which code-scanning views of forges and editors
 * read.
 */
import { version } from '../../../../package.json';
import { jsonText } from '../../../policy';
import type { CheckResult } from '../check-question-and-result';
import { loudness, sentence, unmetOf, verdictOf } from './verdict-words';
import type { Format } from './types';

export const sarif: Format = { id: 'sarif', render: (result) => jsonText(logOf(result)) };

interface Result {
  readonly ruleId: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
  readonly suppressions?: readonly unknown[];
}

function logOf(result: CheckResult): unknown {
  const results = [
    ...unmetOf(result).map(({ tier, requirement, path }) =>
      entry(
        `review/${requirement.kind}`,
        levelOf(result, 'error'),
        `${sentence(requirement.missing)} ${requirement.why}${tier === null ? '' : ` (tier ${tier})`}`,
        path,
        1,
      ),
    ),
    ...result.findings.map(({ rule, severity, message, path, line, side }) =>
      entry(rule, levelOf(result, loudness(severity)), message, path, side === 'old' ? 1 : line),
    ),
    ...result.switchedOff.map(suppressed),
  ];
  return {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'Linekeeper', version, rules: rulesOf(results) } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [verdictOf(result), ...result.notices].map((text) => ({
              level: 'note',
              message: { text },
            })),
          },
        ],
        results,
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
}

/** A code-scanning view fails a pull request for errors, which a policy that observes must not. */
const levelOf = ({ wouldBe }: CheckResult, level: Result['level']): Result['level'] =>
  wouldBe !== undefined && level === 'error' ? 'warning' : level;

const REVIEW_RULES: Readonly<Record<string, string>> = {
  'review/any': 'A sign-off that is asked for every change here is missing.',
  'review/ai': "A sign-off that is asked for AI's changes here is missing.",
  'review/assistant': 'An assistant was at work that the policy does not allow.',
};

const rulesOf = (results: readonly Result[]): readonly unknown[] =>
  [...new Set(results.map(({ ruleId }) => ruleId))]
    .sort()
    .map((id) => ({ id, shortDescription: { text: REVIEW_RULES[id] ?? id } }));

/** A result whose rule the policy switched off (SARIF 3.27.23). */
const suppressed = ({
  rule,
  severity,
  message,
  path,
  line,
  side,
  reason,
}: CheckResult['switchedOff'][number]): Result => ({
  ...entry(rule, loudness(severity), message, path, side === 'old' ? 1 : line),
  suppressions: [{ kind: 'external', justification: reason }],
});

function entry(ruleId: string, level: Result['level'], text: string, path: string, line: number): Result {
  return {
    ruleId,
    level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
          region: { startLine: Math.max(1, line) },
        },
      },
    ],
  };
}

/** A relative reference (RFC 3986): a first segment with a colon would be read as a scheme, but it is escaped. */
const uriOf = (path: string): string =>
  path
    .split('/')
    .map((part) => encodeURIComponent(Buffer.from(part).toString()))
    .join('/');
