/**
 * `lk_is_whole`: whether the hook that writes trailers is still in its place. Managers of hooks replace those that their
 * configuration names; ours beside it then starts the command line, which puts it back. Reads the few lines up to ours.
 */
export const SIBLINGS = `
lk_has_part() {
  while IFS= read -r lk_line; do case $lk_line in '# Linekeeper hook: '*) return 0 ;; esac; done <"$1"
  return 1
} 2>/dev/null
lk_is_whole() {
  lk_has_part "\${0%/*}/prepare-commit-msg" || lk_has_part "\${0%/*}/prepare-commit-msg.legacy"
}
`;
