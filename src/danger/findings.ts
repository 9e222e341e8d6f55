/** From what packs notice to the findings that the other rooms use. */
import type { Finding } from '../policy/types';
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
          severity: one.severity ?? rule.severity,
          path,
          line: one.line,
          side: one.side,
          message: one.message,
          ...(one.address === undefined ? {} : { address: one.address }),
        },
      ];
    });
}
