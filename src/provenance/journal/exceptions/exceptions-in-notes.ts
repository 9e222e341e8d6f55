/** How a commit's note records that an agent worked under an exception: in the session's `custom_attributes`. */
import { exceptions } from './grant-and-end-exceptions';
import { fitting, hasShape, isAnything, isListOf, isText, isWhole, parsedAs } from '../../../base/shapes';

/** Not for people: a key of the note. */
export const EXCEPTION_ATTRIBUTE = 'linekeeper.exception';

/** A note's record of one exception. */
interface NotedException {
  readonly by: string;
  readonly reason: string;
  /** How long it lasted; null in notes of earlier versions. */
  readonly minutes: number | null;
  /** The tiers by name whose rule was lifted; empty when it was the policy as a whole. */
  readonly tiers: readonly string[];
}

/** The attributes of a session that worked under an exception; undefined for all others. */
export function exceptionsOf(
  gitDir: string,
  now: number,
): (assistant: string, session: string) => Readonly<Record<string, string>> | undefined {
  const used = exceptions(gitDir, now).filter(({ uses }) => uses.length > 0);
  return (assistant, session) => {
    const noted = used.flatMap(({ by, reason, from, until, uses }): NotedException[] => {
      const mine = uses.filter((use) => use.assistant === assistant && use.session === session);
      return mine.length === 0
        ? []
        : [
            {
              by,
              reason,
              minutes: Math.max(1, Math.round((until - from) / 60_000)),
              tiers: [...new Set(mine.flatMap(({ tier }) => tier ?? []))].sort(),
            },
          ];
    });
    return noted.length === 0 ? undefined : { [EXCEPTION_ATTRIBUTE]: JSON.stringify(noted) };
  };
}

/** Parses them from a note, which is from outside; empty for anything else. */
export function notedExceptions(text: string | undefined): readonly NotedException[] {
  const noted = parsedAs(text ?? '[]', isListOf(isAnything)) ?? [];
  return fitting(noted, isNoted).map(({ by, reason, minutes, tiers }) => ({
    by,
    reason,
    minutes: isWhole(minutes) && minutes > 0 && minutes < 10_000 ? minutes : null,
    tiers: fitting(tiers, isText),
  }));
}

const isNoted = hasShape({ by: isText, reason: isText, minutes: isAnything, tiers: isAnything });
