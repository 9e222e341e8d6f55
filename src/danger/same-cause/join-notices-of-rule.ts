/** Several notices of one rule with one cause are one: it stands where the worst is, and names the others. */
import { SEVERITIES } from '../finding';
import { RULES, type Rule } from '../rules';
import type { Noticed, NoticedIn } from '../types';

const severityOf = ({ rule, severity }: Noticed): number =>
  SEVERITIES.indexOf(severity ?? (RULES[rule] as Rule).severity);

/** At most this many are named. */
const NAMED = 40;

/** In the order of the first of each cause; those without a cause stay as they are. */
export function byCause(noticed: readonly Noticed[]): Noticed[] {
  const causes = new Map<string, Noticed[]>();
  for (const [index, notice] of noticed.entries()) {
    const key = notice.cause === undefined ? String(index) : `${notice.rule} ${notice.side} ${notice.cause}`;
    causes.set(key, [...(causes.get(key) ?? []), notice]);
  }
  return [...causes.values()].flatMap((all) => {
    const [worst, ...others] = withoutTwins(all).sort((notice, other) => severityOf(notice) - severityOf(other));
    return worst === undefined ? [] : [others.length === 0 ? worst : withOthers(worst, others)];
  });
}

/** Those whose cause is the same across files, in the file of the worst of them. */
export function acrossFiles(all: readonly NoticedIn[]): readonly NoticedIn[] {
  const paths = new Map<string, NoticedIn>();
  const keyOf = (notice: NoticedIn): string => `${notice.rule} ${notice.side} ${notice.cause ?? ''}`;
  for (const notice of all) {
    const worst = paths.get(keyOf(notice));
    if (notice.across === true && (worst === undefined || severityOf(notice) < severityOf(worst)))
      paths.set(keyOf(notice), notice);
  }
  return all.map((notice) => {
    const path = notice.across === true ? (paths.get(keyOf(notice))?.path ?? notice.path) : notice.path;
    return path === notice.path ? notice : { ...notice, path, stands: { path: notice.path, line: notice.line } };
  });
}

/** What two readers of one file notice at the same place. */
const withoutTwins = (all: readonly Noticed[]): Noticed[] =>
  all.filter(
    ({ line, address, stands }, index) =>
      !all
        .slice(0, index)
        .some((other) => other.line === line && other.address === address && other.stands?.path === stands?.path),
  );

/** One that names the others, which have the same cause, or are more of its kind. */
export function withOthers<One extends Placed>(
  worst: One,
  others: readonly Placed[],
  words: 'The same goes for' | 'See also' = 'The same goes for',
): One & Pick<Noticed, 'alsoIn'> {
  const addresses = others.flatMap(({ address }) => address ?? []);
  const names = [...new Set(addresses)].filter((name) => name !== worst.address);
  const otherPlaces =
    addresses.length === others.length && names.length > 0
      ? list(names)
      : list([...linesOf(others), ...pathsOf(others)]);
  return {
    ...worst,
    message: `${worst.message} ${words} ${otherPlaces}.`,
    alsoIn: others.map(({ line, stands }) => stands ?? { line }),
  };
}

type Placed = Pick<Noticed, 'line' | 'message' | 'address' | 'stands'>;

const pathsOf = (others: readonly Placed[]): string[] => [
  ...new Set(others.flatMap(({ stands }) => stands?.path ?? [])),
];

/** As a list whose first entry has the word in front. */
function linesOf(all: readonly Placed[]): string[] {
  const lines = all
    .filter(({ stands }) => stands === undefined)
    .map(({ line }) => line)
    .sort((notice, other) => notice - other)
    .map(String);
  return lines.map((line, index) => (index > 0 ? line : `line${lines.length === 1 ? '' : 's'} ${line}`));
}

function list(all: readonly string[]): string {
  const named = all.slice(0, NAMED);
  const more = all.length - named.length;
  const last = more > 0 ? `${String(more)} more` : named.pop();
  return named.length === 0 ? (last ?? '') : `${named.join(', ')} and ${last ?? ''}`;
}
