-- Clones by version, Git hooks and mode: their number, last report and problems
SELECT
  linekeeper AS version_there,
  hooks AS git_hooks,
  mode AS policy_mode,
  count(*) AS clones,
  count(DISTINCT repository) AS repositories,
  sum(CASE WHEN floors > 0 THEN 1 ELSE 0 END) AS with_floor,
  sum(CASE WHEN heard_at IS NULL THEN 1 ELSE 0 END) AS never_heard,
  sum(CASE WHEN date_diff('day', heard_at, reported_at) <= 7 THEN 1 ELSE 0 END) AS heard_in_the_week_before,
  sum(CASE WHEN to_fix > 0 THEN 1 ELSE 0 END) AS to_fix_there
FROM health
GROUP BY version_there, git_hooks, policy_mode
ORDER BY clones DESC, version_there, git_hooks, policy_mode
