/** The questions: plain SQL files (media/fleet) in the part of the language that DuckDB and ClickHouse share. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Question {
  readonly id: string;
  /** The question, for people: the first line of the file. */
  readonly title: string;
  readonly sql: string;
}

/** Next to `dist` when this runs packaged, else next to `src`. */
const FOLDERS = ['../media/fleet', '../../../media/fleet'].map((folder) => path.resolve(__dirname, folder));

/** All questions that come with Linekeeper, by their ids. Throws when they are missing. */
export function questions(): readonly Question[] {
  const folder = FOLDERS.find((one) => existsSync(one));
  if (folder === undefined) throw new Error(`The questions are missing: there is no folder ${FOLDERS[0] ?? ''}.`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => questionIn(path.join(folder, name)));
}

/** The question in a file. Throws a file system error. */
export function questionIn(file: string): Question {
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  const id = path.basename(file).replace(/\.sql$/i, '');
  return { id, title: /^--[ \t]*(.+)/.exec(text)?.[1]?.trim() ?? id, sql: text.trim().replace(/;$/, '') };
}
