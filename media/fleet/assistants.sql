-- Assistants and models: repositories, AI lines, and their share
SELECT
  assistant,
  coalesce(model, 'not known') AS model_name,
  count(DISTINCT repository) AS repositories,
  sum(end_line - start_line + 1) AS ai_lines,
  round(100.0 * sum(end_line - start_line + 1) / (SELECT sum(end_line - start_line + 1) FROM lines WHERE author = 'ai'), 1) AS percent
FROM lines
WHERE author = 'ai'
GROUP BY assistant, model_name
ORDER BY ai_lines DESC, assistant, model_name
