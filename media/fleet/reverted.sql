-- Reverted commits, with AI lines and without
SELECT
  CASE WHEN c.added_ai + c.removed_ai > 0 THEN 'with AI' ELSE 'without AI' END AS kind,
  count(*) AS commits,
  sum(CASE WHEN r.reverted IS NULL OR r.reverted = '' THEN 0 ELSE 1 END) AS reverted_commits,
  round(100.0 * sum(CASE WHEN r.reverted IS NULL OR r.reverted = '' THEN 0 ELSE 1 END) / count(*), 2) AS percent
FROM commits AS c
LEFT JOIN (SELECT DISTINCT repository, reverts AS reverted FROM commits WHERE reverts IS NOT NULL) AS r
  ON r.repository = c.repository AND r.reverted = c.commit
GROUP BY kind
ORDER BY kind
