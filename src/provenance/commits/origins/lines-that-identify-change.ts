/** Lines by which a change is recognised where it appears again. */
import path from 'node:path';
import { countLetters, splitLines, MIN_IDENTIFYING_LETTERS } from '../../authorship';
import { diffTrees, isZero, readBlobs, readStateFile, type Repository } from '../../../git';

/** A line of a file, as one key. */
export const lineOf = (name: string, line: string): string => `${name}\0${line.trim()}`;
export const nameIn = (line: string): string => line.slice(0, line.indexOf('\0'));

/** Names of files by the names that they have elsewhere. */
export type NamesElsewhere = ReadonlyMap<string, string>;

/** How files of `from` that have another name in `to` are named there. Throws a GitError. */
export async function renamedBetween(
  repository: Repository,
  from: string,
  to: string,
  options: { readonly objects?: string },
): Promise<NamesElsewhere> {
  const files = await diffTrees(repository, from, to, options);
  return new Map(files.flatMap(({ path: name, from: former }) => (former === null ? [] : [[former, name]])));
}

/** The lines with files' names elsewhere. */
export const namedAs = (lines: ReadonlySet<string>, names: NamesElsewhere): ReadonlySet<string> =>
  new Set([...lines].map((line) => (names.get(nameIn(line)) ?? nameIn(line)) + line.slice(line.indexOf('\0'))));

/** The lines that files of the work tree have. */
export function presentLines({ root }: Repository, names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    [...names].flatMap((name) =>
      splitLines(Buffer.from(readStateFile(path.join(root, ...name.split('/')))).toString('latin1')).map((line) =>
        lineOf(name, line),
      ),
    ),
  );
}

/** The distinctive lines that a change adds: not those that only repeat a white-space change anybody might make. */
export async function addedLines(
  repository: Repository,
  from: string,
  to: string,
  options: { readonly objects?: string },
): Promise<ReadonlySet<string>> {
  const files = (await diffTrees(repository, from, to, options)).filter(
    ({ newId, hunks }) => hunks.length > 0 && !isZero(newId),
  );
  const blobs = await readBlobs(
    repository,
    files.flatMap(({ oldId, newId }) => [oldId, newId]).filter((id) => !isZero(id)),
    options,
  );
  const linesIn = (id: string): readonly string[] => splitLines(blobs.get(id)?.toString('latin1') ?? '');
  return new Set(
    files.flatMap(({ path: name, oldId, newId, hunks }) => {
      const [before, after] = [linesIn(oldId), linesIn(newId)];
      const removedLines = new Set(
        hunks.flatMap((hunk) => before.slice(hunk.oldStart, hunk.oldEnd)).map((line) => line.trim()),
      );
      return hunks
        .flatMap((hunk) => after.slice(hunk.newStart, hunk.newEnd))
        .flatMap((line) =>
          countLetters(line) >= MIN_IDENTIFYING_LETTERS && !removedLines.has(line.trim()) ? [lineOf(name, line)] : [],
        );
    }),
  );
}
