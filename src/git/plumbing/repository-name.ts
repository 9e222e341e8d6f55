/** What a repository is called for people and in files that leave it. */
import path from 'node:path';
import { baseRemote } from './remotes-in-configuration';
import type { Repository } from './repository';

export interface RepositoryName {
  /** `host/owner/project` of the base's remote, without user and password; else the name of the folder. */
  readonly name: string;
  /** Whether it is a remote's. */
  readonly isRemote: boolean;
}

/** Throws a GitError. */
export async function repositoryName(repository: Repository): Promise<RepositoryName> {
  const { stdout } = await repository.git(['remote', 'get-url', baseRemote(repository)], { codes: [0, 1, 2, 128] });
  const [, host = '', rest = ''] =
    /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([\w.-]+)(?::\d+)?[:/]+(.+?)(?:\.git)?\/?$/i.exec(stdout.toString('utf8').trim()) ??
    [];
  return host.includes('.') && rest !== ''
    ? { name: harmless(`${host}/${rest}`), isRemote: true }
    : { name: harmless(path.basename(repository.root)), isRemote: false };
}

/** Text from outside, which can't move a cursor or reverse the text around it. */
const harmless = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
