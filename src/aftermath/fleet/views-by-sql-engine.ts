/**
 * The table of differences between engines. A question is the same for all of them; only the way in which an engine
 * reads an export's files as the tables `commits`, `lines`, `findings`, `sign_offs`, `deployments` and `incidents`
 * differs.
 */
import { TABLES, type ColumnSpec, type ColumnType, type TableName } from '../export';

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const DUCKDB_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  int32: 'INTEGER',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};
const CLICKHOUSE_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'Nullable(String)',
  int32: 'Int32',
  boolean: 'Bool',
  timestamp: 'Nullable(DateTime64(3))',
};

/** DuckDB: a table over files, by their paths; over none, an empty one. */
export function duckdbView(
  table: TableName,
  files: readonly string[],
  { format, merged }: { readonly format: 'parquet' | 'ndjson'; readonly merged: boolean },
): string {
  const specs: readonly ColumnSpec[] = TABLES[table];
  const columns = specs.map(({ name, type }) => ({ name, type: DUCKDB_TYPES[type] }));
  if (files.length === 0)
    return `CREATE VIEW ${table} AS SELECT ${[...columns, { name: 'repository', type: 'VARCHAR' }, { name: 'month', type: 'VARCHAR' }].map(({ name, type }) => `CAST(NULL AS ${type}) AS ${name}`).join(', ')} WHERE false`;
  const list = `[${files.map(text).join(',')}]`;
  const hive = `hive_partitioning = true, hive_types = {${merged ? '' : "'repository': VARCHAR, "}'month': VARCHAR}`;
  if (format === 'parquet') return `CREATE VIEW ${table} AS SELECT * FROM read_parquet(${list}, ${hive})`;
  return `CREATE VIEW ${table} AS SELECT * FROM read_json(${list}, format = 'newline_delimited', columns = {${columns.map(({ name, type }) => `${text(name)}: ${text(type)}`).join(', ')}}, ${hive})`;
}

/** Where ClickHouse finds exports: an address of object storage, or a folder below its `user_files_path`. */
interface ClickhouseSource {
  readonly address: string;
  readonly format: 'parquet' | 'ndjson';
}

/**
 * ClickHouse: a table over all files of an export, merged or not; over none, an empty one. Repository and month are
 * read from the files' paths, where the names are encoded, instead of its own partitions: these are no columns of `*`,
 * and unknown where there is no file.
 */
export function clickhouseView(table: TableName, { address, format }: ClickhouseSource): string {
  const specs: readonly ColumnSpec[] = TABLES[table];
  const columns = [
    ...specs.map(({ name, type }) => `${name} ${CLICKHOUSE_TYPES[type]}`),
    'repository Nullable(String)',
  ];
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
  const files = clickhouseText(`${address.replace(/\/+$/, '')}/${table}/**/*.${format}`);
  const reader = `${isAddress ? 's3' : 'file'}(${files}, '${format === 'parquet' ? 'Parquet' : 'JSONEachRow'}', '${columns.join(', ')}')`;
  const settings = [
    'use_hive_partitioning = 0',
    ...(format === 'ndjson' ? ["date_time_input_format = 'best_effort'"] : []),
  ];
  return `CREATE OR REPLACE VIEW ${table} AS SELECT * REPLACE (coalesce(repository, decodeURLComponent(extract(_path, '/${table}/repository=([^/]+)/'))) AS repository), extract(_path, '/month=([^/]+)/') AS month FROM ${reader} SETTINGS ${settings.join(', ')};`;
}

const clickhouseText = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
