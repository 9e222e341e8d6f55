/** What moves the base that the policy is read from, and what writes closed files in ways of its own. */
import assert from 'node:assert/strict';
import { judge } from '../../support/guard';

const BRANCHES = ['abc1234', 'v1', 'main', 'HEAD', 'HEAD~2'];
const verdict = (command: string): string => judge({ command }, { branches: BRANCHES }).verdict;

const HELD = [
  'git update-ref refs/remotes/origin/main HEAD',
  'git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/x',
  'git symbolic-ref -d refs/remotes/origin/HEAD',
  'git remote remove origin',
  'git remote rename origin old',
  'git remote set-url origin ../elsewhere',
  'git remote add origin ../elsewhere',
  'git remote add fork https://example.com/a.git',
  'git remote add -f -m x origin ../elsewhere',
  'git remote set-head origin x',
  'git config remote.origin.url ../elsewhere',
  'git config --add remote.origin.fetch +refs/heads/x:refs/remotes/origin/main',
  'git config --remove-section remote.origin',
  'git -c remote.origin.url=../elsewhere fetch',
  'git fetch ../elsewhere +x:refs/remotes/origin/main',
  'git fetch origin x:refs/remotes/origin/main',
  'git push . HEAD:refs/remotes/origin/main',
  'git branch -rd origin/main',
  'tar -xf a.tgz -C infra/prod',
  'tar xf a.tgz infra/prod/main.tf',
  'tar -xzf a.tgz -C infra',
  'git archive v1 | tar -x -C infra',
  'unzip -o a.zip -d infra/prod',
  'unzip a.zip infra/prod/main.tf',
  'cp -r /srv/copy/infra .',
  'cp -a /srv/copy/prod infra/',
  'git ls-files infra | xargs rm',
  'git ls-files | xargs sed -i s/a/b/',
  "echo 'echo x > infra/prod/main.tf' > go.sh && sh go.sh",
  'git checkout abc1234 -- .',
  'git checkout v1 .',
  'git restore --source=HEAD~2 .',
  'git update-index --cacheinfo 100644,abc,infra/prod/main.tf',
  "python3 -c \"open('in'+'fra/prod/main.tf','w').write('x')\"",
];

const FREE = [
  'git update-ref refs/heads/x HEAD',
  'git symbolic-ref refs/remotes/origin/HEAD',
  'git symbolic-ref --short refs/remotes/origin/HEAD',
  'git remote -v',
  'git remote set-head origin -a',
  'git remote prune origin',
  'git remote get-url origin',
  'git config --get remote.origin.url',
  'git fetch',
  'git fetch origin main',
  'git fetch origin +refs/heads/*:refs/remotes/origin/*',
  'git fetch origin main:refs/remotes/origin/main',
  'git fetch origin pull/3/head:pr-3',
  'git push origin HEAD:refs/heads/x',
  'git branch -r',
  'git checkout main',
  'git checkout .',
  'git checkout HEAD -- .',
  'git restore .',
  'git restore --source=HEAD .',
  'tar xzf /tmp/a.tgz -C /tmp/x',
  'tar xf a.tgz',
  'tar tf infra/prod.tgz',
  'tar czf /tmp/a.tgz infra',
  'unzip -l a.zip',
  'unzip a.zip -d /tmp/x',
  'cp -r src/a src/b',
  'cp -r infra /tmp/x',
  'git ls-files | xargs wc -l',
  'git ls-files src | xargs sed -i s/a/b/',
  'git archive HEAD | tar -x -C /tmp/x',
  'gh issue create --title x --body "infra/prod/main.tf is wrong"',
  'git commit -m "see infra/prod/main.tf"',
];

describe('the guard, for git commands on the base branch and closed files', () => {
  for (const command of HELD) it(`stops: ${command}`, () => assert.notEqual(verdict(command), 'allow'));
  for (const command of FREE)
    it(`allows: ${command}`, () => assert.deepEqual(judge({ command }, { branches: BRANCHES }), { verdict: 'allow' }));
});
