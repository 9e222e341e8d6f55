/** From what packs notice to the findings that the other rooms use. */
import type { Finding, Severity } from '../policy/types';
import { isExample, isTest, isVendored } from './paths';
import { classOf, RULES, type Rule } from './rules';
import type { Noticed } from './types';

/** One cause is one finding; in the order of the lines. */
export function findingsOf(path: string, noticed: readonly Noticed[]): readonly Finding[] {
  const seen = new Set<string>();
  return [...noticed]
    .sort((one, other) => one.line - other.line)
    .flatMap((one): Finding[] => {
      const key = `${one.rule} ${one.side} ${String(one.line)} ${one.address ?? ''}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const rule: Rule = RULES[one.rule];
      return [
        {
          rule: one.rule,
          class: classOf(one.rule),
          severity: severityAt(path, one.severity ?? rule.severity, classOf(one.rule)),
          path,
          line: one.line,
          side: one.side,
          message: one.message,
          ...(one.address === undefined ? {} : { address: one.address }),
        },
      ];
    });
}

const LOWER: Readonly<Record<Severity, Severity>> = { critical: 'medium', high: 'low', medium: 'low', low: 'low' };

/**
 * Examples, tests and what is vendored run against nothing that anybody misses. A secret is one wherever it lies, and
 * its rules look at such folders by themselves.
 */
const severityAt = (path: string, severity: Severity, kind: Finding['class']): Severity =>
  kind !== 'secrets' && (isExample(path) || isTest(path) || isVendored(path)) ? LOWER[severity] : severity;
