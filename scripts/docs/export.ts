/** The pages on exports, generated from the schema in the code that writes the tables. */
import { SCHEMA_VERSION, TABLES, type ColumnSpec } from '../../src/aftermath/export';

export const EXPORT_PAGE = 'docs/export.md';
export const EXPORT_TABLES_PAGE = 'docs/dev/export-tables.md';

const ABOUT: Readonly<Record<keyof typeof TABLES, string>> = {
  commits: 'One row for each commit.',
  lines: 'One row for each run of lines with the same author. Of a merge only its own lines.',
  findings:
    'One row for each thing that a danger rule finds in a commit, with `--findings`; also where a later commit took it back.',
  sign_offs: 'One row for each commit with signed sign-offs. The signer is not exported.',
  deployments: 'One row for each recorded deployment.',
  incidents: 'One row for each incident file of the commit that is exported.',
  runs: 'One row for each command that an agent ran with permission or was refused, as the policy lets it be kept (`runs`). The requester, the approver and the command line are not exported.',
  health:
    'One row for each clone: the one that is exported, unless `CI` is set, and those whose `linekeeper doctor --json` is in the folder that `--health` names. The last report of a clone counts. Anybody who knows the name of a machine and the folder can find the key of a clone.',
};

export const exportDoc = (): string => `# Exports

For data analysts and auditors. You get tables of a repository's history, in Parquet or NDJSON, for [questions about many repositories](fleet.md) or your own tools.
You need a clone with its notes (\`linekeeper notes fetch\`). Linekeeper sends nothing anywhere.

\`\`\`
linekeeper export --format parquet --output /data/exports     # or ndjson
linekeeper export --format parquet --findings --output /data/exports
linekeeper export --format agent-trace --output traces
linekeeper doctor --json > /data/health/$(hostname)-shop.json # on each machine
linekeeper export --format parquet --output /data/exports --health /data/health
\`\`\`

Messages, contents, prompts and names of people are not exported.

## Tables

| Table | Rows |
|---|---|
${Object.keys(TABLES)
  .map((table) => `| \`${table}\` | ${ABOUT[table as keyof typeof TABLES]} |`)
  .join('\n')}

[Columns of each table](dev/export-tables.md): schema version ${String(SCHEMA_VERSION)}.

Findings need \`--findings\`, because the danger rules read contents, which costs far more than everything else ([reports](report.md)). Linekeeper keeps the findings
of a commit, and shares them with \`report --findings\`.

## Layout

\`\`\`
/data/exports/commits/repository=github.com%2Facme%2Fshop/month=2026-11/part-4f2c9e1a07b3-0.parquet
/data/exports/lines/repository=…/month=…/part-….parquet
/data/exports/_linekeeper/github.com%2Facme%2Fshop.json
\`\`\`

The folders are partitions for Hive, DuckDB, ClickHouse, Spark and Trino. \`repository\` and \`month\` (UTC) are columns in the folders' names, percent-encoded. Several
repositories can share a folder. When an export ends, it lists its files in \`_linekeeper/\`. A file that is not listed comes from an interrupted export, and the next export
deletes it.

The next export adds files with the new commits. It writes everything again if history was rewritten, if notes of exported commits or the policy's tiers changed, or
if the format differs. With \`--findings\`, other rules in the policy or another version of Linekeeper have the same effect.

## Agent Trace

\`--format agent-trace\` writes a file of JSON lines for each month. Each line is a record for a commit and an assistant, with files, conversations and added ranges of lines
([agent-trace.dev](https://agent-trace.dev)). \`linekeeper import agent-trace FILE\` reads them.

## Check it, undo it

- **Check**: \`linekeeper fleet /data/exports --question months\` counts the exported commits.
- **Undo**: delete the folder. An export changes nothing in the repository.
`;

/** For people who read the tables with a program of their own. */
export const exportTablesDoc = (): string => `# Columns of the exported tables

For people who read exports with their own programs. You get each column with its type and meaning. [The user's page](../export.md) says how to make an export.

## Schema, version ${String(SCHEMA_VERSION)}

Timestamps are UTC with milliseconds. In NDJSON each row is an object with the same names, and timestamps are RFC 3339. A removed column, or one with another
meaning, raises the version. The version is in the files' metadata (\`linekeeper.schema\`) and in \`_linekeeper/\`.

${Object.entries(TABLES)
  .map(
    ([table, columns]) =>
      `## ${table}\n\n${ABOUT[table as keyof typeof TABLES]}\n\n| Column | Type | Meaning |\n|---|---|---|\n${columns.map(({ name, type, meaning }: ColumnSpec) => `| \`${name}\` | ${type} | ${meaning} |`).join('\n')}`,
  )
  .join('\n\n')}
`;
