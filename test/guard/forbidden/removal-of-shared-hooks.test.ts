/** The hooks that a repository shares, by a folder, a file or a manager. */
import assert from 'node:assert/strict';
import { judge, ROOT } from '../../support/guard';

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
  'rm lefthook.yml',
  'git rm -q lefthook.yml',
  ': > .husky/pre-commit',
  '> .husky/pre-commit',
  "echo 'exit 0' > .husky/pre-commit",
  'cat /dev/null > lefthook.yml',
  'truncate -s 0 .husky/pre-commit',
  'cp /dev/null lefthook.yml',
  'echo | tee .husky/pre-commit',
  "sed -i '/linekeeper/d' .husky/commit-msg",
  "sed -i '1i exit 0' .husky/pre-commit",
  "echo 'repos: []' > .pre-commit-config.yaml",
];
/** The hooks that are there. */
const TEXTS = {
  [`${ROOT}/.husky/pre-commit`]: '#!/bin/sh\nnpx lint-staged\nnpm test\n',
  [`${ROOT}/.husky/commit-msg`]: 'npx commitlint --edit $1\nlinekeeper hook commit-msg "$1"\n',
  [`${ROOT}/lefthook.yml`]: 'pre-commit:\n  commands:\n    test:\n      run: npm test\n',
  [`${ROOT}/.pre-commit-config.yaml`]:
    'repos:\n  - repo: local\n    hooks:\n      - id: gitleaks\n        entry: gitleaks protect\n',
};
/** What a change of an assistant's tool leaves of one. */
const LEAVES_NONE: readonly (readonly [file: string, after: string])[] = [
  ['.husky/pre-commit', ''],
  ['.husky/pre-commit', '#!/bin/sh\n# disabled\n'],
  ['.husky/pre-commit', '#!/bin/sh\nexit 0\n'],
  ['.husky/pre-commit', '#!/bin/sh\nexit 0\nnpx lint-staged\nnpm test\n'],
  ['.husky/commit-msg', 'npx commitlint --edit $1\n'],
  ['lefthook.yml', ''],
  ['lefthook.yml', 'pre-commit:\n  skip: true\n'],
  ['.pre-commit-config.yaml', 'repos: []\n'],
];
const LEAVES_SOME: readonly (readonly [file: string, after: string])[] = [
  ['.husky/pre-commit', '#!/bin/sh\nnpx lint-staged\nnpm test -- --bail\n'],
  ['.husky/pre-commit', 'pnpm lint-staged\n'],
  ['.husky/commit-msg', 'npx linekeeper hook commit-msg "$1"\n'],
  ['.husky/pre-push', ''],
  ['lefthook.yml', 'pre-commit:\n  jobs:\n    - run: npm run lint\n'],
  ['.pre-commit-config.yaml', 'repos:\n  - repo: https://github.com/acme/hooks\n    hooks:\n      - id: secrets\n'],
  ['src/pre-commit', ''],
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
  "echo 'npm run types' >> .husky/pre-commit",
  "echo 'npx lint-staged' > .husky/pre-commit",
  "sed -i 's/npm test/npm run test:unit/' .husky/pre-commit",
  "echo 'npm test' > .husky/pre-push",
];

describe('hooks that a repository shares: ', () => {
  for (const [verdict, commands] of [
    ['ask', ASKED],
    ['deny', REFUSED],
    ['allow', PASSES],
  ] as const)
    for (const command of commands)
      it(`${command}: the guard answers ${verdict} when an agent runs it`, () => {
        const answer = judge({ command }, { texts: TEXTS });
        assert.equal(answer.verdict, verdict, JSON.stringify(answer));
      });

  for (const [verdict, changes] of [
    ['ask', LEAVES_NONE],
    ['allow', LEAVES_SOME],
  ] as const)
    it(`a change of one by an assistant's tool: the guard answers ${verdict} when it leaves ${verdict === 'ask' ? 'nothing that runs, or not ours' : 'something that runs'}`, () => {
      const others = changes.filter(([file, after]) => {
        const answer = judge({ files: [file], proposed: [{ file, after: () => after }] }, { texts: TEXTS });
        return answer.verdict !== verdict;
      });
      assert.deepEqual(others, []);
    });
});
