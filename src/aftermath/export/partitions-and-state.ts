/**
 * The folder of an export: Hive-style partitions by repository and month, and the state of each repository's part.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../base/files';
import { SCHEMA_VERSION } from './table-schema';
import { slashedHere } from '../../base/platform';
import { hasShape, isAnything, isListOf, isNumber, isText, parsedAs } from '../../base/shapes';

/** What was exported of a repository, in `_linekeeper/<repository>.json`. Written last. */
export interface ExportState {
  readonly version: number;
  readonly format: string;
  readonly repository: string;
  /** The last commit, and a digest of the notes of all commits that were exported. */
  readonly tip: string;
  readonly notes: string;
  readonly policy: string;
  readonly people: boolean;
  /** This many repositories were merged into it (`linekeeper fleet --merge`); its folders are months only. */
  readonly merged?: number;
  /** Files of the export, relative to its folder. A file that is not listed belongs to an unfinished export. */
  readonly parts: readonly string[];
}

const STATES = '_linekeeper';

/** A name as one part of a path, as in Hive and DuckDB: characters with a special meaning are percent-encoded. */
export const partName = (name: string): string =>
  encodeURIComponent(name)
    .replace(/[!'()*~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));

export const statePath = (folder: string, repository: string): string =>
  path.join(folder, STATES, `${partName(repository)}.json`);

/** The state of a repository's export; undefined when there is none, or it can't be read. */
export const readState = (folder: string, repository: string): ExportState | undefined =>
  stateIn(statePath(folder, repository));

const isState = hasShape({
  version: isNumber,
  format: isText,
  repository: isText,
  tip: isText,
  notes: isText,
  policy: isText,
  people: isAnything,
  merged: isAnything,
  parts: isListOf(isText),
});

function stateIn(file: string): ExportState | undefined {
  try {
    const state = parsedAs(readFileSync(file, 'utf8'), isState);
    if (state === undefined) return undefined;
    const { version, format, repository, tip, notes, policy, people, merged, parts } = state;
    return {
      version,
      format,
      repository,
      tip,
      notes,
      policy,
      people: people === true,
      ...(isNumber(merged) ? { merged } : {}),
      parts,
    };
  } catch {
    return undefined;
  }
}

export function statesIn(folder: string): ExportState[] {
  const states = path.join(folder, STATES);
  return existsSync(states)
    ? readdirSync(states)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .flatMap((name) => stateIn(path.join(states, name)) ?? [])
    : [];
}

/** Whether it was made by another version, or in a format other than those of the tables. */
export const isOtherVersion = ({ version }: Pick<ExportState, 'version'>): boolean => version !== SCHEMA_VERSION;

export const partitionOf = (table: string, repository: string, month: string): string =>
  `${table}/repository=${partName(repository)}/month=${month}`;

/** Writes a temporary file and renames it into place. Throws a file system error. */
export function writePart(folder: string, part: string, bytes: Uint8Array | string): void {
  const file = path.join(folder, ...part.split('/'));
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, bytes);
}

/** Removes the files of a repository that are not listed: those of an unfinished export. */
export function removeOthers(
  folder: string,
  tables: readonly string[],
  repository: string,
  listed: ReadonlySet<string>,
): void {
  for (const table of tables) {
    const below = path.join(folder, table, `repository=${partName(repository)}`);
    if (!existsSync(below)) continue;
    for (const entry of readdirSync(below, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      if (!listed.has(slashedHere(path.relative(folder, file)))) rmSync(file, { force: true });
    }
  }
}
