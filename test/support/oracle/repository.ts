/** A bench with real git: what its work tree holds, what is recorded, and what `show` says of its commits. */
import { settle, showCommits } from '../../../src/provenance/commits';
import { record, type Report } from '../../../src/provenance/assistants/record';
import { type TestRepository } from '../repository';
import { byOf } from './memory';
import type { Actor } from './model';
import type { Bench, Said } from './world';

export class RepositoryBench implements Bench {
  private time = Date.now();

  constructor(readonly test: TestRepository) {}

  private readonly now = (): number => ++this.time;

  write(path: string, text: string): void {
    this.test.write(path, text);
  }

  async before(id: string, actor: Actor, files: readonly string[]): Promise<void> {
    await record(this.test.repository(), this.report('before', id, actor, files), this.now, {
      namesLater: actor !== 'human',
    });
  }

  async after(id: string, actor: Actor, files: readonly string[]): Promise<void> {
    await record(this.test.repository(), this.report('after', id, actor, files), this.now, {
      namesLater: actor !== 'human',
    });
  }

  private report(event: Report['event'], id: string, actor: Actor, files: readonly string[]): Report {
    return { event, id, by: byOf(actor), cwd: this.test.root, files, edits: [], onDisk: true };
  }

  async commitAll(): Promise<readonly Said[] | undefined> {
    if ((await this.test.git('status', '--porcelain')) === '') return undefined;
    const head = await this.test.commit('work');
    const repository = this.test.repository();
    await settle(repository, this.now);
    return (await showCommits(repository, [head])).get(head)?.files;
  }
}
