/** Which of the open requirements are worth reporting. Pure. */
import { requirementText, LEVELS, list, stillMissing, type RequirementResult } from '../policy';

interface Needed {
  /** `a senior's sign-off`; or what is wrong, as part of a sentence. */
  readonly what: string;
  /** A person can give it. */
  readonly isSignOff: boolean;
  readonly required: RequirementResult;
}

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
  const needed = stillMissing(open).map((required): Needed => ({
    required,
    isSignOff: required.from !== null,
    what:
      required.from === null
        ? required.missing
        : `${requirementText({ ...required, from: required.from })}${required.incidents === undefined ? '' : ` while ${list(required.incidents)} ${required.incidents.length === 1 ? 'is' : 'are'} open`}`,
  }));
  const weight = ({ required: { from } }: Needed): number => (from === null ? -1 : LEVELS.indexOf(from));
  return [...new Map(needed.sort((one, other) => weight(other) - weight(one)).map((one) => [one.what, one])).values()];
}
