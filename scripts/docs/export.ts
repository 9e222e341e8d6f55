/** The pages on exports, generated from the schema in the code that writes the tables. */
import { SCHEMA_VERSION, TABLES, type ColumnSpec } from '../../src/aftermath/export';

export const EXPORT_PAGE = 'docs/export.md';
export const EXPORT_TABLES_PAGE = 'docs/dev/export-tables.md';

const ABOUT: Readonly<Record<keyof typeof TABLES, string>> = {
  commits: 'One row for each commit.',
  lines: 'One row for each group of adjacent lines with the same author. A merge has only its own lines.',
  findings:
    'With `--findings`, one row for each finding of a danger rule in a commit, and whether a later commit reverted it.',
  sign_offs: 'One row for each commit with signed sign-offs. The signer is not exported.',
  deployments: 'One row for each recorded deployment.',
  incidents: 'One row for each incident file in the exported commit.',
  runs: "One row for each agent's command that a person allowed or the guard refused, unless the policy says `runs: none`. No people and no command lines.",
  health:
    'One row for each clone. Its key is a hash of the machine and folder. The key is not anonymous: people who know both can compute it.',
};

/** Names of columns. Throws for one that the table does not have. */
function columnsOf(table: keyof typeof TABLES, names: readonly string[]): string {
  const known = new Set(TABLES[table].map(({ name }: ColumnSpec) => name));
  const missing = names.filter((name) => !known.has(name));
  if (missing.length > 0) throw new Error(`${table} has no ${missing.join(', ')}`);
  return names.map((name) => `\`${name}\``).join(', ');
}

export const exportDoc = (): string => `# Exports

- **For** data analysts and auditors.
- **You get** a repository's history as tables, for [questions about many repositories](fleet.md) or your own tools.
- **You need** a clone with its notes (\`linekeeper notes fetch\`). Linekeeper sends nothing anywhere.

## Write the tables

\`\`\`
$ linekeeper export --format parquet --output exports
3 commits exported; 3 files in all.
$ ls exports
_linekeeper  commits  health  lines
$ linekeeper fleet exports --question months
  month    commits  ai_commits  ai_lines  human_lines  unknown_lines  ai_percent
  2026-11        3           1         2           94              5           2
\`\`\`

The second command needs [DuckDB](fleet.md). Run the export again when there are new commits: it adds files for them.

| You want | Add |
|---|---|
| JSON lines, and no Parquet | \`--format ndjson\` |
| the findings of danger rules in each commit | \`--findings\`, which takes much longer |
| a hashed key for each author's address | \`--people\` ([privacy](privacy.md)) |
| the health of other clones | \`--health DIR\` ([below](#health-of-clones)) |
| traces for other tools | \`--format agent-trace\` ([their form](dev/export-tables.md#agent-trace)) |

**Size**: about 150 bytes a commit ([measured](dev/fleet-sql.md#measured)).

**Limit**: messages, contents, prompts and names of people are not exported.

## Tables

| Table | Rows |
|---|---|
${Object.keys(TABLES)
  .map((table) => `| \`${table}\` | ${ABOUT[table as keyof typeof TABLES]} |`)
  .join('\n')}

The columns that you need first ([all](dev/export-tables.md), schema version ${String(SCHEMA_VERSION)}):

| Table | Columns |
|---|---|
| \`commits\` | ${columnsOf('commits', ['commit', 'committed_at', 'assistants', 'tier', 'added_ai', 'added_human', 'added_unknown'])}, and \`removed_…\` |
| \`lines\` | ${columnsOf('lines', ['commit', 'path', 'start_line', 'end_line', 'author', 'assistant', 'model', 'evidence'])} |

## Health of clones

This shows which machines have an old version or broken hooks. On each machine, run the first command. Then run the second where you export:

\`\`\`
linekeeper doctor --json > /shared/health/$(hostname)-shop.json
linekeeper export --format parquet --output exports --health /shared/health
\`\`\`

The CI job's own clone is not in \`health\`. If there are several reports on one clone, the last one counts.
`;

/** For people who read the tables with a program of their own. */
export const exportTablesDoc = (): string => `# Columns of the exported tables

- **For** people who read exports with their own programs.
- **You get** each column with its type and meaning.
- **First**, [make an export](../export.md).

## Schema, version ${String(SCHEMA_VERSION)}

Timestamps are UTC with milliseconds. In NDJSON each row is an object with the same names, and timestamps are RFC 3339. A removed column, or one with another
meaning, raises the version. The version is in the files' metadata (\`linekeeper.schema\`) and in \`_linekeeper/\`.

${Object.entries(TABLES)
  .map(
    ([table, columns]) =>
      `## ${table}\n\n${ABOUT[table as keyof typeof TABLES]}\n\n| Column | Type | Meaning |\n|---|---|---|\n${columns.map(({ name, type, meaning }: ColumnSpec) => `| \`${name}\` | ${type} | ${meaning} |`).join('\n')}`,
  )
  .join('\n\n')}

## Layout

\`\`\`
exports/commits/repository=github.com%2Facme%2Fshop/month=2026-11/part-4f2c9e1a07b3-0.parquet
exports/lines/repository=…/month=…/part-….parquet
exports/_linekeeper/github.com%2Facme%2Fshop.json
\`\`\`

- The folders are partitions for Hive, DuckDB, ClickHouse, Spark and Trino. \`repository\` and \`month\` (UTC) are columns in their names, percent-encoded.
- Several repositories can share a folder.
- A finished export lists its files in \`_linekeeper/\`. A file that is not listed comes from an interrupted export. The next export deletes it.
- The next export writes everything again if history was rewritten, or if notes of exported commits, the policy's tiers or the format changed. With
  \`--findings\`, changed rules or another version of Linekeeper have the same effect.

## Agent Trace

\`--format agent-trace\` writes a file of JSON lines for each month. Each line is a record for a commit and an assistant, with files, conversations and ranges of added lines
([agent-trace.dev](https://agent-trace.dev)). \`linekeeper import agent-trace FILE\` reads them.
`;
