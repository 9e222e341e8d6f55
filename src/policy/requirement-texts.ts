/**
 * What people read about requirements. Always "needs a senior's sign-off", never a remark about who somebody is.
 */
import type { Level, Requirement, RequirementResult } from './types';

const WHOSE: Readonly<Record<string, { readonly one: string; readonly another: string; readonly many: string }>> = {
  senior: { one: "a senior's sign-off", another: "another senior's sign-off", many: "seniors' sign-offs" },
  mid: {
    one: 'a mid-level or senior sign-off',
    another: 'another mid-level or senior sign-off',
    many: 'mid-level or senior sign-offs',
  },
  junior: { one: "a colleague's sign-off", another: "another colleague's sign-off", many: "colleagues' sign-offs" },
};

/** `a senior's sign-off`, `2 seniors' sign-offs`. */
export const signOffs = (from: Level, count: number): string =>
  count === 1 ? whose(from).one : `${String(count)} ${whose(from).many}`;

/** A team's own level is shown by its name. */
const whose = (from: Level): { readonly one: string; readonly another: string; readonly many: string } =>
  (Object.hasOwn(WHOSE, from) ? WHOSE[from] : undefined) ?? {
    one: `a sign-off at level ${from}`,
    another: `another sign-off at level ${from}`,
    many: `sign-offs at level ${from}`,
  };

/** `another senior's sign-off`, `2 more seniors' sign-offs`. */
export const moreSignOffs = (from: Level, count: number): string =>
  count === 1 ? whose(from).another : `${String(count)} more ${whose(from).many}`;

/** The two ways to a signed sign-off. */
export const HOW_TO_SIGN = '"linekeeper sign", or Sign Off in the editor';

/** What a requirement asks for, without the reason. */
export function requirementText(requirement: Requirement): string {
  const owner = requirement.codeOwner ? ', with an owner of each file (CODEOWNERS) among them' : '';
  const signed = requirement.signed === true ? `, signed (${HOW_TO_SIGN})` : '';
  return signOffs(requirement.from, requirement.approvals) + owner + signed;
}

/** Results with the same requirement and the same that is there or missing, together: for a text that says it once. */
export function byOutcome(results: readonly RequirementResult[]): readonly (readonly RequirementResult[])[] {
  const groups = new Map<string, RequirementResult[]>();
  for (const result of results) {
    const { from, approvals, codeOwner, signed, satisfied, by, missing, reason, why } = result;
    const isAlone = reason === undefined || (from === null && satisfied);
    const key = JSON.stringify([from, approvals, codeOwner, signed, satisfied, by, missing, isAlone ? why : '']);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()];
}

/** The same where there is room for a few words: `a senior`, `2 mid or senior`. */
export function signersInShort({ from, approvals }: Pick<Requirement, 'from' | 'approvals'>): string {
  const who = (Object.hasOwn(IN_SHORT, from) ? IN_SHORT[from] : undefined) ?? { one: from, many: from };
  return approvals === 1 ? who.one : `${String(approvals)} ${who.many}`;
}

const IN_SHORT: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
  senior: { one: 'a senior', many: 'seniors' },
  mid: { one: 'mid or senior', many: 'mid or senior' },
  junior: { one: 'a colleague', many: 'colleagues' },
};

/** Every unmet requirement, as a sentence. */
export const missingOf = (required: readonly RequirementResult[]): readonly string[] =>
  required.filter((one) => !one.satisfied).map((one) => one.missing);

/** For when nobody is left who could give what is missing. */
export const NOBODY_ELSE_MAY_SIGN =
  'No person whom the policy lists can give this sign-off. On the base branch, add a person at that level to the policy, and to CODEOWNERS if an owner is required.';
