/** Body of `commit-msg`: only a message that somebody edited has something left to do. */
export const COMMIT_MSG = `
  lk_is_whole || return 1
  [ ! -f "$lk/unwritten" ]
`;
