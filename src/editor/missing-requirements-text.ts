/** Which of the open requirements are worth reporting. Pure. */
import type { Translate } from './translate';
import { stillMissing } from '../policy/decision';
import { list, type RequirementResult, requirementText, signersInShort, strengthOf } from '../policy';

export interface Needed {
  /** `a senior's sign-off`; or what is wrong, as part of a sentence. */
  readonly what: string;
  /** The same for a row: `a senior`. */
  readonly short: string;
  /** A person can give it. */
  readonly isSignOff: boolean;
  /** Why, as sentences that don't repeat what. */
  readonly reasons: readonly string[];
  readonly required: RequirementResult;
}

/** Who must sign, in as few words as fit beside a label in the side bar; all of it is for the row's tooltip. */
export const inRow = (t: Translate, { short, isSignOff }: Needed): string =>
  isSignOff ? t('Needs {0}', short) : short;

/** In full, each once: what is needed, and below it why. For the tooltip of a row. */
export const inFull = (t: Translate, needed: readonly Needed[]): readonly string[] =>
  needed.flatMap((one) => [sentenceOf(t, one), ...one.reasons]);

export const sentenceOf = (t: Translate, { what: need, isSignOff }: Needed): string =>
  isSignOff ? t('Needs {0}', need) : need;

/** Each once, though several lists have it. */
export const eachOnce = (needed: readonly Needed[]): readonly Needed[] => [
  ...new Map(needed.map((one) => [one.what, one])).values(),
];

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
    if (from === null) return { required, isSignOff: false, what: missing, short: missing, reasons: [required.why] };
    const during =
      incidents === undefined ? '' : ` while ${list(incidents)} ${incidents.length === 1 ? 'is' : 'are'} open`;
    const asks = requirementText({ ...required, from });
    const reasons = open
      .filter((result) => !result.satisfied && result.from !== null)
      .filter((result) => requirementText({ ...result, from: result.from ?? from }) === asks)
      .map(({ reason, why }) => reason ?? why);
    return {
      required,
      isSignOff: true,
      reasons,
      what: `${asks}${during}`,
      short: `${signersInShort({ ...required, from })}${during}`,
    };
  });
  const weight = ({ required }: Needed): number => strengthOf(required);
  return eachOnce(needed.sort((one, other) => weight(other) - weight(one)));
}
