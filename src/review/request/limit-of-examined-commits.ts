/**
 * How much of a branch is examined while somebody works. A door of its own: a caller that only needs a number loads
 * nothing else.
 */

/** More commits are not listed. */
export const COMMITS_AT_MOST = 500;
