-- Findings by danger rule and by author (from exports with --findings)
SELECT
  rule,
  severity,
  count(*) AS findings,
  sum(CASE WHEN author = 'ai' THEN 1 ELSE 0 END) AS on_ai_lines,
  sum(CASE WHEN author = 'human' THEN 1 ELSE 0 END) AS on_human_lines,
  sum(CASE WHEN author = 'unknown' THEN 1 ELSE 0 END) AS on_unknown_lines,
  count(DISTINCT repository) AS repositories
FROM findings
GROUP BY rule, severity
ORDER BY on_ai_lines DESC, findings DESC, rule, severity
