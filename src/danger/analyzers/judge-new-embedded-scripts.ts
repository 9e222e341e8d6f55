/** Shell text inside other files: pipeline steps, `RUN` lines, package scripts. */
import type { Noticed } from '../types';
import type { OtherShell } from '../shell';
import { surplus } from '../multiset-difference';
import { asLow } from '../rule-rows/facts-from-sentences';
import { entriesOf, itemsOf, textAt, type Tree } from '../yaml-and-json';

/** A piece of shell text. */
export interface Script {
  readonly text: string;
  /** 1-based line of the file that holds its first line. */
  readonly line: number;
  /** Its language, where it is another than sh's. */
  readonly shell?: OtherShell | undefined;
  /** Its job starts a database of its own, which is empty before and gone after. */
  readonly hasOwnDatabase?: boolean;
}

/** Whether the services of a job have a database among them. */
export const hasDatabase = (services: Tree | undefined): boolean =>
  [...itemsOf(services), ...entriesOf(services).map(([, one]) => one)].some((one) =>
    DATABASES.test(one.text ?? textAt(one, 'image') ?? textAt(one, 'name') ?? ''),
  );
const DATABASES =
  /(?:postgres|postgis|mysql|mariadb|mongo|redis|valkey|mssql|sqlserver|cockroach|clickhouse|elasticsearch|opensearch)/i;

/** What is done to a job's own database is low, unless the line names another machine. */
const asInJob = ({ text, line, hasOwnDatabase }: Script, noticed: readonly Noticed[]): readonly Noticed[] =>
  hasOwnDatabase !== true
    ? noticed
    : noticed.map((notice) =>
        OF_DATABASES.test(notice.rule) && !ELSEWHERE.test(text.split('\n')[notice.line - line] ?? '')
          ? asLow(notice)
          : notice,
      );
const OF_DATABASES = /^destructive\/(?:sql|orm|store)-/;
const ELSEWHERE =
  /(?:-h\s*|--host[= ]|:\/\/(?:[^\s@/]*@)?)(?!(?:localhost|127(?:\.\d+){3}|postgres\w*|postgis|mysql|mariadb|mongo\w*|redis|db|database)(?![\w.-]))[\w$_{]|\b(?:secrets|prod\w*)\b|DATABASE_URL=/i;

/** Windows' shells by the names that pipelines give them. */
export const shellNamed = (name: string): OtherShell | undefined =>
  /^(?:pwsh|powershell)(?:\.exe)?\b/i.test(name) ? 'powershell' : /^cmd(?:\.exe)?\b/i.test(name) ? 'cmd' : undefined;

/** Judges one script. Where it stands changes nothing but the lines of what is noticed. */
export type NoticeScript = (script: Script) => readonly Noticed[];

/** What the new scripts do that the old ones did not. */
export function noticeScripts(
  before: readonly Script[],
  after: readonly Script[],
  notice: NoticeScript,
): readonly Noticed[] {
  const known = new Set(before.map(({ text }) => text.trim()));
  const shells = new Map(before.map(({ text, shell }) => [text, shell]));
  const fresh = after.filter(({ text }) => !known.has(text.trim()));
  const noticed = fresh.flatMap((script) => asInJob(script, notice(script)));
  if (noticed.length === 0) return []; // what the old ones do matters only beside it
  const earlier = new Map<string, number>();
  const keptLines = after.filter(({ text }) => known.has(text.trim()));
  for (const [text, count] of surplus(textsOf(before), textsOf(keptLines)))
    for (const { rule, message } of notice({ text, line: 1, shell: shells.get(text) }))
      earlier.set(keyOf(rule, message), (earlier.get(keyOf(rule, message)) ?? 0) + count);
  return noticed.filter(({ rule, message }) => {
    const count = earlier.get(keyOf(rule, message)) ?? 0;
    earlier.set(keyOf(rule, message), count - 1);
    return count <= 0;
  });
}

/** The same command with other switches, which have no value of their own, does the same. */
const keyOf = (rule: string, message: string): string =>
  `${rule} ${message.replace(/^"[^"]*"/, (command) => command.replace(/ --?[a-z][\w-]*(?=["\s])(?! [^-\s"])/gi, ''))}`;

const textsOf = (scripts: readonly Script[]): readonly string[] => scripts.map(({ text }) => text);
