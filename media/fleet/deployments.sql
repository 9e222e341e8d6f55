-- Deployments by stage, and days from the commit to its deployment
SELECT
  d.stage AS stage_name,
  count(*) AS deployments,
  sum(CASE WHEN d.state = 'failed' THEN 1 ELSE 0 END) AS failed,
  median(date_diff('day', c.committed_at, d.deployed_at)) AS middle_days
FROM deployments AS d
JOIN (SELECT repository, commit, committed_at FROM commits) AS c
  ON c.repository = d.repository AND c.commit = d.commit
GROUP BY stage_name
ORDER BY stage_name
