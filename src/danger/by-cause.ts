/** Several notices of one rule with one cause are one: it stands where the worst is, and names the others. */
import type { Severity } from '../policy/types';
import { RULES, type Rule } from './rules';
import type { Noticed } from './types';

const WORST: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
const severityOf = ({ rule, severity }: Noticed): number => WORST.indexOf(severity ?? (RULES[rule] as Rule).severity);

/** At most this many are named. */
const NAMED = 40;

/** In the order of the first of each cause; those without a cause stay as they are. */
export function byCause(noticed: readonly Noticed[]): Noticed[] {
  const causes = new Map<string, Noticed[]>();
  for (const [index, one] of noticed.entries()) {
    const key = one.cause === undefined ? String(index) : `${one.rule} ${one.side} ${one.cause}`;
    causes.set(key, [...(causes.get(key) ?? []), one]);
  }
  return [...causes.values()].flatMap((all) => {
    const [worst, ...others] = withoutTwins(all).sort((one, other) => severityOf(one) - severityOf(other));
    return worst === undefined ? [] : [others.length === 0 ? worst : withOthers(worst, others)];
  });
}

/** What two readers of one file notice at the same place. */
const withoutTwins = (all: readonly Noticed[]): Noticed[] =>
  all.filter(
    ({ line, address }, index) =>
      !all.slice(0, index).some((other) => other.line === line && other.address === address),
  );

function withOthers(worst: Noticed, others: readonly Noticed[]): Noticed {
  const names = others.flatMap(({ address }) => address ?? []);
  const what =
    names.length === others.length ? list(names) : `line${others.length === 1 ? '' : 's'} ${list(linesOf(others))}`;
  return { ...worst, message: `${worst.message} The same goes for ${what}.` };
}

const linesOf = (all: readonly Noticed[]): string[] =>
  all
    .map(({ line }) => line)
    .sort((one, other) => one - other)
    .map(String);

function list(all: readonly string[]): string {
  const named = all.slice(0, NAMED);
  const more = all.length - named.length;
  const last = more > 0 ? `${String(more)} more` : named.pop();
  return named.length === 0 ? (last ?? '') : `${named.join(', ')} and ${last ?? ''}`;
}
