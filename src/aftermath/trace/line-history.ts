/** The commits that changed one line, as `git log -L` follows it. */
import type { Repository } from '../../git';

interface LineChange {
  readonly commit: string;
  /** The path that the line had in that commit. */
  readonly path: string;
  /** Lines that the commit added there (1-based, in that version of the file). */
  readonly added: readonly number[];
}

const COMMITS_AT_MOST = 50;

/** From HEAD, newest first. Empty when git can't follow the line. Throws a GitError. */
export async function lineHistory(repository: Repository, path: string, line: number): Promise<readonly LineChange[]> {
  const answer = await repository.git(
    [
      '-c',
      'core.quotePath=false',
      'log',
      `--max-count=${String(COMMITS_AT_MOST)}`,
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '--no-notes',
      '--format=%x00%H',
      `-L${String(line)},${String(line)}:${path}`,
      'HEAD',
      '--',
    ],
    { codes: [0, 128], timeout: 60_000 },
  );
  return answer.code === 0 ? parse(answer.stdout.toString('utf8'), path) : [];
}

function parse(output: string, fallback: string): readonly LineChange[] {
  return output
    .split('\0')
    .slice(1)
    .map((part): LineChange => {
      const [commit = '', ...rows] = part.split('\n');
      let path = fallback;
      let at = 0;
      const added: number[] = [];
      for (const row of rows) {
        const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(row);
        if (hunk !== null) at = Number(hunk[1]);
        else if (row.startsWith('+++ b/') && at === 0) path = row.slice(6).replace(/\t$/, '');
        else if (at > 0 && row.startsWith('+')) added.push(at++);
        else if (at > 0 && row.startsWith(' ')) at++;
      }
      return { commit, path, added };
    });
}
