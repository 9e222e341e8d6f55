/** The page on many repositories, generated from the questions and the tables. */
import { TABLE_NAMES } from '../../src/aftermath/export';
import { clickhouseView, questions } from '../../src/aftermath/fleet';

export const FLEET_PAGE = 'docs/fleet.md';

export const fleetDoc = (): string => `# Many repositories

Each repository exports its own tables ([export.md](export.md)) into a shared folder or object storage, for example in its CI job. An engine
that exists reads them all; Linekeeper has no server and no database of its own.

## On one machine: DuckDB

\`\`\`
npm install -g @duckdb/node-api              # once; 70 MB, free, works offline
linekeeper fleet /data/exports               # all questions
linekeeper fleet '/data/exports/*' --question assistants --json
linekeeper fleet /data/exports --sql my-question.sql --memory 4GB
\`\`\`

Nothing runs in between: DuckDB is started, reads the files and ends. Thousands of small files take longer to open than to read, so merge
them now and then, and ask of that:

\`\`\`
linekeeper fleet /data/exports --merge /data/merged
linekeeper fleet /data/merged
\`\`\`

## The questions

Plain SQL in the part of the language that DuckDB and ClickHouse share. They read the tables ${TABLE_NAMES.map((table) => `\`${table}\``).join(', ')}.

${questions()
  .map(({ id, title, sql }) => `### \`${id}\`\n\n${title}.\n\n\`\`\`sql\n${sql.replace(/^--.*\n/, '')}\n\`\`\``)
  .join('\n\n')}

## In a company: ClickHouse, or any engine that reads Parquet

Put the folder into object storage. The questions stay as they are; what differs is only how an engine reads the files as tables. For
ClickHouse, this writes its tables:

\`\`\`
linekeeper fleet --engine clickhouse https://BUCKET.s3.REGION.amazonaws.com/exports | clickhouse client --multiquery
linekeeper fleet --engine clickhouse /var/lib/clickhouse/user_files/exports
\`\`\`

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

## What it costs

| | costs |
|---|---|
| DuckDB | no licence (MIT), no server; the memory that \`--memory\` allows, for as long as a question takes |
| Object storage | a gigabyte for some millions of commits: cents a month; requests for each file that is read, so one question over 1,000 repositories and 24 months reads some 24,000 small files; of merged ones, some hundred |
| ClickHouse | no licence (Apache 2.0) for a server of one's own, or by compute time as a service; worth it where dashboards ask all day |
| CI | an export reads the new commits only: seconds in each job |

## Measured

A made-up company (\`test/bench/fleet.ts\`), on two processors; see the file for how it is made.

| 1,000 repositories, 10,008,000 commits in 24 months | as exported | merged |
|---|---|---|
| size | 1.5 GB (151 bytes a commit with its lines) in 73,000 files | 758 MB |
| a question | 16 to 88 s | 0.9 to 4.4 s |

Merging took 188 s, and the process at most 2.4 GB of memory with \`--memory 1GB\`. The machine was busy with other work, and this ran behind
it (\`nice -n 19\`). With 100 repositories and 960,000 commits, a question took 3 to 11 s as exported and 0.2 to 0.7 s merged.
`;
