/**
 * Tools of MCP servers whose names say that they write, and to which nobody has to agree: words for people, the opening
 * of a pull request, and queries that only read.
 */
import { wordSet } from '../base/patterns';
import { statementsOf, wordsOf } from '../danger/commands';

interface ToolInput {
  readonly tool: string;
  readonly input: unknown;
}

/** The values of an input's own keys of such a name. */
export const valuesAt = (input: unknown, keys: RegExp): readonly unknown[] =>
  typeof input === 'object' && input !== null
    ? Object.entries(input).flatMap(([key, value]: readonly [string, unknown]) => (keys.test(key) ? [value] : []))
    : [];

/** What such a name may be made of, and one of `SAID` must be in it. */
const WORDS = wordSet(`
  add create post reply write open submit new to on a for pending draft inline line file
  issue issues ticket story task work item pull merge request pr mr review thread discussion
  jira confluence linear github gitlab bitbucket page card ticket
  comment comments note notes reply replies
`);
const SAID = /\b(?:comments?|notes?|repl(?:y|ies)|(?:pull|merge) request|pr|mr|review|thread|discussion)\b/;
/** What a review says of a change: an approval is the person's own. */
const OPINION = /^(?:comment|request_changes|changes_requested)$/i;

/** Whether a call only writes words for people: a comment, a reply, a pull request. */
export function isForPeople({ tool, input }: ToolInput): boolean {
  const words = wordsOf(tool);
  const name = words.join(' ');
  if (name === 'create branch') return true; // nobody's branch changes by it
  if (!words.every((word) => WORDS.has(word)) || !SAID.test(name)) return false;
  if (!/\breview\b/.test(name) || /\b(?:comments?|repl(?:y|ies)|thread)\b/.test(name)) return true;
  const events = valuesAt(input, /^(?:event|state|action|verdict)$/i);
  return events.length > 0 && events.every((event) => typeof event === 'string' && OPINION.test(event));
}

const QUERY_KEY = /^(?:sql|query|statement|sql_?query)$/i;
const READS = wordSet('SELECT SHOW DESCRIBE DESC EXPLAIN');
/** In a statement that begins like a query. */
const CHANGES = wordSet(
  'INTO UPDATE DELETE INSERT MERGE DROP TRUNCATE ALTER CREATE CALL EXEC EXECUTE DO GRANT REVOKE LOCK COPY SET ANALYZE',
);
/** Functions that only compute. Any other may do whatever its author wrote. */
const COMPUTES = wordSet(
  'COUNT SUM AVG MIN MAX COALESCE NULLIF ROUND ABS FLOOR CEIL LOWER UPPER TRIM LENGTH SUBSTRING CONCAT CAST EXTRACT DATE_TRUNC DATE NOW IN EXISTS VALUES AND OR NOT WHERE ON OVER BY FROM AS ANY ALL ROW_NUMBER RANK ARRAY_AGG STRING_AGG',
);

/** Whether a call only asks a database. */
export function onlyReads({ input }: ToolInput): boolean {
  const texts = valuesAt(input, QUERY_KEY);
  return (
    texts.length > 0 &&
    texts.every((text) => {
      const statements = typeof text === 'string' ? statementsOf(text) : [];
      return (
        statements.length > 0 &&
        statements.every(
          ({ tokens }) =>
            READS.has(tokens[0]?.key ?? '') &&
            tokens.every(
              ({ kind, key, text: word }, index) =>
                kind !== 'hole' &&
                !CHANGES.has(key) &&
                (tokens[index + 1]?.key !== '(' || !/^(?:word|name)$/.test(kind) || COMPUTES.has(word.toUpperCase())),
            ),
        )
      );
    })
  );
}
