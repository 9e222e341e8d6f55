-- Repositories with the most AI lines
SELECT
  repository,
  count(*) AS commits,
  sum(added_ai + removed_ai) AS ai_lines,
  round(100.0 * sum(added_ai + removed_ai) / nullif(sum(added_ai + removed_ai + added_human + removed_human + added_unknown + removed_unknown), 0), 1) AS ai_percent,
  round(100.0 * sum(added_unknown + removed_unknown) / nullif(sum(added_ai + removed_ai + added_human + removed_human + added_unknown + removed_unknown), 0), 1) AS unknown_percent,
  round(100.0 * sum(CASE WHEN files > 0 AND provenance = 'note' THEN 1 ELSE 0 END) / nullif(sum(CASE WHEN files > 0 THEN 1 ELSE 0 END), 0), 1) AS coverage_percent
FROM commits
GROUP BY repository
ORDER BY ai_lines DESC, repository
LIMIT 25
