/** The exports that a question is run on. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { isOtherVersion, statesIn, TABLE_NAMES, type TableName } from '../export';
import { attempt, SEPARATOR } from '../../base/platform';

export interface Exports {
  readonly format: 'parquet' | 'ndjson';
  readonly repositories: number;
  /** Each file holds many repositories, with the name as a column. */
  readonly merged: boolean;
  /**
   * Absolute paths of files by table. Only those that an export has listed: leftovers of an interrupted export are not
   * read.
   */
  readonly files: Readonly<Record<TableName, readonly string[]>>;
  /** What was left out, as sentences. */
  readonly notices: readonly string[];
}

/** Collects the exports in folders. Returns a sentence when there is nothing to query. */
export function gatherExports(folders: readonly string[]): Exports | string {
  const files = Object.fromEntries(TABLE_NAMES.map((table) => [table, [] as string[]])) as Record<TableName, string[]>; // its own keys
  const notices: string[] = [];
  const formats = new Set<string>();
  const merged = new Set<number>();
  let repositories = 0;
  const seen = new Map<string, string>();
  for (const { folder, states } of folders.flatMap(exportsIn)) {
    if (states.length === 0)
      notices.push(
        `${folder} holds no export ("linekeeper export --format parquet --output DIR" makes one), so it is left out.`,
      );
    for (const state of states) {
      const { repository, format, parts } = state;
      const before = seen.get(repository);
      if (isOtherVersion(state))
        notices.push(
          `${repository} in ${folder} was exported by another version of Linekeeper, so it is left out. Export it again.`,
        );
      else if (format !== 'parquet' && format !== 'ndjson')
        notices.push(`${repository} in ${folder} was exported as ${format}, which has no tables, so it is left out.`);
      else if (before !== undefined)
        notices.push(`${repository} is in ${before} and in ${folder}; the first one counts.`);
      else {
        seen.set(repository, folder);
        formats.add(format);
        merged.add(state.merged === undefined ? 0 : 1);
        repositories += state.merged ?? 1;
        const missing = parts.filter((part) => !existsSync(path.join(folder, part)));
        if (missing.length > 0)
          notices.push(
            `${repository} in ${folder} is not complete: ${String(missing.length)} of its files are missing. Export it again.`,
          );
        for (const part of parts) {
          const table = TABLE_NAMES.find((one) => part.startsWith(`${one}/`));
          if (table !== undefined && !part.split('/').includes('..') && !missing.includes(part))
            files[table].push(path.join(folder, part));
        }
      }
    }
  }
  const [format, second] = [...formats];
  if (merged.size > 1) return 'Some of the folders are merged and some are not. Ask about one kind at a time.';
  if (second !== undefined)
    return 'Some of the exports are Parquet and some NDJSON. Ask about one kind at a time, or export all as Parquet.';
  if (format !== 'parquet' && format !== 'ndjson') return notices.join(' ') || 'There is no export in these folders.';
  return { format, repositories, merged: merged.has(1), files, notices };
}

/** The folders that the words of a command line refer to; `*` matches any name of one folder, also of one table. */
export function foldersOf(words: readonly string[], cwd: string): string[] {
  return [
    ...new Set(
      words.flatMap((word) => {
        const parts = path.resolve(cwd, word).split(SEPARATOR);
        let found = [parts[0] === '' ? SEPARATOR : (parts[0] ?? SEPARATOR)];
        for (const part of parts.slice(1))
          found = part.includes('*')
            ? found.flatMap((folder) => matching(folder, part))
            : found.map((folder) => path.join(folder, part));
        return found.map((folder) => {
          const outer = path.dirname(folder);
          return statesIn(folder).length === 0 && statesIn(outer).length > 0 ? outer : folder;
        });
      }),
    ),
  ];
}

function matching(folder: string, pattern: string): string[] {
  const like = new RegExp(
    `^${pattern
      .split('*')
      .map((text) => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
      .join('.*')}$`,
  );
  return attempt(
    () =>
      readdirSync(folder)
        .filter((name) => like.test(name) && !name.startsWith('.'))
        .sort()
        .map((name) => path.join(folder, name))
        .filter((one) => statSync(one, { throwIfNoEntry: false })?.isDirectory() === true),
    [],
  );
}

interface FolderOfExports {
  readonly folder: string;
  readonly states: ReturnType<typeof statesIn>;
}

/** The folder itself if it holds an export, else those in it that do: one folder for each repository. */
function exportsIn(folder: string): readonly FolderOfExports[] {
  const whole = { folder, states: statesIn(folder) };
  if (whole.states.length > 0) return [whole];
  const inside = matching(folder, '*').flatMap((place) => {
    const states = statesIn(place);
    return states.length > 0 ? [{ folder: place, states }] : [];
  });
  return inside.length > 0 ? inside : [whole];
}
