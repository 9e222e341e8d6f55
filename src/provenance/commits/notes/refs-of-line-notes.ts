/** The refs of notes that are lists of lines, here and as they were fetched. */

/** Signed sign-offs, what emergencies owe, and what was deployed where. */
export const SIGN_OFFS_REF = 'refs/notes/linekeeper-signoffs';
export const DEBTS_REF = 'refs/notes/linekeeper-debts';
export const DEPLOYMENTS_REF = 'refs/notes/linekeeper-deployments';
/** What agents ran with permission, and what they were refused. */
export const RUNS_REF = 'refs/notes/linekeeper-runs';
/** What the policy lets be kept of prompts. */
export const PROMPTS_REF = 'refs/notes/linekeeper-prompts';

/** Notes meant for everybody: they are pushed with the notes on who wrote what. Kept prompts are not. */
export const SHARED_LINE_NOTES = [SIGN_OFFS_REF, DEBTS_REF, DEPLOYMENTS_REF, RUNS_REF] as const;

/** What remotes have is kept unmerged below this. */
export const FETCHED = 'refs/linekeeper/told';

/** Where a remote's notes of this kind are kept unmerged; `remote` is one component of a ref name. */
export const seenAt = (remote: string, ref: string): string => `${FETCHED}/${remote}/${wordOf(ref)}`;

/** The last part of the name of such a ref. */
export const wordOf = (ref: string): string => ref.replace(/^refs\/notes\//, '');
