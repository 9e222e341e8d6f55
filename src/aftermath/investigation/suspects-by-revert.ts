/** Commits that people took back after the outage. */
import type { Add, Search } from './types';

/** Throws a GitError. */
export async function byReverts({ repository, deployed }: Search, window: readonly string[], add: Add): Promise<void> {
  const listed = await repository.git(
    [
      'log',
      '--max-count=2000',
      '--fixed-strings',
      '--grep=This reverts commit ',
      '--format=%H%x00%B%x01',
      'HEAD',
      `^${deployed}`,
    ],
    { codes: [0, 128], timeout: 60_000 },
  );
  for (const part of listed.stdout.toString('utf8').split('\x01')) {
    const [id = '', body = ''] = part.split('\0');
    for (const [, reverted = ''] of body.matchAll(/This reverts commit ([0-9a-f]{7,64})/g)) {
      const commit = window.find((one) => one.startsWith(reverted));
      if (commit !== undefined) add(commit, 'reverted', `${id.trim().slice(0, 10)} took it back afterwards.`);
    }
  }
}
