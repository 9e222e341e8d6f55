/** The pages on many repositories, generated from the questions and the tables. */
import { TABLE_NAMES } from '../../src/aftermath/export';
import { clickhouseView, questions } from '../../src/aftermath/fleet';

export const FLEET_PAGE = 'docs/fleet.md';
export const FLEET_SQL_PAGE = 'docs/dev/fleet-sql.md';

/** The questions that most people ask come first; the others stay in their order. */
const FIRST: readonly string[] = ['assistants', 'months', 'repositories'];
const rankOf = (id: string): number => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length);

export const fleetDoc = (): string => `# Many repositories

- **For** people who compare the repositories of a company.
- **You get** one table for each question, such as *how many lines did each assistant write?*
- **You need** [an export](export.md) of each repository in one folder, or in object storage. You run no server.

## Ask

\`\`\`
npm install -g @duckdb/node-api                              # once: 70 MB
linekeeper export --format parquet --output /data/exports    # in each repository, to one shared folder
linekeeper fleet /data/exports --question assistants
\`\`\`

The last command prints one row for each assistant and model, with its repositories, lines and share:

\`\`\`
  assistant    model_name       repositories  ai_lines  percent
  claude-code  claude-opus-4-8             1         2      100
\`\`\`

If the exports are in several folders, name all of them: \`linekeeper fleet '/data/exports/*'\`.

| You want | Run |
|---|---|
| all answers | \`linekeeper fleet /data/exports\`, as JSON with \`--json\` |
| a question of your own | \`linekeeper fleet /data/exports --sql my-question.sql --memory 4GB\` |
| faster answers: with 1,000 repositories, 5 seconds in place of up to 88 ([measured](dev/fleet-sql.md#measured)) | \`linekeeper fleet /data/exports --merge merged\`, then \`linekeeper fleet merged\` |

## Questions

| \`--question\` | Answer |
|---|---|
${[...questions()]
  .sort((a, b) => rankOf(a.id) - rankOf(b.id))
  .map(({ id, title }) => `| \`${id}\` | ${title} |`)
  .join('\n')}

[The SQL of each question](dev/fleet-sql.md) runs in DuckDB and in [ClickHouse](dev/fleet-sql.md#engines).
`;

/** For people who write questions of their own. */
export const fleetSqlDoc = (): string => `# SQL of the questions about many repositories

- **For** people who write their own questions, or who use an engine other than DuckDB.
- **You get** the SQL of each question, the tables for ClickHouse, and the measured times.
- **First**, read [the user's page](../fleet.md): it says how to ask.

The questions read the tables ${TABLE_NAMES.map((table) => `\`${table}\``).join(', ')} ([columns](export-tables.md)). They use the SQL that DuckDB and ClickHouse share.

${questions()
  .map(
    ({ id, title, sql }) =>
      `## \`${id}\`\n\n${title.replace(/\.$/, '')}.\n\n\`\`\`sql\n${sql.replace(/^--.*\n/, '')}\n\`\`\``,
  )
  .join('\n\n')}

## Engines

Put the folder of the exports into object storage, and define ClickHouse's tables over it. ClickHouse is free (Apache 2.0) on your own server.

\`\`\`
linekeeper fleet --engine clickhouse https://BUCKET.s3.REGION.amazonaws.com/exports | clickhouse client --multiquery
linekeeper fleet --engine clickhouse /var/lib/clickhouse/user_files/exports
\`\`\`

The command writes these tables:

\`\`\`sql
${TABLE_NAMES.map((table) => clickhouseView(table, { address: 'https://BUCKET.s3.REGION.amazonaws.com/exports', format: 'parquet' })).join('\n')}
\`\`\`

| | DuckDB, as \`linekeeper fleet\` does it | ClickHouse | Trino, Athena, Spark, BigQuery |
|---|---|---|---|
| Partitions in the folders' names | \`hive_partitioning = true\` | from \`_path\`: its own partitions are not in \`*\`, stay encoded, and are unknown to a table without files | external table, \`PARTITIONED BY (repository, month)\` |
| Missing side of an outer join | NULL | default value, unless \`join_use_nulls = 1\`; the questions allow for both | NULL |
| Integers in JSON | as numbers | 64-bit ones as texts, unless set otherwise | as numbers |
| \`date_diff\`, \`median\` | as in the questions | the same | \`date_diff\` the same; \`approx_percentile(x, 0.5)\` for \`median\` |

On one machine DataFusion (55) and Polars' \`SQLContext\` (2.1) run all questions but one as they stand, over each table's Parquet files registered under its
name with Hive partitioning on. The one about deployments needs \`date_diff\`, which neither has; the one about clones was not tried there.

## Costs

| | Cost |
|---|---|
| DuckDB | free (MIT), no server, the memory that \`--memory\` allows |
| Object storage | a gigabyte for some millions of commits, and requests for each file. A question over 1,000 repositories and 24 months reads some 24,000 small files, or some hundred merged files |

## Measured

A made-up company (\`test/bench/fleet.ts\`) on two processors. Other work ran on the machine meanwhile.

| 1,000 repositories, 10,008,000 commits in 24 months | as exported | merged |
|---|---|---|
| size | 1.5 GB (151 bytes a commit with its lines) in 73,000 files | 758 MB |
| a question | 16 to 88 s | 0.9 to 4.4 s |

Merging took 188 s, and the process at most 2.4 GB of memory with \`--memory 1GB\`. With 100 repositories and 960,000 commits, a question took 3 to 11 s as exported and 0.2 to 0.7 s merged.
`;
