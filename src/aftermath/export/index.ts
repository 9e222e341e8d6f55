/**
 * Exports for engines that read tables: Parquet, NDJSON and Agent Trace. A bundle of its own (dist/data-export.js) that
 * includes the Parquet writer.
 */
export { EXPORT_FORMATS, exportTables, type Exported } from './export-as-tables';
export { partName, readState, statesIn, isOtherVersion, writePart, type ExportState } from './partitions-and-state';
export { bytesOf } from './table-formats';
export {
  SCHEMA_VERSION,
  TABLE_NAMES,
  TABLES,
  type ColumnSpec,
  type ColumnType,
  type Row,
  type TableName,
} from './table-schema';
