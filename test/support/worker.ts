/** Somebody who works in a repository and whose work is recorded, or not. */
import { record, type Report } from '../../src/provenance/assistants/record';
import type { TestRepository } from './repository';

export type Who = 'ai' | 'human' | 'nobody';

let id = 0;
let clock = Date.now();
/** A clock that always advances, so that records have an order. */
export const tick = (): number => (clock = Math.max(clock + 1, Date.now()));

/** Does `work` as somebody: with a report before and after it, unless nobody records it. */
export async function as(
  who: Who,
  test: TestRepository,
  files: readonly string[],
  work: () => unknown,
  model = 'model-1',
): Promise<void> {
  const report = (event: 'before' | 'after'): Report => ({
    event,
    id: `work-${String(id)}`,
    by:
      who === 'human'
        ? { author: 'human', evidence: 'observed' }
        : { author: 'ai', assistant: 'claude-code', model, session: 'session-1', evidence: 'reported' },
    cwd: test.root,
    files,
    edits: [],
    onDisk: true,
  });
  if (who !== 'nobody') await record(test.repository(), report('before'), tick);
  await work();
  if (who !== 'nobody') await record(test.repository(), report('after'), tick);
  id++;
}
