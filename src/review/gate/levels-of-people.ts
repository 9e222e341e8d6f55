/** The levels of those involved in a change, and of the change itself. */
import { decide, type DecisionInput } from '../../policy/decision';
import {
  identityOf,
  levelOf,
  levelOfChange,
  levelsOf,
  quoted,
  type Decision,
  type Identity,
  type KnownLevel,
  type Level,
} from '../../policy';
import type { People } from './approvals/contributors-and-mailmap-of-range';
import { identityOfApproval } from './approvals/count-valid-approvals';
import type { Base } from './read-deciding-files-of-base';
import type { ChangeQuestion, CheckResult } from './check-question-and-result';
import { GateError } from './gate-error';
import type { Range } from './range/commit-range';
import type { NetChange } from './range/net-change-with-authors';

export interface Levels {
  readonly authors: CheckResult['authors'];
  readonly change: KnownLevel;
}

/**
 * The level of the change: the lowest of its opener and of the authors of every commit that is not exempt and changes
 * something.
 */
export function readLevels(
  request: ChangeQuestion,
  { policy }: Base,
  range: Range,
  net: NetChange,
  people: People,
): Levels {
  const authors = new Map<string, Identity>();
  for (const { id } of range.commits) {
    if (range.exempt.has(id) || (net.commits.get(id)?.known === true && net.commits.get(id)?.files.length === 0))
      continue;
    for (const { role, email, identity } of people.of.get(id) ?? [])
      if (role !== 'committer') authors.set(email.toLowerCase(), identity);
  }
  const leveled = [...authors].map(([email, identity]) => ({ email, of: levelOf(policy, identity, request.teams) }));
  const opener = openerOf(request, people);
  const all = [...leveled.map(({ of }) => of), ...(opener === null ? [] : [levelOf(policy, opener, request.teams)])];
  return {
    authors: leveled.map(({ email, of }) => ({ email, level: of.level, known: of.known })),
    change: levelOfChange(policy, all),
  };
}

export const openerOf = ({ actor }: ChangeQuestion, { mapped }: People): Identity | null =>
  actor === null ? null : mapped(identityOf(actor));

/** Addresses of the opener and of approvers, which `.mailmap` may contain. */
export const addressesOf = ({ actor, approvals }: ChangeQuestion): readonly string[] =>
  [...(actor === null ? [] : [identityOf(actor)]), ...(approvals ?? []).map(identityOfApproval)].flatMap(({ emails }) =>
    emails.map(({ address }) => address),
  );

/** What a change is judged by whose opener is unknown and matters. */
export interface ForAnyOpener {
  readonly level: Level;
  /** Whether sign-offs can't count, since one may be the opener's own. */
  readonly noSignOffs: boolean;
  /** What was assumed, and how to name them, as a sentence. */
  readonly notice: string;
}

/**
 * The pull request's opener may affect the verdict: they may not sign it off, and their level counts. Where they are
 * unknown and do: throws, or judges what holds whoever they are (`anyOpener`). Tries each level that they could lower
 * the change to.
 */
export function forUnknownOpener(
  { actor, approvals, beforehand, anyOpener, observe }: ChangeQuestion,
  input: Pick<DecisionInput, 'policy' | 'files' | 'incidents'>,
  { authors, change }: Levels,
): ForAnyOpener | undefined {
  if (actor !== null || beforehand === true) return undefined;
  const decisionFor = (level: Level): Decision => decide({ ...input, level, approvals: {} });
  const levels = levelsOf(input.policy);
  const possible = authors.length === 0 ? levels : levels.slice(0, levels.indexOf(change.level) + 1);
  const byLevel =
    new Set(possible.map((level) => JSON.stringify(decisionFor(level).tiers.map(({ required }) => required)))).size > 1;
  const hasUnmet = (level: Level): boolean =>
    decisionFor(level).tiers.some(({ required }) => required.some((one) => one.from !== null && !one.satisfied));
  const areApproved = approvals?.some(({ state }) => state === 'approved') === true;
  const bySignOff = areApproved && hasUnmet(change.level);
  if (!bySignOff && !byLevel) return undefined;
  const why = bySignOff ? 'Their own sign-off does not count' : 'Their level sets the required sign-offs';
  const name = 'the login at the Git host, or the commit e-mail, of the person who opened the pull request';
  if (anyOpener !== true && observe !== true && input.policy.mode !== 'observe')
    throw new GateError('actor', `Cannot decide: --actor is missing. Pass ${name}. ${why}.`);
  const level = possible.find((one) => decisionFor(one).verdict === 'fail') ?? possible[0] ?? change.level;
  const noSignOffs = areApproved && hasUnmet(level);
  const assumed = `as for ${quoted(level)}${noSignOffs ? ', and no sign-off counts' : ''}`;
  return {
    level,
    noSignOffs,
    notice: `--actor is missing, so this is decided ${assumed}. To decide for one person, pass ${name}. ${why}.`,
  };
}
