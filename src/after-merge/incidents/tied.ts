/** Whether more than the time ties a commit to an outage: without that, no person is named beside it. */

/** As what a danger says ends: the rule and where it stands. Dangers are listed whatever the outage was. */
const OF_DANGER = / \(\S+, .+:\w+\)$/;

/** `reasons`: sentences. */
export const isTied = (reasons: readonly string[]): boolean => reasons.some((says) => !OF_DANGER.test(says));
