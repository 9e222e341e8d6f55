/**
 * Breaches: what an agent changed although the policy forbids it. A command's words can't show everything that it will
 * do, so its effects are checked afterwards.
 */
import { RecordFolder } from '../../../base/files';
import { fitting, hasShape, isAnything, isListOf, isNumber, isText, orNull, parsedAs } from '../../../base/shapes';

export interface Breach {
  readonly assistant: string;
  readonly session: string | null;
  /** The policy's tier by name. */
  readonly tier: string;
  /** Relative to the top of the work tree, with `/`. */
  readonly paths: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The key in a note's session that records it. */
export const BREACH_ATTRIBUTE = 'linekeeper.breach';

const PATHS_AT_MOST = 100;

const records = new RecordFolder<Breach>({
  folder: 'breaches',
  isRecord: hasShape({
    assistant: isText,
    session: orNull(isText),
    tier: isText,
    paths: isListOf(isText),
    at: isNumber,
  }),
  timeOf: ({ at }) => at,
});

/** Saves a breach. Throws a file system error. */
export const noteBreach = (gitDir: string, breach: Breach): void =>
  records.put(gitDir, { ...breach, paths: breach.paths.slice(0, PATHS_AT_MOST) });

/** Those of the last 30 days, oldest first. What can't be read is left out. */
export const breaches = (gitDir: string, now: number): readonly Breach[] => records.list(gitDir, now);

/** For the notes of commits: the attributes of a session with a breach; undefined for all others. */
export function breachesOf(
  gitDir: string,
  now: number,
): (assistant: string, session: string) => Readonly<Record<string, string>> | undefined {
  const known = breaches(gitDir, now);
  return (assistant, session) => {
    const mine = known.filter((one) => one.assistant === assistant && one.session === session);
    if (mine.length === 0) return undefined;
    const tiers = [...new Set(mine.map(({ tier }) => tier))].sort();
    return {
      [BREACH_ATTRIBUTE]: JSON.stringify(
        tiers.map((tier) => ({
          tier,
          paths: [...new Set(mine.flatMap((one) => (one.tier === tier ? one.paths : [])))].sort(),
        })),
      ),
    };
  };
}

const isNoted = hasShape({ tier: isText, paths: isAnything });

/** The breaches in a note; a note is from outside, so anything malformed is ignored. */
export function notedBreaches(text: string | undefined): readonly Pick<Breach, 'tier' | 'paths'>[] {
  const noted = parsedAs(text ?? '[]', isListOf(isAnything)) ?? [];
  return fitting(noted, isNoted).map(({ tier, paths }) => ({ tier, paths: fitting(paths, isText) }));
}
