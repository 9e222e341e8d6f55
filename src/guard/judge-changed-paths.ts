/** Whether an agent may change the files and folders that an action touches, by what they belong to and their tier. */
import { isBelow, leadsOut, relativeSlashes, resolveIn } from '../base/platform';
import { POLICY_PATH, tierOf, type Policy, type Tier, type TierMatch } from '../policy';
import { isAllowedOn } from './judge-tool-lists';
import type { Effect } from './effects-of-commands-and-tools';
import { ALLOW, shown, type GuardAnswer, type GuardedPlace, type GuardInput, type Held } from './types';

/**
 * A place in a tool's input, which the tool may only read: where a write would be refused, a person is asked. What
 * belongs to the leash is still refused.
 */
export function* onGiven(input: GuardInput, absolute: string): Generator<GuardAnswer> {
  const { perhaps } = input.action;
  const deep = perhaps?.folders === true && absolute !== input.root;
  const places = new Set([absolute, input.files.real(absolute), ...(deep ? input.files.below(absolute) : [])]);
  for (const place of places) {
    const held = heldAt(input, place, false);
    if (held !== undefined) yield onHeld(place, held);
    if (isOutside(input, place)) input.elsewhere?.({ place, deep: perhaps?.folders === true, guessed: true });
    const answer = byTier(input, place);
    if (answer.verdict !== 'allow' && answer.leash !== true && isAllowedOn(tierAt(input, place), input.action.call))
      continue;
    if (answer.verdict !== 'deny' || answer.leash) yield answer;
    else
      yield {
        ...answer,
        verdict: 'ask',
        reason: `Nobody here knows whether "${shown(perhaps?.tool ?? '')}" only reads. ${answer.reason}`,
      };
  }
}

/** The tiers of the files that a tool of unknown purpose is given, where one of them says something about tools. */
export function* tiersOfGiven(input: GuardInput): Generator<Tier> {
  if (input.policy.tiers.every(({ toolLists }) => toolLists === undefined)) return;
  for (const argument of input.action.perhaps?.paths ?? []) {
    const tier = tierAt(input, resolveIn(input.action.cwd, argument));
    if (tier !== undefined) yield tier;
  }
}

/** A word with wildcards may match many folders: they are examined until this many files are found. */
export const FILES_OF_A_WORD = 2000;

/** `loss`: what rules found in the command, which says more of a whole folder than one guarded file in it. */
export function* onPlace(
  input: GuardInput,
  place: string,
  deep: boolean,
  loss?: Extract<Effect, { kind: 'danger' }>,
): Generator<GuardAnswer> {
  const held = heldAt(input, place, deep);
  if (held !== undefined) {
    const isInside = isBelow(place, held.path);
    const answer = onHeld(isInside ? held.path : place, held);
    yield isInside && loss !== undefined ? withLoss(answer, loss) : answer;
  }
  if (isOutside(input, place)) input.elsewhere?.({ place, deep, guessed: false });
  yield byTier(input, place);
}

const withLoss = (answer: Held, { danger, instead }: Extract<Effect, { kind: 'danger' }>): Held => ({
  ...answer,
  rule: danger.rule,
  ...(danger.does === undefined ? {} : { does: danger.does }),
  reason: `${danger.message} (${danger.rule}). ${answer.reason}`,
  instead,
});

export const onHeld = (place: string, { what, shared }: GuardedPlace): Held =>
  shared
    ? {
        verdict: 'ask',
        reason: `${shown(place)} belongs to ${what}: a person must agree before an agent changes it.`,
        instead: 'Show the person the change that you would make, and let them make it.',
      }
    : leash(place, what);

const leash = (place: string, name: string): Held => ({
  verdict: 'deny',
  leash: true,
  reason: `${shown(place)} belongs to ${name}: an agent may not change what records or restricts agents.`,
  instead: 'Show the person the change that you would make, and let them make it.',
});

/**
 * The guarded place that this path is or lies in; `deep`: or that lies in it. Case is ignored, as on many file systems.
 */
export function heldAt({ guarded, root, files }: GuardInput, place: string, deep: boolean): GuardedPlace | undefined {
  const wanted = place.toLowerCase();
  const inside =
    root !== null && covers(root.toLowerCase(), wanted) ? `/${slashed(wanted.slice(root.length))}/` : undefined;
  return guarded().find((guardedPlace) => {
    const held = guardedPlace.path.toLowerCase();
    return (
      covers(held, wanted) ||
      (deep &&
        covers(wanted, held) &&
        (guardedPlace.absentToo === true || files.exists?.(guardedPlace.path) !== false)) ||
      (guardedPlace.anywhere !== undefined &&
        inside?.includes(`/${slashed(guardedPlace.anywhere.toLowerCase())}/`) === true)
    );
  });
}

/** On a system where names may hold a backslash, one more place is guarded than needed. */
const slashed = (relative: string): string => relative.replaceAll('\\', '/').replace(/^\//, '');

/** Whether `inner` is `outer` or lies below it, both in lower case. */
export const covers = (outer: string, inner: string): boolean => inner === outer || isBelow(outer, inner);

export const isOutside = ({ root }: GuardInput, place: string): boolean =>
  root === null || leadsOut(relativeSlashes(root, place));

export function byTier(input: GuardInput, place: string): GuardAnswer {
  const { policy, root } = input;
  const relative = root === null ? '' : relativeSlashes(root, place);
  if (relative === '' || leadsOut(relative)) return ALLOW;
  if (isPolicy(policy, relative)) return leash(place, 'the policy');
  if (!policy.tiers.some(({ agents }) => agents === 'deny' || agents === 'ask')) return ALLOW;
  const match = tierOf(policy, { path: relative, from: null, findings: [] });
  switch (match?.tier.agents) {
    case 'deny':
      return {
        verdict: 'deny',
        tier: match.tier.name,
        reason: `${shown(relative)} ${inTier(match, input.source)}, which agents may not change.`,
        instead:
          'Describe the change, or give it as a patch in your answer, and let a person make it; or go on with other files.',
      };
    case 'ask':
      return {
        verdict: 'ask',
        tier: match.tier.name,
        reason: `${shown(relative)} ${inTier(match, input.source)}: a person must agree before an agent changes it.`,
        instead: 'Give the change as a patch in your answer and let a person make it; or go on with other files.',
      };
    default:
      return ALLOW; // `deny-destructive` is about what a change does, not where it is made
  }
}

const isPolicy = (policy: Policy, relative: string): boolean =>
  [POLICY_PATH, ...Object.values(policy.peopleFiles).flat()].some(
    (file) => file.toLowerCase() === relative.toLowerCase(),
  ) || relative.toLowerCase().startsWith('.linekeeper/');

export function tierAt({ policy, root }: GuardInput, place: string): Policy['tiers'][number] | undefined {
  const relative = root === null ? '' : relativeSlashes(root, place);
  return relative === '' || leadsOut(relative)
    ? undefined
    : tierOf(policy, { path: relative, from: null, findings: [] })?.tier;
}

export const inTier = ({ tier }: TierMatch, source: string): string => `is in the tier "${tier.name}" of ${source}`;
