/** What a note says about a session besides its lines: that it worked under an exception, or in spite of the policy. */
import type { ChangeAttribution } from '../../authorship/types';
import { BREACH_ATTRIBUTE, breachesOf, notedBreaches } from '../../journal/breaches';
import { EXCEPTION_ATTRIBUTE, exceptionsOf, notedExceptions } from '../../journal/exceptions';
import type { AttributesOf, Note } from './format';

/** An agent did what the policy forbids agents. */
export interface PolicyOverride {
  /** The policy's tier by name; null when not given. */
  readonly tier: string | null;
  /** What happened, as a sentence for people. */
  readonly says: string;
  /** The exception under which it did so; left out where there was none. `minutes`: null where that is not recorded. */
  readonly exception?: { readonly by: string; readonly minutes: number | null; readonly reason: string };
}

/** The same for uncommitted work, as its note will have it. `now`: milliseconds since the epoch. */
export function overridesInWork(
  gitDir: string,
  change: Pick<ChangeAttribution, 'files'>,
  now: number,
): readonly PolicyOverride[] {
  const remarks = remarksOn(gitDir, now);
  const sessions = new Map<string, Readonly<Record<string, string>>>();
  for (const { ranges, removed, change: whole } of change.files) {
    for (const { assistant, session } of [...ranges, ...removed, ...(whole === null ? [] : [whole])]) {
      const attributes = assistant === null || session === null ? undefined : remarks(assistant, session);
      if (attributes) sessions.set(`${String(assistant)}:${String(session)}`, attributes);
    }
  }
  return [...sessions.values()].flatMap(overruledBy);
}

/** What a note says about agents that worked under an exception or in spite of the policy. */
export function overridesIn(note: Note | undefined): readonly PolicyOverride[] {
  return Object.values(note?.sessions ?? {}).flatMap(({ custom_attributes: attributes }) =>
    overruledBy(attributes ?? {}),
  );
}

function overruledBy(attributes: Readonly<Record<string, string>>): readonly PolicyOverride[] {
  const excepted = notedExceptions(attributes[EXCEPTION_ATTRIBUTE]).flatMap(
    ({ by, reason, minutes, tiers }): PolicyOverride[] => {
      const exception = { by: clean(by), minutes, reason: clean(reason) };
      const length = minutes === null ? '' : ` for ${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'}`;
      const says = `An agent worked under an exception by ${exception.by}${length} (${exception.reason}).`;
      return (tiers.length === 0 ? [null] : tiers.map(clean)).map((tier) => ({ tier, says, exception }));
    },
  );
  const breached = notedBreaches(attributes[BREACH_ATTRIBUTE]).map(({ tier, paths }): PolicyOverride => ({
    tier,
    says: `An agent's command changed ${clean(paths.slice(0, 3).join(', '))} in spite of the policy.`,
  }));
  return [...excepted, ...breached];
}

const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').slice(0, 200);

export function remarksOn(gitDir: string, now: number): AttributesOf {
  const [excepted, breached] = [exceptionsOf(gitDir, now), breachesOf(gitDir, now)];
  return (assistant, session) => {
    const attributes = { ...excepted(assistant, session), ...breached(assistant, session) };
    return Object.keys(attributes).length === 0 ? undefined : attributes;
  };
}
