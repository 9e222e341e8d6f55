/** The hooks that a repository shares, by a folder, a file or a manager. */
import assert from 'node:assert/strict';
import { judge } from '../../support/guard';

const ASKED: readonly string[] = [
  'rm -rf .husky',
  'npm pkg delete scripts.prepare && rm -rf ./.husky/',
  'git rm -r .githooks',
  'mv .husky .husky.off',
  'chmod -x .husky/pre-commit',
  'rm .pre-commit-config.yaml',
  'rm -f .husky/pre-commit',
  'git rm .githooks/commit-msg',
  'npx lefthook uninstall',
  'pre-commit uninstall',
];
const REFUSED: readonly string[] = [
  'HUSKY=0 git commit -m x',
  'LEFTHOOK=0 git push',
  'export HUSKY=0; HUSKY=0 git merge x',
  'export LEFTHOOK=0 HUSKY=0; git commit -m x',
];
const PASSES: readonly string[] = [
  'cat .husky/pre-commit',
  'rm -rf .husky/_',
  'rm -f .husky/old-hook',
  'chmod +x .husky/pre-commit',
  'git mv .husky/pre-push .husky/pre-commit',
  'npx husky init',
  'lefthook install',
  'pre-commit run --all-files',
  'HUSKY=0 npm ci',
  'HUSKY=0 git status',
  'HUSKY=1 git commit -m x',
  'export HUSKY=1; git commit -m x',
];

describe('hooks that a repository shares: ', () => {
  for (const [verdict, commands] of [
    ['ask', ASKED],
    ['deny', REFUSED],
    ['allow', PASSES],
  ] as const)
    for (const command of commands)
      it(`${command}: the guard answers ${verdict} when an agent runs it`, () => {
        const answer = judge({ command });
        assert.equal(answer.verdict, verdict, JSON.stringify(answer));
      });
});
