/**
 * The verdict as GitLab's code quality report (docs.gitlab.com/ci/testing/code_quality), which merge requests show at
 * the lines.
 */
import { createHash } from 'node:crypto';
import { jsonText, type Severity } from '../../../policy';
import type { CheckResult } from '../check-question-and-result';
import { sentence, unmetOf } from './verdict-words';
import type { Format } from './types';

export const gitlab: Format = { id: 'gitlab', render: (result) => jsonText(issuesOf(result)) };

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

function issuesOf(result: CheckResult): readonly unknown[] {
  const issues = [
    ...unmetOf(result).map(({ tier, requirement, path }) => ({
      rule: `review/${requirement.kind}`,
      severity: 'blocker',
      text: `${sentence(requirement.missing)} ${requirement.why}`,
      path,
      line: 1,
      key: tier ?? '',
    })),
    ...result.findings.map(({ rule, severity, message, path, line, side }) => ({
      rule,
      severity: SEVERITIES[severity],
      text: message,
      path,
      line: side === 'old' ? 1 : Math.max(1, line),
      key: `${side}${String(line)}`,
    })),
  ];
  const fingerprints = new Set<string>();
  return issues.map(({ rule, severity, text, path, line, key }) => {
    const fingerprint = unused(fingerprints, [rule, path, key, text].join('\0'));
    return {
      description: text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' '),
      check_name: rule,
      fingerprint,
      severity,
      location: { path: path.replace(/\p{Cc}/gu, '?'), lines: { begin: line } },
    };
  });
}

/** GitLab shows one issue for each fingerprint. */
function unused(known: Set<string>, key: string): string {
  for (let index = 0; ; index++) {
    const made = createHash('sha256')
      .update(`${key}\0${String(index)}`)
      .digest('hex');
    if (known.has(made)) continue;
    known.add(made);
    return made;
  }
}
