/** Libraries in whose code it failed: one whose version changed may be behind it. */
import { libraryPath } from '../split-library-path';
import type { Clue } from './types';

const PATHS =
  /((?:[A-Za-z]:)?[\w@.+$~/\\-]{0,400}(?:node_modules|(?:site|dist)-packages|gems|pkg[/\\]mod|registry[/\\]src|vendor|\.m2)[/\\][\w@.+$~/\\-]{1,300})/g;
/** `at org.postgresql.jdbc.PgStatement.execute(PgStatement.java:372)`. */
const JAVA = /\bat (?:[\w.-]{1,80}\/{1,2})?((?:[a-z][\w]{0,40}\.){2,8})[A-Z$][\w$]{0,80}\.[\w$<>]{1,80}\(/g;
/** `github.com/lib/pq.(*conn).exec(…)`. */
const GO =
  /(?<![\w./-])((?:github\.com|gitlab\.com|golang\.org\/x|gopkg\.in|google\.golang\.org|go\.uber\.org)\/[\w.-]{1,80}(?:\/[\w-]{1,80})?)/g;
/** `pg@8.12.0`, `express 5.0.1` where a tool says which version it is. */
const VERSIONED = /(?<![\w/@.-])((?:@[\w.-]{1,60}\/)?[a-z][\w.-]{1,60})@v?\d+\.\d+/g;
/** `psycopg.OperationalError`, `requests.exceptions.ConnectionError`, `Redis::CannotConnectError`, `AxiosError`: whose error it is. */
const RAISED: readonly RegExp[] = [
  /(?<![\w./-])([a-z]\w{1,60})(?:\.\w{1,60}){0,6}\.[A-Z]\w{0,60}(?:Error|Exception|Timeout|Failure)\b/g,
  /(?<![\w:])([A-Z]\w{1,60})(?:::\w{1,60}){0,6}::[A-Z]\w{0,60}(?:Error|Exception|Timeout|Failure)\b/g,
  /(?<![\w.:])([A-Z][a-z]{2,30})Error\b/g,
];
const OWN_LANGUAGE = /^(?:java|javax|jdk|sun|com\.sun|kotlin|scala|jakarta)\./;

export function dependencies(lines: readonly string[]): readonly Clue[] {
  const found = new Set<string>();
  const raised = new Set<string>();
  for (const line of lines) {
    for (const [, path = ''] of line.matchAll(PATHS)) {
      const library = libraryOf(path.replaceAll('\\', '/'));
      if (library !== undefined) found.add(library);
    }
    for (const [, owner = ''] of line.matchAll(JAVA))
      if (!OWN_LANGUAGE.test(owner)) found.add(owner.replace(/\.$/, ''));
    for (const [, library = ''] of line.matchAll(GO))
      found.add(library.replace(/\.[^./]*$/, (end) => (/^\.v\d+$/.test(end) ? end : '')));
    for (const [, library = ''] of line.matchAll(VERSIONED)) found.add(library);
    for (const form of RAISED)
      for (const [, library = ''] of line.matchAll(form))
        if (!OWN_LANGUAGE.test(`${library}.`)) raised.add(library.toLowerCase());
  }
  const clueOf = (library: string): Clue => ({ says: `it failed in ${library}`, names: [], library });
  return [
    ...[...found].map(clueOf),
    // An error may be about what somebody else answered.
    ...[...raised]
      .filter((library) => !found.has(library))
      .map((library) => ({ ...clueOf(library), isMessenger: true })),
  ].slice(0, 40);
}

/** With its scope: `@aws-sdk/client-s3`. */
function libraryOf(path: string): string | undefined {
  const [, scoped] = /^.*\/node_modules\/(@[^/]+\/[^/]+)\//.exec(`/${path}`) ?? [];
  const [, module] = /^.*\/pkg\/mod\/([^@]+)@/.exec(`/${path}`) ?? [];
  const [, vendored] = /^.*\/vendor\/([^/]+\/[^/]+)\//.exec(`/${path}`) ?? [];
  return scoped ?? module ?? vendored ?? libraryPath(path)?.library ?? undefined;
}
