/** Something in the work tree that git can't bring back. */
export interface Lost {
  /** Relative to the repository's root, with `/`; a nested clone ends in `/`. The commit, for a stash. */
  readonly path: string;
  readonly why: 'not committed' | 'unknown to git' | 'ignored by git' | 'another repository' | 'put aside';
}
