/**
 * Transcripts that are SQLite databases. Node reads them itself from 22.13 on (from 22.5 with a flag), and so do
 * editors with such a Node; before that they are not read.
 */

/** The part of `node:sqlite` that is needed here. */
interface Sqlite {
  readonly DatabaseSync: new (
    file: string,
    options: { readonly readOnly: boolean },
  ) => {
    prepare(query: string): { all(...values: readonly number[]): readonly Readonly<Record<string, unknown>>[] };
    close(): void;
  };
}

/** Undefined where not available. */
function sqlite(): Sqlite | undefined {
  // older versions have neither
  const load = (process as { readonly getBuiltinModule?: (id: string) => unknown }).getBuiltinModule;
  const warning = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => undefined; // it warns that it is experimental, in the output of an unrelated command
  try {
    return load?.('node:sqlite') as Sqlite | undefined;
  } finally {
    if (warning) Object.defineProperty(process, 'emitWarning', warning);
  }
}

/** Whether databases can be read here. */
export const readsDatabases = (): boolean => sqlite() !== undefined;

/**
 * The column `row` of a query's results, one per line. `since` (milliseconds since the epoch) is its only parameter.
 * Undefined where the file is not a database, is locked, or cannot be read here. Read-only.
 */
export function rowsIn(file: string, query: string, since: number): string | undefined {
  try {
    const found = sqlite();
    if (found === undefined) return undefined;
    const database = new found.DatabaseSync(file, { readOnly: true });
    try {
      return database
        .prepare(query)
        .all(since)
        .flatMap(({ row }) => (typeof row === 'string' ? row : []))
        .join('\n');
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}
