/** The lines that the commits of a window change, with what they belong to. */
import { either, fileNamed, anyOf } from '../../../base/patterns';
import { outputLines, readBlobs, isZero, type PatchFile, type Repository } from '../../../git';
import { namesIn, runsOf } from './normalize-names';
import { scopesOf, type Scope } from './section-of-line';

export interface ChangedLine {
  readonly side: 'added' | 'removed';
  /** 1-based, in the file of that side. */
  readonly line: number;
  readonly text: string;
  /** The names in it, folded. */
  readonly names: ReadonlySet<string>;
  /** Null in a file that is no configuration. */
  readonly scope: Scope | null;
  /** The line that stood in its place before, or stands there now. */
  readonly counterpart: string | null;
  /** It was taken away or changed, and stands elsewhere in the file. */
  readonly isElsewhere: boolean;
}

export interface ChangedPart {
  readonly path: string;
  /** The names in its path, folded. */
  readonly names: ReadonlySet<string>;
  readonly lines: readonly ChangedLine[];
}

const CONFIGURATION = either(
  anyOf(
    `
    avsc bicep cfg cnf conf cue env gradle hcl ini j2 json jsonc jsonnet kts lock nomad options
    policy properties rules service tf tfvars timer toml tpl xml ya?ml zone
  `,
    { before: String.raw`\.(?:`, flags: 'i' },
  ),
  fileNamed(String.raw`
    (?:[\w-]+\.)?Containerfile Dockerfile Dockerfile\.[\w.-]+ Gemfile Pipfile Procfile
    [\w.-]+\.Dockerfile \.env[\w.-]* crontab go\.mod poetry\.lock requirements[\w.-]*\.txt
  `),
);
/** Contents are read up to this size, and in all (bytes). */
const BLOB_AT_MOST = 4 * 1024 * 1024;
const BLOBS_AT_MOST = 64 * 1024 * 1024;
const LINES_OF_FILE = 1_500;
const LINES_AT_MOST = 150_000;
const LINE_AT_MOST = 1_000;

/** By commit. Throws a GitError. */
export async function changedLines(
  repository: Repository,
  changes: ReadonlyMap<string, readonly PatchFile[]>,
): Promise<ReadonlyMap<string, readonly ChangedPart[]>> {
  const ids = new Set<string>();
  for (const files of changes.values())
    for (const { path, oldId, newId, hunks } of files)
      if (hunks.length > 0 && CONFIGURATION.test(path)) for (const id of [oldId, newId]) if (!isZero(id)) ids.add(id);
  const blobs = await readBlobs(repository, await smallOnes(repository, [...ids]));
  const scopes = new Map<string, ReturnType<typeof scopesOf>>();
  const contentOf = (id: string): ReadonlySet<string> =>
    new Set(
      (blobs.get(id)?.toString('utf8') ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    );
  const scopeIn = (id: string): ReturnType<typeof scopesOf> | undefined => {
    const bytes = blobs.get(id);
    if (bytes === undefined) return undefined;
    const known = scopes.get(id) ?? scopesOf(bytes.toString('utf8'));
    scopes.set(id, known);
    return known;
  };
  let budget = LINES_AT_MOST;
  const all = new Map<string, readonly ChangedPart[]>();
  for (const [commit, files] of changes) {
    all.set(
      commit,
      files.map((file) => {
        const lines = linesOf(file, scopeIn, contentOf).slice(0, Math.min(LINES_OF_FILE, Math.max(0, budget)));
        budget -= lines.length;
        return { path: file.path, names: pathNames(file.path), lines };
      }),
    );
    // Each content is read for the commit before and the one after; a long window holds thousands.
    if (scopes.size > 200) scopes.clear();
  }
  return all;
}

/** Those that are not too large, in their order, up to what may be read in all. */
async function smallOnes(repository: Repository, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const { stdout } = await repository.git(['cat-file', '--batch-check=%(objectname) %(objectsize)'], {
    input: `${ids.join('\n')}\n`,
    timeout: 60_000,
  });
  let budget = BLOBS_AT_MOST;
  return outputLines(stdout).flatMap((line) => {
    const [, id, size] = /^([0-9a-f]+) (\d+)$/.exec(line) ?? [];
    if (id === undefined || Number(size) > BLOB_AT_MOST || Number(size) > budget) return [];
    budget -= Number(size);
    return [id];
  });
}

const pathNames = (path: string): ReadonlySet<string> =>
  new Set(path.split('/').flatMap((part) => runsOf(part.replace(/^([^.]+)\.[\w.]+$/, '$1'))));

function linesOf(
  { hunks, oldId, newId }: PatchFile,
  scopeIn: (id: string) => ReturnType<typeof scopesOf> | undefined,
  contentOf: (id: string) => ReadonlySet<string>,
): readonly ChangedLine[] {
  const [before, after] = [scopeIn(oldId), scopeIn(newId)];
  const newLines = contentOf(newId);
  return hunks.flatMap(({ oldStart, newStart, ...texts }) => {
    const [removed, added] = [texts.removed.map(decoded), texts.added.map(decoded)];
    const side = (
      which: ChangedLine['side'],
      texts: readonly string[],
      others: readonly string[],
      start: number,
      scope: ReturnType<typeof scopesOf> | undefined,
    ): ChangedLine[] =>
      texts.flatMap((text, at, all) =>
        text.trim() === ''
          ? []
          : [
              {
                side: which,
                // Hunks count from 0.
                line: start + at + 1,
                text: text.slice(0, LINE_AT_MOST),
                names: namesIn(text.slice(0, LINE_AT_MOST)),
                scope: scope?.(start + at + 1) ?? null,
                isElsewhere: which === 'removed' && newLines.has(text.trim()),
                counterpart:
                  others.find((other) => keyOf(other) === keyOf(text)) ??
                  (all.length === others.length ? (others[at] ?? null) : null),
              },
            ],
      );
    return [...side('removed', removed, added, oldStart, before), ...side('added', added, removed, newStart, after)];
  });
}

/** What stands before the value. */
const keyOf = (line: string): string => /^\s*(?:-\s+)?["']?([\w.@/-]+)["']?\s*(?:[:=(]|\s)/.exec(line)?.[1] ?? line;

/** Patches are read byte by byte. */
const decoded = (text: string): string =>
  /[^\0-\x7f]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
