/** Body of `commit-msg`: only a message that somebody edited has something left to do. */
export const COMMIT_MSG = `
  [ ! -f "$lk/unwritten" ]
`;
