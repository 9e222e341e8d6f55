/** Histories that were told wrongly once, each by its shortest steps. */
import { TestRepository } from '../../../support/repository';
import type { GitStep } from '../../../support/oracle/git-steps';
import { GitWorld } from '../../../support/oracle/git-world';

const one = (how: 'insert' | 'remove' | 'replace' | 'add', at = 1): Extract<GitStep, { kind: 'edit' }>['changes'] => [
  { how, at, count: 1, word: 1 },
];

const FOUND: Readonly<Record<string, readonly GitStep[]>> = {
  'a line that a person changed, that was stashed, and that somebody then removed': [
    { kind: 'edit', file: 1, actor: 'human', report: 'files', changes: [{ how: 'add', at: 9, count: 1, word: 1 }] },
    { kind: 'stash', n: 1 },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'remove', at: 63, count: 2, word: 92 }],
    },
  ],
  'a word that an assistant took out of a line of which only other parts were committed': [
    {
      kind: 'edit',
      file: 1,
      actor: 'ai-two',
      report: 'files',
      changes: [
        { how: 'remove', at: 8, count: 1, word: 86 },
        { how: 'replace', at: 99, count: 3, word: 34 },
      ],
    },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'everything',
      changes: [
        { how: 'insert', at: 1, count: 2, word: 56 },
        { how: 'replace', at: 62, count: 2, word: 16 },
      ],
    },
    { kind: 'part', file: 1, chosen: 130 },
    {
      kind: 'edit',
      file: 1,
      actor: 'human',
      report: 'files',
      changes: [{ how: 'insert', at: 32, count: 1, word: 95 }],
    },
  ],
  'a line that an assistant removed after HEAD came back to where it had been': [
    { kind: 'edit', file: 1, actor: 'nobody', report: 'files', changes: [{ how: 'drop', at: 16, count: 3, word: 13 }] },
    { kind: 'commit', n: 3 },
    {
      kind: 'edit',
      file: 1,
      actor: 'ai-one',
      report: 'files',
      changes: [{ how: 'indent', at: 2, count: 2, word: 69 }],
    },
    { kind: 'reset', how: 'hard', n: 1 },
    {
      kind: 'edit',
      file: 1,
      actor: 'ai-one',
      report: 'everything',
      changes: [{ how: 'remove', at: 58, count: 3, word: 41 }],
    },
  ],
  'commits that were taken apart and made again as one': [
    { kind: 'edit', file: 0, actor: 'ai-one', report: 'files', changes: one('insert') },
    { kind: 'commit', n: 0 },
    { kind: 'edit', file: 0, actor: 'human', report: 'words', changes: one('add', 4) },
    { kind: 'commit', n: 0 },
    { kind: 'ask', n: 0 },
    { kind: 'reset', how: 'soft', n: 1 },
  ],
  'lines that a person removed, of which a part was committed before HEAD was reset': [
    {
      kind: 'edit',
      file: 0,
      actor: 'human',
      report: 'files',
      changes: [
        { how: 'remove', at: 84, count: 1, word: 6 },
        { how: 'replace', at: 0, count: 2, word: 5 },
      ],
    },
    {
      kind: 'edit',
      file: 0,
      actor: 'nobody',
      report: 'files',
      changes: [
        { how: 'replace', at: 44, count: 2, word: 9 },
        { how: 'remove', at: 50, count: 2, word: 9 },
      ],
    },
    { kind: 'part', file: 0, chosen: 1 },
    { kind: 'reset', how: 'mixed', n: 0 },
  ],
  'a word that an assistant took out of a line, and that was fetched from an older commit for another one': [
    { kind: 'edit', file: 0, actor: 'nobody', report: 'files', changes: [{ how: 'add', at: 59, count: 2, word: 0 }] },
    { kind: 'commit', n: 0 },
    { kind: 'edit', file: 0, actor: 'ai-one', report: 'files', changes: [{ how: 'drop', at: 35, count: 3, word: 50 }] },
    { kind: 'restore', file: 0, actor: 'nobody' },
    { kind: 'edit', file: 0, actor: 'nobody', report: 'files', changes: [{ how: 'drop', at: 66, count: 1, word: 23 }] },
  ],
  'a word that one assistant replaced, that a person fetched back from a commit, and that another assistant took out': [
    { kind: 'edit', file: 0, actor: 'nobody', report: 'files', changes: [{ how: 'drop', at: 54, count: 1, word: 75 }] },
    { kind: 'commit', n: 0 },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'insert', at: 41, count: 1, word: 91 }],
    },
    {
      kind: 'edit',
      file: 1,
      actor: 'ai-two',
      report: 'files',
      changes: [{ how: 'replace', at: 79, count: 3, word: 67 }],
    },
    { kind: 'restore', file: 1, actor: 'human' },
    { kind: 'edit', file: 1, actor: 'ai-one', report: 'files', changes: [{ how: 'drop', at: 38, count: 3, word: 25 }] },
  ],
  'a line that somebody indents as an assistant had done in a commit that is no more': [
    {
      kind: 'edit',
      file: 1,
      actor: 'ai-two',
      report: 'files',
      changes: [{ how: 'indent', at: 70, count: 1, word: 23 }],
    },
    { kind: 'commit', n: 0 },
    { kind: 'reset', how: 'hard', n: 0 },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'indent', at: 92, count: 3, word: 94 }],
    },
  ],
  'a reverted commit that an assistant fetches again': [
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [
        { how: 'replace', at: 6, count: 3, word: 36 },
        { how: 'replace', at: 85, count: 2, word: 29 },
      ],
    },
    { kind: 'commit', n: 2 },
    { kind: 'revert', n: 2 },
    { kind: 'restore', file: 1, actor: 'ai-one' },
  ],
  "a revert that takes out what seems to be an assistant's, though no assistant was there": [
    {
      kind: 'edit',
      file: 1,
      actor: 'ai-two',
      report: 'files',
      changes: [{ how: 'insert', at: 3, count: 2, word: 85 }],
    },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [
        { how: 'drop', at: 0, count: 1, word: 41 },
        { how: 'drop', at: 4, count: 2, word: 4 },
      ],
    },
    { kind: 'commit', n: 2 },
    { kind: 'revert', n: 0 },
  ],
  'a line that an assistant fetched from an older commit, and that somebody then removed': [
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'replace', at: 52, count: 2, word: 4 }],
    },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'replace', at: 22, count: 2, word: 42 }],
    },
    { kind: 'commit', n: 0 },
    { kind: 'restore', file: 1, actor: 'ai-two' },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'remove', at: 51, count: 3, word: 59 }],
    },
  ],
  'a line that a person changed before HEAD was put over it, and that somebody then removed': [
    {
      kind: 'edit',
      file: 0,
      actor: 'human',
      report: 'files',
      changes: [
        { how: 'add', at: 13, count: 3, word: 64 },
        { how: 'indent', at: 89, count: 3, word: 21 },
      ],
    },
    { kind: 'part', file: 0, chosen: 194 },
    { kind: 'reset', how: 'hard', n: 1 },
    {
      kind: 'edit',
      file: 0,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'insert', at: 1, count: 1, word: 52 }],
    },
    {
      kind: 'edit',
      file: 0,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'remove', at: 9, count: 1, word: 66 }],
    },
  ],
  'a line that somebody changes that an assistant had removed before HEAD was put over it': [
    { kind: 'edit', file: 0, actor: 'human', report: 'files', changes: [{ how: 'insert', at: 25, count: 1, word: 3 }] },
    { kind: 'commit', n: 0 },
    { kind: 'edit', file: 0, actor: 'ai-one', report: 'files', changes: [{ how: 'remove', at: 1, count: 1, word: 2 }] },
    {
      kind: 'edit',
      file: 0,
      actor: 'ai-two',
      report: 'files',
      changes: [
        { how: 'insert', at: 3, count: 1, word: 2 },
        { how: 'insert', at: 21, count: 2, word: 3 },
      ],
    },
    { kind: 'part', file: 0, chosen: 0 },
    {
      kind: 'edit',
      file: 0,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'insert', at: 74, count: 1, word: 7 }],
    },
    { kind: 'reset', how: 'hard', n: 1 },
    {
      kind: 'edit',
      file: 0,
      actor: 'nobody',
      report: 'files',
      changes: [{ how: 'replace', at: 7, count: 2, word: 0 }],
    },
  ],
  'a line that somebody indents as an assistant had done, with others, after HEAD was put over it': [
    {
      kind: 'edit',
      file: 1,
      actor: 'ai-two',
      report: 'files',
      changes: [
        { how: 'indent', at: 70, count: 1, word: 23 },
        { how: 'remove', at: 31, count: 1, word: 35 },
      ],
    },
    { kind: 'commit', n: 0 },
    { kind: 'reset', how: 'hard', n: 0 },
    {
      kind: 'edit',
      file: 1,
      actor: 'nobody',
      report: 'files',
      changes: [
        { how: 'indent', at: 67, count: 3, word: 66 },
        { how: 'indent', at: 92, count: 3, word: 94 },
      ],
    },
  ],
  'a line that somebody indents with others while a change that a person had made is gone by a reset': [
    {
      kind: 'edit',
      file: 0,
      actor: 'ai-two',
      report: 'files',
      changes: [{ how: 'indent', at: 7, count: 1, word: 35 }],
    },
    { kind: 'commit', n: 3 },
    {
      kind: 'edit',
      file: 0,
      actor: 'human',
      report: 'files',
      changes: [{ how: 'replace', at: 33, count: 2, word: 4 }],
    },
    { kind: 'reset', how: 'hard', n: 1 },
    {
      kind: 'edit',
      file: 0,
      actor: 'nobody',
      report: 'files',
      changes: [
        { how: 'drop', at: 21, count: 3, word: 89 },
        { how: 'indent', at: 30, count: 3, word: 49 },
      ],
    },
  ],
  'lines that a person indented, that were taken out of a commit and stayed': [
    {
      kind: 'edit',
      file: 0,
      actor: 'human',
      report: 'files',
      changes: [{ how: 'indent', at: 96, count: 3, word: 68 }],
    },
    { kind: 'commit', n: 0 },
    { kind: 'reset', how: 'mixed', n: 1 },
    { kind: 'edit', file: 0, actor: 'nobody', report: 'files', changes: [{ how: 'add', at: 94, count: 1, word: 66 }] },
  ],
};

describe('attribution of a history that once failed', () => {
  for (const [name, steps] of Object.entries(FOUND)) {
    it(`is right: ${name}`, async () => {
      const test = await TestRepository.create();
      const world = new GitWorld(test, { commits: 0, lines: 0, missed: 0 }, { missedIsWrong: true });
      await world.start();
      await world.play(steps);
      await test.dispose();
    });
  }
});
