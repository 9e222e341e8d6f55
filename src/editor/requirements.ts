/** Which of the open requirements are worth reporting. Pure. */
import type { Translate } from './attribution-messages';
import { stillMissing } from '../policy/decision';
import { list, type RequirementResult, requirementText, signersInShort, strengthOf } from '../policy';

export interface Needed {
  /** `a senior's sign-off`; or what is wrong, as part of a sentence. */
  readonly what: string;
  /** The same for a row: `a senior`. */
  readonly short: string;
  /** A person can give it. */
  readonly isSignOff: boolean;
  readonly required: RequirementResult;
}

/** Who must sign, in as few words as fit beside a label in the side bar; all of it is for the row's tooltip. */
export const inRow = (t: Translate, { short, isSignOff }: Needed): string =>
  isSignOff ? t('Needs {0}', short) : short;

const known = new WeakMap<readonly RequirementResult[], readonly Needed[]>();

/**
 * What is needed, the strictest first, without what a stronger needed sign-off covers. Called with the same list for
 * each of many files.
 */
export function neededOf(open: readonly RequirementResult[]): readonly Needed[] {
  const needed = known.get(open) ?? workedOut(open);
  known.set(open, needed);
  return needed;
}

function workedOut(open: readonly RequirementResult[]): readonly Needed[] {
  const needed = stillMissing(open).map((required): Needed => {
    const { from, incidents, missing } = required;
    if (from === null) return { required, isSignOff: false, what: missing, short: missing };
    const during =
      incidents === undefined ? '' : ` while ${list(incidents)} ${incidents.length === 1 ? 'is' : 'are'} open`;
    return {
      required,
      isSignOff: true,
      what: `${requirementText({ ...required, from })}${during}`,
      short: `${signersInShort({ ...required, from })}${during}`,
    };
  });
  const weight = ({ required }: Needed): number => strengthOf(required);
  return [...new Map(needed.sort((one, other) => weight(other) - weight(one)).map((one) => [one.what, one])).values()];
}
