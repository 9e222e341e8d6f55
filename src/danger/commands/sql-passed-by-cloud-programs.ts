/** SQL that command lines of clouds and hosts hand to a database: in an option, or as the last words. */
import { inSql } from './database-clients';
import { has, input, plain, values, type Call, type CommandNotice } from './program-call';

interface Carrier {
  readonly options: readonly string[];
  /** The sub-command whose last words are a statement. */
  readonly last?: RegExp;
  /** The sub-command that reads statements from its standard input. */
  readonly input?: RegExp;
  /** Options that name a file of statements. */
  readonly files?: readonly string[];
}

const CARRIERS: Readonly<Record<string, Carrier>> = {
  aws: { options: ['--query-string', '--sql', '--sqls', '--statement', '--sql-statement'] },
  az: { options: ['-q', '--query-text', '--querytext'] },
  bq: { options: [], last: /^query\b/, input: /^query\b/ },
  databricks: { options: ['--sql', '--statement', '--query'] },
  fly: { options: ['-c', '--command'], input: /^(?:postgres|pg|mpg) connect\b/ },
  flyctl: { options: ['-c', '--command'], input: /^(?:postgres|pg|mpg) connect\b/ },
  gcloud: { options: ['--sql', '--ddl', '--ddl-file'], input: /^(?:beta )?sql connect\b/, files: ['--ddl-file'] },
  heroku: { options: ['-c', '--command'], input: /^pg:psql\b/, files: ['-f', '--file'] },
  neon: { options: ['-c'] },
  neonctl: { options: ['-c'] },
  planetscale: { options: ['--execute', '-e'], input: /^shell\b/ },
  pscale: { options: ['--execute', '-e'], input: /^shell\b/ },
  railway: { options: ['-c'], input: /^connect\b/ },
  'spanner-cli': { options: ['-e', '--execute', '--sql'], files: ['-f', '--file'] },
  athenacli: { options: ['-e', '--execute'] },
  supabase: { options: [], last: /^db query\b/, files: ['-f', '--file'] },
  turso: { options: [], last: /^db shell\b/, input: /^db shell\b/ },
  wrangler: { options: ['--command'], files: ['--file'] },
  libsql: { options: [], last: /./ },
  surreal: { options: [], input: /^sql\b/ },
};

/** Whether a program by this name takes SQL in an option. */
export const carriesSql = (name: string): boolean => Object.hasOwn(CARRIERS, name);

export function sqlInOptions(call: Call): readonly CommandNotice[] {
  const carrier = carriesSql(call.name) ? CARRIERS[call.name] : undefined;
  if (carrier === undefined || (call.name === 'wrangler' && has(call, /^--local$/))) return []; // a copy on this machine
  const words = plain(call, carrier.options);
  const line = words.join(' ');
  const last = words.at(-1) ?? '';
  return inSql(
    [
      ...values(call, ...carrier.options),
      ...(carrier.last?.test(line) === true && /\s/.test(last) ? [last] : []),
      ...(carrier.input?.test(line) === true ? [input(call) ?? ''] : []),
      ...values(call, ...(carrier.files ?? [])).map((name) => call.read(name.replace(/^@/, '')) ?? ''),
    ].filter((text) => text.trim() !== ''),
  );
}
