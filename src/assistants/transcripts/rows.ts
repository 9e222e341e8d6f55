/**
 * Transcripts that are databases of SQLite. Node reads them itself from 22.13 on (from 22.5 when told to), and so do
 * editors that bring such a one; before that they are not read.
 */

/** As much of `node:sqlite` as is needed here. */
interface Sqlite {
  readonly DatabaseSync: new (
    file: string,
    options: { readonly readOnly: boolean },
  ) => {
    prepare(query: string): { all(...values: readonly number[]): readonly Readonly<Record<string, unknown>>[] };
    close(): void;
  };
}

/** Undefined where there is none. */
function sqlite(): Sqlite | undefined {
  // older versions have neither
  const load = (process as { readonly getBuiltinModule?: (id: string) => unknown }).getBuiltinModule;
  const warning = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => undefined; // it says that it is new, to whoever asked something else
  try {
    return load?.('node:sqlite') as Sqlite | undefined;
  } finally {
    if (warning) Object.defineProperty(process, 'emitWarning', warning);
  }
}

/** Whether databases can be read here. */
export const readsDatabases = (): boolean => sqlite() !== undefined;

/**
 * The column `row` of what a query gives, one a line. `since` (milliseconds since the epoch) is its only value.
 * Undefined where the file is none, is locked, or cannot be read here. Nothing is changed.
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
