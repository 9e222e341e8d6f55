/** What is told of a file's lines, as tests write it down. */
import { settle, showCommits } from '../../src/git';
import type { FileAttribution, LineRange } from '../../src/attribution/types';
import type { TestRepository } from './repository';
import { tick } from './worker';

/** Each line by itself, the removed ones last: `+2 ai`, `-2 human`. */
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

/** The same of a file in a commit, once what led to it is settled. */
export async function linesIn(test: TestRepository, revision: string, path: string): Promise<string[]> {
  await settle(test.repository(), tick);
  const id = await test.git('rev-parse', revision);
  return eachLine((await showCommits(test.repository(), [id])).get(id)?.files.find((file) => file.path === path));
}
