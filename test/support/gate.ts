/** A change on a branch of a real repository, and the gate asked about it. */
import { checkRange, noFindings, type CheckRequest, type CheckResult } from '../../src/review/gate';
import { bySubject, POLICY } from './gate-cases';
import { TestRepository, type CommitOptions, type Person } from './repository';

export * from './gate-cases';

export class Branch {
  private constructor(readonly repo: TestRepository) {}

  /** A repository whose `main` has the policy and these files, with the branch `topic` checked out. */
  static async create(files: Readonly<Record<string, string>> = {}, policy: string | null = POLICY): Promise<Branch> {
    const repo = await TestRepository.create();
    if (policy !== null) repo.write('.linekeeper.yml', policy);
    repo.write('README.md', '# sample\n');
    for (const [file, content] of Object.entries(files)) repo.write(file, content);
    await repo.commit('human: start');
    await repo.git('checkout', '--quiet', '-b', 'topic');
    return new Branch(repo);
  }

  /** Writes files (null removes one) and commits. */
  async commit(
    message: string,
    files: Readonly<Record<string, string | null>>,
    as: Person,
    options: CommitOptions = {},
  ): Promise<string> {
    for (const [file, content] of Object.entries(files)) {
      if (content === null) this.repo.remove(file);
      else this.repo.write(file, content);
    }
    return this.repo.commit(message, { ...options, as });
  }

  async check(over: Partial<CheckRequest> = {}): Promise<CheckResult> {
    const repository = this.repo.repository();
    return checkRange({
      repository,
      base: 'main',
      head: 'topic',
      actor: 'carl',
      approvals: [],
      teams: {},
      attributionOf: bySubject,
      findingsOf: noFindings,
      floors: [],
      ...over,
    });
  }

  async head(): Promise<string> {
    return this.repo.git('rev-parse', 'topic');
  }
}
