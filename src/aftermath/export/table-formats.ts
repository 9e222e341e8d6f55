/** Rows as bytes of a file. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { SCHEMA_VERSION, TABLES, type ColumnSpec, type Row, type TableName } from './table-schema';

export type TableFormat = 'parquet' | 'ndjson';

/** The content of a file with these rows. */
export function bytesOf(format: TableFormat, table: TableName, rows: readonly Row[]): Uint8Array {
  const columns: readonly ColumnSpec[] = TABLES[table];
  return format === 'parquet' ? parquetOf(table, columns, rows) : ndjsonOf(columns, rows);
}

const PARQUET_TYPES = { string: 'STRING', int32: 'INT32', boolean: 'BOOLEAN', timestamp: 'TIMESTAMP' } as const;

function parquetOf(table: TableName, columns: readonly ColumnSpec[], rows: readonly Row[]): Uint8Array {
  const columnData = columns.map(({ name, type }) => ({
    name,
    type: PARQUET_TYPES[type],
    data: rows.map((row) => valueOf(type, row[name] ?? null)),
  }));
  return new Uint8Array(
    parquetWriteBuffer({
      columnData,
      rowGroupSize: 100_000,
      createdBy: 'linekeeper',
      kvMetadata: [
        { key: 'linekeeper.table', value: table },
        { key: 'linekeeper.schema', value: String(SCHEMA_VERSION) },
      ],
    }),
  );
}

const valueOf = (type: ColumnSpec['type'], value: Row[string]): unknown =>
  type === 'timestamp' && typeof value === 'number' ? new Date(value * 1000) : value;

function ndjsonOf(columns: readonly ColumnSpec[], rows: readonly Row[]): Uint8Array {
  const textOf = (type: ColumnSpec['type'], value: Row[string]): unknown =>
    type === 'timestamp' && typeof value === 'number'
      ? new Date(value * 1000).toISOString().replace('.000Z', 'Z')
      : value;
  return Buffer.from(
    rows
      .map(
        (row) =>
          `${JSON.stringify(Object.fromEntries(columns.map(({ name, type }) => [name, textOf(type, row[name] ?? null)])))}\n`,
      )
      .join(''),
  );
}
