/** The page on exports, generated from the schema in the code that writes the tables. */
import { SCHEMA_VERSION, TABLES, type ColumnSpec } from '../../src/aftermath/export';

export const EXPORT_PAGE = 'docs/export.md';

const ABOUT: Readonly<Record<keyof typeof TABLES, string>> = {
  commits: 'One row for each commit.',
  lines: 'One row for each run of lines with the same author. Of a merge only its own lines.',
  findings:
    'One row for each thing that a danger rule finds in a commit, with `--findings`; also where a later commit took it back.',
  sign_offs: 'One row for each commit with signed sign-offs. Who signed is not exported.',
  deployments: 'One row for each recorded deployment.',
  incidents: 'One row for each incident file of the commit that is exported.',
  runs: 'One row for each command that an agent ran with permission or was refused, as the policy lets it be kept (`runs`). Who asked and who approved is not exported, nor is the line.',
  health:
    'One row for each clone: the one that is exported, unless `CI` is set, and those whose `linekeeper doctor --json` is in the folder that `--health` names. The last report of a clone counts. Anybody who knows the name of a machine and the folder can find the key of a clone.',
};

export const exportDoc = (): string => `# Exports

\`\`\`
linekeeper export --format parquet --output /data/exports     # or ndjson
linekeeper export --format parquet --findings --output /data/exports
linekeeper export --format agent-trace --output traces
linekeeper doctor --json > /data/health/$(hostname)-shop.json # on each machine
linekeeper export --format parquet --output /data/exports --health /data/health
\`\`\`

writes a repository's commits, lines by author, findings, sign-offs, deployments, incidents, what agents ran with permission, and how clones are set up as tables. Several repositories may share a folder;
[fleet.md](fleet.md) asks questions of it. Nothing is sent anywhere. Messages, contents, prompts and names of people are not exported.

## Layout

\`\`\`
/data/exports/commits/repository=github.com%2Facme%2Fshop/month=2026-11/part-4f2c9e1a07b3-0.parquet
/data/exports/lines/repository=…/month=…/part-….parquet
/data/exports/_linekeeper/github.com%2Facme%2Fshop.json
\`\`\`

The folders are partitions as Hive, DuckDB, ClickHouse, Spark and Trino read them: \`repository\` and \`month\` (UTC) are columns that stand in
the folders' names, percent-encoded. Files are written beside and renamed in, and listed in \`_linekeeper/\` when the export ends; what is not
listed there comes from an export that did not end, and goes with the next one.

The next export adds files with the commits since then. Everything of the repository is written again when history was rewritten, when notes
of exported commits changed, when the policy's tiers did, or with another format. With \`--findings\` also when the policy's rules changed or Linekeeper has another version.

## Schema, version ${String(SCHEMA_VERSION)}

Timestamps are UTC with milliseconds. In NDJSON each row is an object with the same names, and timestamps are RFC 3339. A column that changes
its meaning or goes raises the version, which is in the files' metadata (\`linekeeper.schema\`) and in \`_linekeeper/\`.

${Object.entries(TABLES)
  .map(
    ([table, columns]) =>
      `### ${table}\n\n${ABOUT[table as keyof typeof TABLES]}\n\n| Column | Type | Meaning |\n|---|---|---|\n${columns.map(({ name, type, meaning }: ColumnSpec) => `| \`${name}\` | ${type} | ${meaning} |`).join('\n')}`,
  )
  .join('\n\n')}

Findings are exported only with \`--findings\`: the danger rules look at contents, which costs far more than everything else
(see [report.md](report.md)). What was found in a commit is kept, and shared with \`report --findings\`.

## Agent Trace

One file of JSON lines for each month: a record for each commit and assistant, with the files, conversations and ranges of lines that it
added ([agent-trace.dev](https://agent-trace.dev)). \`linekeeper import agent-trace FILE\` reads them.
`;
