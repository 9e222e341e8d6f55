/** Body of `pre-push`: notes go along only if the user asked for it, with `install --notes`. */
export const PRE_PUSH = `
  [ "$(git config --type=bool --get linekeeper.notes 2>/dev/null)" != true ] || return 1
  for lk_file in "$lk"/journal/*.json; do [ -e "$lk_file" ] || return 0; return 1; done
`;
