import assert from 'node:assert/strict';
import {
  branchNameFor,
  commandsFor,
  messageFor,
  stepsFor,
  type Situation,
} from '../../../src/editor/request-review/steps-before-review';

describe('stepsFor: the steps to a pull request', () => {
  const here: Situation = {
    branch: 'feature',
    base: 'main',
    onBase: false,
    commits: 1,
    uncommitted: [],
    staged: false,
    remote: 'origin',
    pushed: false,
    hooks: true,
  };
  const choices = { branch: 'new', message: 'Change it', commit: true, setUp: true };
  const kinds = (situation: Partial<Situation>, commit = true): string =>
    stepsFor({ ...here, ...situation }, { ...choices, commit })
      .map(({ kind }) => kind)
      .join(' ');

  it('has commit, branch, push and open, each only when it is missing', () => {
    assert.equal(kinds({}), 'push open');
    assert.equal(kinds({ pushed: true }), 'open');
    assert.equal(kinds({ pushed: true, uncommitted: ['a'] }), 'commit push open');
    assert.equal(kinds({ pushed: true, uncommitted: ['a'] }, false), 'open');
    assert.equal(
      kinds({ commits: 0, uncommitted: ['a'] }, false),
      'commit push open',
      'without a commit there is nothing to review',
    );
    assert.equal(kinds({ branch: 'main', onBase: true, commits: 0, uncommitted: ['a'] }), 'branch commit push open');
    assert.equal(kinds({ branch: 'main', onBase: true, commits: 2 }), 'branch push open');
    assert.equal(kinds({ branch: null, commits: 1 }), 'branch push open');
    assert.equal(kinds({ commits: 0 }), '');
  });

  it('has the set-up of git hooks first, only before a commit, and not when the person declined', () => {
    const before = (situation: Partial<Situation>, setUp = true): string =>
      stepsFor({ ...here, hooks: false, ...situation }, { ...choices, setUp })
        .map(({ kind }) => kind)
        .join(' ');
    assert.equal(before({ uncommitted: ['a'] }), 'setUp commit push open');
    assert.equal(before({ uncommitted: ['a'] }, false), 'commit push open');
    assert.equal(before({}), 'push open', 'what is committed already gains nothing by hooks');
    assert.equal(before({ uncommitted: ['a'], hooks: true }), 'commit push open');
  });

  it('pushes the new branch, or the existing one', () => {
    const pushes = (situation: Partial<Situation>): unknown =>
      stepsFor({ ...here, ...situation }, choices).find(({ kind }) => kind === 'push');
    assert.deepEqual(pushes({}), { kind: 'push', remote: 'origin', branch: 'feature' });
    assert.deepEqual(pushes({ branch: 'main', onBase: true }), { kind: 'push', remote: 'origin', branch: 'new' });
  });

  it('commandsFor quotes the steps for a shell', () => {
    const steps = stepsFor(
      { ...here, branch: 'main', onBase: true, uncommitted: ['a'] },
      { ...choices, message: "it's $(rm -rf /)\nnext" },
    );
    assert.equal(
      commandsFor(steps),
      "git switch -c new && git add -A && git commit -m 'it'\\''s $(rm -rf /) next' && git push -u origin new",
    );
  });

  it('branchNameFor and messageFor make a name from the message and a message from the files', () => {
    assert.equal(branchNameFor('Use a smaller database, please: now!'), 'use-a-smaller-database-please-now');
    assert.equal(branchNameFor('…'), 'review');
    assert.equal(messageFor(['infra/prod/main.tf']), 'Change main.tf');
    assert.equal(messageFor(['a/b.ts', 'c.ts', 'd.ts']), 'Change b.ts and 2 more files');
  });
});
