/** Histories that were told wrongly once, each by its shortest steps. */
import { TestRepository } from '../../support/repository';
import type { GitStep } from './git-steps';
import { GitWorld } from './git-world';

const one = (how: 'insert' | 'remove' | 'replace' | 'add', at = 1): Extract<GitStep, { kind: 'edit' }>['changes'] => [{ how, at, count: 1, word: 1 }];

const FOUND: Readonly<Record<string, readonly GitStep[]>> = {
  'a line that a person changed, that was stashed, and that somebody then removed': [
    { kind: 'edit', file: 1, actor: 'human', report: 'files', changes: [{ how: 'add', at: 9, count: 1, word: 1 }] },
    { kind: 'stash', n: 1 },
    { kind: 'edit', file: 1, actor: 'nobody', report: 'files', changes: [{ how: 'remove', at: 63, count: 2, word: 92 }] },
  ],
  'a word that an assistant took out of a line of which only other parts were committed': [
    { kind: 'edit', file: 1, actor: 'ai-two', report: 'files', changes: [{ how: 'remove', at: 8, count: 1, word: 86 }, { how: 'replace', at: 99, count: 3, word: 34 }] },
    { kind: 'edit', file: 1, actor: 'nobody', report: 'everything', changes: [{ how: 'insert', at: 1, count: 2, word: 56 }, { how: 'replace', at: 62, count: 2, word: 16 }] },
    { kind: 'part', file: 1, chosen: 130 },
    { kind: 'edit', file: 1, actor: 'human', report: 'files', changes: [{ how: 'insert', at: 32, count: 1, word: 95 }] },
  ],
  'a line that an assistant removed after HEAD came back to where it had been': [
    { kind: 'edit', file: 1, actor: 'nobody', report: 'files', changes: [{ how: 'drop', at: 16, count: 3, word: 13 }] },
    { kind: 'commit', n: 3 },
    { kind: 'edit', file: 1, actor: 'ai-one', report: 'files', changes: [{ how: 'indent', at: 2, count: 2, word: 69 }] },
    { kind: 'reset', how: 'hard', n: 1 },
    { kind: 'edit', file: 1, actor: 'ai-one', report: 'everything', changes: [{ how: 'remove', at: 58, count: 3, word: 41 }] },
  ],
  'commits that were taken apart and made again as one': [
    { kind: 'edit', file: 0, actor: 'ai-one', report: 'files', changes: one('insert') },
    { kind: 'commit', n: 0 },
    { kind: 'edit', file: 0, actor: 'human', report: 'words', changes: one('add', 4) },
    { kind: 'commit', n: 0 },
    { kind: 'ask', n: 0 },
    { kind: 'reset', how: 'soft', n: 1 },
  ],
};

describe('a history that was told wrongly once', () => {
  for (const [name, steps] of Object.entries(FOUND)) {
    it(`is told as it happened: ${name}`, async () => {
      const test = await TestRepository.create();
      const world = new GitWorld(test, { commits: 0, lines: 0, missed: 0 }, { missedIsWrong: true });
      await world.start();
      await world.play(steps);
      await test.dispose();
    });
  }
});
