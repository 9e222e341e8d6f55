/** The attribution of a file's lines, in the notation of tests. */
import { settle, showCommits } from '../../src/provenance/commits';
import type { FileAttribution, LineRange } from '../../src/provenance/authorship/types';
import type { TestRepository } from './repository';
import { tick } from './worker';

/** Each line by itself, removed ones last: `+2 ai`, `-2 human`. */
export function eachLine(
  file: Pick<FileAttribution, 'ranges' | 'removed'> | undefined,
  nameOf = ({ author }: LineRange): string => author,
): string[] {
  const say = (sign: string, ranges: readonly LineRange[]): string[] =>
    ranges.flatMap((range) =>
      Array.from(
        { length: range.end - range.start + 1 },
        (_, i) => `${sign}${String(range.start + i)} ${nameOf(range)}`,
      ),
    );
  return [...say('+', file?.ranges ?? []), ...say('-', file?.removed ?? [])];
}

/** The same for a file in a commit, once everything that led to it is settled. */
export async function linesIn(test: TestRepository, revision: string, path: string): Promise<string[]> {
  await settle(test.repository(), tick);
  const id = await test.git('rev-parse', revision);
  return eachLine((await showCommits(test.repository(), [id])).get(id)?.files.find((file) => file.path === path));
}
