/** What a coverage report says about the lines that AI added. */
import type { FileAttribution } from '../../authorship/types';
import { quoted } from '../../policy';
import type { ReviewInput } from '..';
import { findCoverage, readCoverage, untestedAiLines } from '../coverage';

/**
 * `named`: the report that a person named; without it one is looked for. `since`: time of the latest commit, in
 * milliseconds.
 */
export function testedLines(
  root: string,
  files: readonly FileAttribution[],
  since: number,
  named?: string,
): { readonly tested: ReviewInput['tested']; readonly missing: readonly string[] } {
  const report = named === undefined ? findCoverage(root) : readCoverage(root, named);
  if (report === undefined)
    return {
      tested: undefined,
      missing:
        named === undefined
          ? []
          : [
              `${quoted(named)} is not there, or no report in LCOV, Cobertura, JaCoCo or Go's format, so nothing is said about tests.`,
            ],
    };
  return {
    tested: { ...untestedAiLines(files, report, root), report: report.file, stale: report.at < since },
    missing: [],
  };
}
