import assert from 'node:assert/strict';
import type { Step } from '../step';
import { acceptCompletion, evidenceOfCompletion } from './completed';

/** A second window, short, with a sample repository of its own. */
export const granted: Step = {
  title: 'The same in an editor that grants the extension "detailedReason"',
  async play(stage) {
    const other = await stage.another({ proposedApi: ['linekeeper.linekeeper'] });
    try {
      const told = await acceptCompletion(other);
      assert.deepEqual(
        await evidenceOfCompletion(other),
        ['reported'],
        'the editor itself says that it was an accepted completion',
      );
      return told;
    } finally {
      await other.close();
    }
  },
};
