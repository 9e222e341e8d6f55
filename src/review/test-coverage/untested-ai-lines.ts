/** AI's lines that no test runs. */
import { runsOfLines } from '../../provenance/authorship';
import type { FileAttribution } from '../../provenance/authorship/types';
import type { Coverage, CoveredLines } from './types';

interface UntestedFile {
  readonly path: string;
  /** Runs of lines (1-based, of the new file) that no test runs. */
  readonly lines: readonly { readonly start: number; readonly end: number }[];
}

export interface UntestedLines {
  /** AI's executable lines, in the files that the report covers. */
  readonly runnable: number;
  /** How many of them no test runs. */
  readonly untested: number;
  readonly files: readonly UntestedFile[];
  /** Files with AI's lines that the report does not cover. */
  readonly unmeasured: readonly string[];
}

/**
 * Compares the lines that AI added with a report. `root`: the work tree's top, which prefixes absolute names in
 * reports.
 */
export function untestedAiLines(
  files: readonly FileAttribution[],
  { files: covered }: Coverage,
  root: string,
): UntestedLines {
  const lookUp = byEnding(
    covered,
    root,
    files.map(({ path }) => path),
  );
  const result = { runnable: 0, untested: 0, files: [] as UntestedFile[], unmeasured: [] as string[] };
  for (const { path, ranges } of files) {
    const byAi = ranges.filter(({ author }) => author === 'ai');
    if (byAi.length === 0) continue;
    const lines = lookUp(path);
    if (lines === undefined) {
      result.unmeasured.push(path);
      continue;
    }
    const runnable = byAi
      .flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, index) => start + index))
      .filter((line) => lines.has(line));
    const untested = runnable.filter((line) => lines.get(line) === false);
    result.runnable += runnable.length;
    result.untested += untested.length;
    if (untested.length > 0) result.files.push({ path, lines: runsOfLines(untested) });
  }
  return result;
}

/**
 * Reports name files in their own ways: the one whose name ends with the path, or with whose name the path ends, if
 * there is only one.
 */
function byEnding(
  covered: Coverage['files'],
  root: string,
  paths: readonly string[],
): (path: string) => CoveredLines | undefined {
  const top = `${root.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
  const named = [...covered].map(([name, lines]) => {
    const plain = name.replaceAll('\\', '/').replace(/^\.\//, '');
    return { name: plain.startsWith(top) ? plain.slice(top.length) : plain, lines };
  });
  const alike = (name: string, path: string): boolean =>
    name === path || name.endsWith(`/${path}`) || path.endsWith(`/${name}`);
  return (path) => {
    const exact = named.find(({ name }) => name === path);
    if (exact) return exact.lines;
    const found = named.filter(({ name }) => alike(name, path));
    const [only] = found;
    // A name that matches two of the changed files, or two names that match one, are ambiguous.
    return only !== undefined && found.length === 1 && paths.filter((other) => alike(only.name, other)).length === 1
      ? only.lines
      : undefined;
  };
}
