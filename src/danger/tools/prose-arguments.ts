/** Texts for people: what they say is done by nobody. */
import { anyOf } from '../../base/patterns';

const PROSE_KEY = /* @__PURE__ */ anyOf(
  String.raw`body title message messages content contents comment comments summary subject notes? prompt instructions? reason
  reasoning commit_?message markdown html docs? documentation thoughts? thinking question answer explanation
  description caption tags? old_?(?:str|string|text|content) new_?(?:str|string|text|content) file_?text diff
  patch edits? replacement search pattern observations? details? context goal task bio about justification
  changelog release_?notes labels? hint feedback`,
  { flags: 'i' },
);

/** Whether the values of a key are for people, or are written into a file. */
export const isProseKey = (key: string): boolean => PROSE_KEY.test(key.replaceAll('-', '_'));
/** Whether a key may hold something to run at all: names and places don't. */
export const isWordKey = (key: string): boolean =>
  !/^(?:name|id|path|file|file_?path|url|uri|email|user|owner|repo|repository|branch|ref|sha|project|q)$/i.test(key);

const FUNCTION_WORDS = /* @__PURE__ */ anyOf(
  String.raw`the an? is are was were be been to of in on for with and or not this that it its we you i our your should would
  can could will must when how what why which if from by as at but so before after please using use does do don't
  did has have had into about because there then than instead`,
);

/** Whether a line reads as a sentence. */
export function isProse(text: string): boolean {
  const [line = ''] = text.trim().split('\n');
  const unquoted = line.replace(/"[^"]*"|'[^']*'/g, ' ');
  const words = unquoted.split(/\s+/).map((word) => word.toLowerCase().replace(/[.,;:!?]+$/, ''));
  const functional = words.filter((word) => FUNCTION_WORDS.test(word)).length;
  return functional >= 2 || (functional === 1 && /[a-z][.!?]$/.test(line.trim())) || /[a-z]{3,}[!?]$/.test(line.trim());
}

const FOR_PEOPLE = /* @__PURE__ */ anyOf(
  String.raw`message comment issue page note email mail document documentation doc slack post reply thread chat ticket story
  wiki review pull pr commit search ask answer research memory think thinking library task todo tweet discussion
  reminder draft web perplexity context7 deepwiki notion jira confluence linear discord teams gmail whatsapp
  telegram summarize translate entity observation knowledge sequentialthinking browser playwright puppeteer chrome
  type fill keyboard`,
  { after: String.raw`)s?$` },
);
const FOR_DATA = /* @__PURE__ */ anyOf(
  String.raw`sql query queries execute exec run statement migration database db postgres postgresql mysql mariadb sqlite
  bigquery snowflake clickhouse duckdb motherduck redshift supabase neon turso libsql d1 trino presto athena
  databricks oracle mssql cockroachdb cassandra shell bash terminal command`,
);

/** Whether a tool with these words takes texts for people: only what its keys call SQL or a command counts then. */
export const isForPeople = (tool: readonly string[], server: readonly string[]): boolean =>
  tool.some((word) => FOR_PEOPLE.test(word)) ||
  (server.some((word) => FOR_PEOPLE.test(word)) && !tool.some((word) => FOR_DATA.test(word)));
