-- AI lines by the tier of the file
SELECT
  coalesce(tier, 'no tier') AS tier_name,
  count(DISTINCT commit) AS commits,
  sum(end_line - start_line + 1) AS ai_lines
FROM lines
WHERE author = 'ai'
GROUP BY tier_name
ORDER BY ai_lines DESC, tier_name
