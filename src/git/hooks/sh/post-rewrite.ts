/** Body of `post-rewrite`: which commits were rewritten to which, read when notes are settled. */
export const POST_REWRITE = `
  [ -n "$lk_input" ] && [ -d "$lk" ] && printf '%s\\n' "$lk_input" 2>/dev/null >>"$lk/rewritten"
  return 0
`;
