/**
 * Whether a column's new type may lose what is in it. The old type is unknown here: types with room for everything, and
 * lengths that are usual for a widening, count as safe.
 */
import { wordSet } from '../../base/patterns';
import type { Token } from './types';

/** Types that hold any previous value. */
const ROOMY = wordSet(`
  TEXT CITEXT CLOB NCLOB LONGTEXT MEDIUMTEXT NTEXT STRING BIGINT INT8 BIGSERIAL BIGINTEGER DECIMAL NUMERIC
  NUMBER JSONB JSON BYTEA BLOB LONGBLOB TIMESTAMPTZ TIMESTAMP DATETIME DATETIME2 DATETIMEOFFSET DOUBLE XML
  VARIANT FLOAT64 INT64 LONG SERIAL
`);
const SIZED = wordSet(`
  VARCHAR CHAR CHARACTER NVARCHAR NCHAR VARCHAR2 NVARCHAR2 BPCHAR STRING VARBINARY BINARY TINYTEXT
`);
const SMALL = wordSet(`
  INT INTEGER INT4 INT2 SMALLINT TINYINT MEDIUMINT BIT BOOL BOOLEAN DATE TIME REAL FLOAT FLOAT4 UUID
  SMALLDATETIME SMALLMONEY MONEY YEAR INT32 INT16
`);
/** From this length on a text column is more often widened than narrowed. Characters. */
const ROOM = 255;
const DIGITS = 10;

/** The type that starts at `at` may have less room than what is stored. */
export function mayNarrow(tokens: readonly Token[], at: number): boolean {
  const type = tokens[at];
  if (type === undefined) return false;
  const converts = tokens.some(({ key }, index) => key === 'USING' && index > at);
  const size =
    tokens[at + 1]?.key === '('
      ? tokens[at + 2]
      : tokens[at + 1]?.key === 'VARYING' && tokens[at + 2]?.key === '('
        ? tokens[at + 3]
        : undefined;
  if (SIZED.has(type.key)) return isSmall(type.key, size?.text);
  if (SMALL.has(type.key)) return true;
  if (['DECIMAL', 'NUMERIC', 'NUMBER'].includes(type.key)) return size !== undefined && Number(size.text) <= DIGITS;
  if (type.key === 'ENUM' || type.key === 'SET') return false; // MySQL lists all values each time: adding one looks the same
  if (ROOMY.has(type.key)) return false;
  return converts; // a user-defined type, with a conversion
}

function isSmall(key: string, size: string | undefined): boolean {
  if (size === undefined) return key === 'CHAR' || key === 'CHARACTER' || key === 'TINYTEXT';
  return /^\d+$/.test(size) && Number(size) < ROOM;
}

/** The type as written, for messages: `varchar(20)`. */
export function shownType(tokens: readonly Token[], at: number): string {
  const type = tokens[at];
  if (type === undefined) return '';
  const size =
    tokens[at + 1]?.key === '(' && tokens[at + 2]?.kind === 'number'
      ? `(${tokens[at + 2]?.text ?? ''}${tokens[at + 3]?.key === ')' ? '' : ', …'})`
      : '';
  return `${type.text.slice(0, 40)}${size}`;
}
