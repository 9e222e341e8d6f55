/** What the gate reads off a commit itself. */
import { disclosuresOf } from '../../src/review/gate/disclosures/read-and-apply-disclosures';
import { readCommit } from '../../src/git';
import { TestRepository, type Person } from './repository';

/** The assistants whose marks are on a real commit with this message and author. */
export async function assistantsOfCommit(message: string, author: Person): Promise<readonly string[]> {
  const test = await TestRepository.create();
  try {
    test.write('a.txt', 'x\n');
    const id = await test.commit(message, { as: author });
    const commit = await readCommit(test.repository(), id);
    if (!commit) throw new Error(`no commit ${id}`);
    return disclosuresOf(commit).marked;
  } finally {
    await test.dispose();
  }
}
