-- Commits and lines by month
SELECT
  month,
  count(*) AS commits,
  sum(CASE WHEN added_ai + removed_ai > 0 THEN 1 ELSE 0 END) AS ai_commits,
  sum(added_ai + removed_ai) AS ai_lines,
  sum(added_human + removed_human) AS human_lines,
  sum(added_unknown + removed_unknown) AS unknown_lines,
  round(100.0 * sum(added_ai + removed_ai) / nullif(sum(added_ai + removed_ai + added_human + removed_human + added_unknown + removed_unknown), 0), 1) AS ai_percent
FROM commits
GROUP BY month
ORDER BY month
