-- Incidents by contribution and failure mode
SELECT
  contribution,
  coalesce(failure_mode, 'not given') AS mode,
  coalesce(nullif(assistants, ''), 'none') AS by_assistants,
  count(*) AS incidents
FROM incidents
GROUP BY contribution, mode, by_assistants
ORDER BY incidents DESC, contribution, mode, by_assistants
