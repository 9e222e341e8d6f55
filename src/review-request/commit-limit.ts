/**
 * How much of a branch is looked at while somebody works. A door of its own: who only needs a number loads nothing
 * else.
 */

/** More commits are not listed. */
export const COMMITS_AT_MOST = 500;
