/**
 * Debts: what an emergency let through and a senior still has to review. Kept as notes on the commit that was let
 * through, so that they are shared like sign-offs and no commit has to be made in an outage. A senior's signed sign-off
 * pays a debt.
 */
import { OBJECT_ID } from '../../../base/patterns';
import type { Emergency } from '..';
import { DEBTS_REF, mayHaveNotes, SIGN_OFFS_REF } from '../../../provenance/commits';
import { type Repository } from '../../../git';
import {
  highestLevel,
  identityOf,
  levelOf,
  list,
  meets,
  type Policy,
  quoted,
  relationOf,
  type Teams,
} from '../../../policy';
import { baseCommit, knownTeams, loadPolicyAndPeople } from '../../../policy/load';
import { addLine, readLines } from './sign-off-and-debt-notes';
import { objectIn, parseLine, parseSignOff } from './sign-off-text';
import { allowedSignersAt, SKEW_MS, verifiedAt } from './verify-sign-offs';
import { fitting, isText } from '../../../base/shapes';

/** How soon a senior's sign-off is due (milliseconds). */
const DUE_MS = 2 * 24 * 3600_000;

/** What is owed. Everything in it comes from a note, so from outside. */
export interface Debt extends Omit<Emergency, 'reverts'> {
  /** Ids of commits: what was let through, and onto what. */
  readonly head: string;
  readonly base: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly due: number;
}

export interface UnpaidDebt extends Debt {
  readonly overdue: boolean;
  /** For people: what is owed, for what and by when. */
  readonly says: string;
}

/**
 * Records what an emergency let through. A debt that is already recorded for the same commit is kept as it is. Throws a
 * GitError.
 */
export async function recordDebt(
  repository: Repository,
  {
    base,
    head,
    emergency,
    now,
  }: { readonly base: string; readonly head: string; readonly emergency: Emergency; readonly now: number },
): Promise<Debt> {
  const known = (await debts(repository)).find(
    (one) => one.head === head && emergency.tiers.every((tier) => one.tiers.includes(tier)),
  );
  if (known !== undefined) return known;
  const debt: Debt = {
    head,
    base,
    tiers: emergency.tiers,
    reason: [...emergency.reason].slice(0, 500).join(''),
    by: emergency.by,
    people: emergency.people.slice(0, 200),
    at: now,
    due: now + DUE_MS,
  };
  await addLine(
    repository,
    DEBTS_REF,
    head,
    JSON.stringify({ version: 1, ...debt, at: new Date(debt.at).toISOString(), due: new Date(debt.due).toISOString() }),
    now,
  );
  return debt;
}

/** All that were ever recorded, oldest first. Throws a GitError. */
export async function debts(repository: Repository): Promise<readonly Debt[]> {
  const notes = await readLines(repository, DEBTS_REF);
  return [...notes]
    .flatMap(([commit, lines]) => lines.flatMap((line) => parsed(line, commit) ?? []))
    .sort((one, other) => one.at - other.at);
}

interface DebtsRequest {
  /** Milliseconds since the epoch. */
  readonly now?: number;
  /** Default: as the forge last resolved them (`policy people --refresh`). */
  readonly teams?: Teams;
  /** Whose policy and allowed signers determine who may pay. Default: the base branch's here. */
  readonly base?: { readonly policy: Policy; readonly commit: string };
}

/**
 * What is still owed here, oldest first: every decision on a merge or a deployment must name it. Costs nothing when no
 * emergency was ever let through. Throws a GitError.
 */
export async function unpaidDebts(
  repository: Repository,
  { now = Date.now(), teams = knownTeams(repository, now), base: baseName }: DebtsRequest = {},
): Promise<readonly UnpaidDebt[]> {
  if (!mayHaveNotes(repository, DEBTS_REF)) return [];
  const owed = await debts(repository);
  if (owed.length === 0) return [];
  const policy = baseName?.policy ?? (await loadPolicyAndPeople(repository)).policy;
  const base = baseName?.commit ?? (await baseCommit(repository)) ?? (await repository.commitId('HEAD'));
  const signers = base === undefined ? null : await allowedSignersAt(repository, base);
  const notes = await readLines(repository, SIGN_OFFS_REF);
  return owed.flatMap((debt): readonly UnpaidDebt[] => {
    const paid = signers === null ? [] : paidTiers(debt, notes.get(debt.head) ?? [], { policy, teams, signers });
    const tiers = debt.tiers.filter((tier) => !paid.includes(tier));
    if (tiers.length === 0) return [];
    const overdue = debt.due < now;
    const until = new Date(debt.due).toISOString().slice(0, 16).replace('T', ' ');
    return [
      {
        ...debt,
        tiers,
        overdue,
        says: `A senior's sign-off for ${list(tiers)} of ${debt.head.slice(0, 12)} ${overdue ? 'was' : 'is'} due on ${until} UTC: it was merged as an emergency (${quoted(debt.reason)}). Sign with "linekeeper sign ${debt.base.slice(0, 12)}..${debt.head.slice(0, 12)}", then "linekeeper notes push".`,
      },
    ];
  });
}

/** The tiers of a debt that a senior who was not involved in it has signed for. */
function paidTiers(
  debt: Debt,
  lines: readonly string[],
  { policy, teams, signers }: { readonly policy: Policy; readonly teams: Teams; readonly signers: string },
): readonly string[] {
  return lines.flatMap((line) => {
    const signed = parseLine(line);
    const said = signed && parseSignOff(signed.text);
    if (signed === undefined || said?.head !== debt.head || said.base !== debt.base) return [];
    // What was signed before it was owed pays nothing: an old date would bring an expired key back.
    if (Date.parse(said.at) < debt.at - SKEW_MS) return [];
    const verified = verifiedAt(signed, signers, Date.parse(said.at));
    if (!verified.valid) return [];
    const payer = {
      emails: verified.principals.filter((name) => name.includes('@')).map((address) => ({ address })),
      logins: verified.principals.filter((name) => !name.includes('@')),
    };
    const isSenior = meets(policy, levelOf(policy, payer, teams).level, highestLevel(policy));
    return isSenior && debt.people.every((name) => relationOf(policy, payer, identityOf(name)) === 'different')
      ? Object.keys(said.tiers)
      : [];
  });
}

function parsed(line: string, commit: string): Debt | undefined {
  const value = objectIn(line);
  if (value?.['version'] !== 1) return undefined;
  const { head, base, reason, at, due } = value;
  const texts = (key: string): readonly string[] => fitting(value[key], isText);
  if (head !== commit || !isText(base) || !OBJECT_ID.test(base)) return undefined;
  if (!isText(reason) || !isText(at) || !isText(due)) return undefined;
  if (Number.isNaN(Date.parse(at)) || Number.isNaN(Date.parse(due)) || texts('tiers').length === 0) return undefined;
  return {
    head: commit,
    base,
    tiers: texts('tiers'),
    reason,
    by: texts('by'),
    people: texts('people'),
    at: Date.parse(at),
    due: Date.parse(due),
  };
}
