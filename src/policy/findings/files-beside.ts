/** What stands in files beside a changed one, for rules that ask what is usual in a repository. */
import type { Change, Tools } from '../../danger';
import type { Repository } from '../../git';

/** More lines show nothing more. */
const LINES_AT_MOST = 2_000;

/**
 * In the files of a commit that a change leaves as they are: nobody can make something usual in the same change. One
 * call of git for each question, which is a rare one.
 */
export const besideIn =
  (repository: Repository, commit: string, { changes }: { readonly changes: readonly Change[] }): Tools['beside'] =>
  async (path, words) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const changed = changes.flatMap((change) => [change.path, ...(change.from === null ? [] : [change.from])]);
    const { stdout } = await repository.git(
      [
        'grep',
        ...['-h', '-I', '--no-color', '--no-line-number', '--no-column', '--full-name', '--fixed-strings'],
        ...['-e', words, commit, '--', `:(top,literal)${folder}`],
        ...changed.filter((name) => name.startsWith(folder)).map((name) => `:(top,exclude,literal)${name}`),
      ],
      { codes: [0, 1, 128] },
    );
    return stdout.toString('utf8').split('\n').slice(0, LINES_AT_MOST);
  };
