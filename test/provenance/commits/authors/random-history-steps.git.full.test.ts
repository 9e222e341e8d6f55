/** What the random histories can do with git, each once: it must come about, and be told as it happened. */
import assert from 'node:assert/strict';
import { TestRepository } from '../../../support/repository';
import type { GitStep } from '../../../support/oracle/git-steps';
import { GitWorld } from '../../../support/oracle/git-world';
import type { Actor } from '../../../support/oracle/model';

const edit = (actor: Actor, file: number, at: number, how: 'insert' | 'replace' = 'insert'): GitStep => ({
  kind: 'edit',
  file,
  actor,
  report: 'files',
  changes: [{ how, at, count: 1, word: 1 }],
});
/** By a command that names no file, at the file's end. */
const everything: GitStep = {
  kind: 'edit',
  file: 1,
  actor: 'ai-two',
  report: 'everything',
  changes: [{ how: 'replace', at: 5, count: 1, word: 1 }],
};
const commit: GitStep = { kind: 'commit', n: 0 };
const make: GitStep = { kind: 'switch', n: 0, make: true };
const back: GitStep = { kind: 'switch', n: 0, make: false };

/** A branch with work of an assistant, and one of a person and of nobody who is known. */
const BRANCHES: readonly GitStep[] = [
  make,
  edit('ai-one', 0, 0),
  edit('human', 0, 3, 'replace'),
  commit,
  back,
  edit('human', 1, 0),
  edit('nobody', 1, 4, 'replace'),
  commit,
];
/** Two branches beside the one that is worked on. */
const THREE: readonly GitStep[] = [
  make,
  edit('ai-one', 0, 0),
  commit,
  back,
  make,
  edit('human', 0, 6),
  commit,
  back,
  edit('ai-two', 1, 2),
  commit,
];
/** Both branches changed one line. */
const AGAINST: readonly GitStep[] = [
  make,
  edit('ai-one', 0, 2, 'replace'),
  edit('ai-two', 1, 0),
  commit,
  back,
  edit('human', 0, 2, 'replace'),
  commit,
];

const resolved = (how: 'pick' | 'merge', actor: Actor): [string, readonly GitStep[]] => [
  `a ${how} with a conflict that ${actor} resolves`,
  [...AGAINST, { kind: 'resolve', how, actor, at: 4 }],
];

const ACTS: readonly (readonly [string, readonly GitStep[]])[] = [
  ['a commit that comes as a mail', [...BRANCHES, { kind: 'am', n: 0 }]],
  ['a rebase by patches', [...BRANCHES, { kind: 'rebase-apply', n: 0 }]],
  ['a merge of two branches at once', [...THREE, { kind: 'octopus', n: 0 }]],
  [
    'commits made again with their first lines',
    [edit('ai-one', 0, 0), commit, edit('human', 0, 3, 'replace'), commit, { kind: 'rewrite', n: 2 }],
  ],
  [
    'commits made again with other words',
    [edit('ai-one', 0, 0), commit, edit('human', 0, 3, 'replace'), commit, { kind: 'rewrite', n: 1 }],
  ],
  [
    'other line ends in the work tree',
    [{ kind: 'crlf' }, edit('ai-one', 0, 0), edit('human', 1, 3, 'replace'), everything, commit],
  ],
  [
    'one file put away and fetched again',
    [
      edit('ai-one', 0, 0),
      edit('human', 1, 3, 'replace'),
      { kind: 'stash-file', n: 0 },
      edit('human', 0, 5),
      commit,
      { kind: 'pop', n: 0 },
    ],
  ],
  ...(['pick', 'merge'] as const).flatMap((how) =>
    (['ai-one', 'human', 'nobody'] as const).map((actor) => resolved(how, actor)),
  ),
];

describe('random git histories, act by act', () => {
  for (const [name, steps] of ACTS) {
    it(name, async () => {
      const test = await TestRepository.create();
      const world = new GitWorld(test, { commits: 0, lines: 0, missed: 0 }, { missedIsWrong: true });
      await world.start();
      await world.play(steps);
      for (const { kind } of steps) if (kind !== 'edit' && kind !== 'switch') assert.ok(world.done.has(kind), kind);
      await test.dispose();
    });
  }
});
