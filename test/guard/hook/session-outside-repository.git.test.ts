/** A session that starts in the folder above a repository, or in another one: the repository's policy decides there. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { guardTouchedRepositories, type GuardSurroundings } from '../../../src/guard';
import { Repository } from '../../../src/git';
import { TestRepository } from '../../support/repository';

const POLICY = `version: 1
mode: enforce
tiers:
  - { name: closed, paths: ["secret/**"], agents: deny }
  - { name: critical, paths: ["infra/**"], detect: [destructive], agents: deny-destructive }
environments:
  - { name: production, when: { kube-context: ["prod*"] }, agents: deny }
`;

describe('a session that starts outside of a repository:', () => {
  let test: TestRepository;
  let above: string;
  before(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/main.tf', 'a\n');
    test.write('secret/a.txt', 'a\n');
    test.write('src/a.ts', 'a\n');
    await test.commit('start');
    above = test.outside('above');
    mkdirSync(above);
  });
  after(() => test.dispose());

  const verdict = async (command: string, cwd = above): Promise<string> => {
    const here = Repository.around(cwd);
    const surroundings = (own: Repository | undefined): GuardSurroundings => ({
      home: test.home,
      env: {},
      hookFiles: () => [],
      elsewhere: (folder) => {
        const repository = Repository.around(folder);
        return repository && repository.root !== own?.root
          ? { repository, surroundings: surroundings(repository) }
          : undefined;
      },
    });
    return (await guardTouchedRepositories(here, { files: [], command, cwd }, surroundings(here))).answer.verdict;
  };

  const denied = (root: string): readonly string[] => [
    `rm -rf "${root}/infra"`,
    `cd "${root}" && rm -rf infra`,
    `git -C "${root}" push origin HEAD:main`,
    `cd "${root}" && git push origin main`,
    `git -C "${root}" branch -D main`,
    `cd "${root}" && terraform destroy`,
    `terraform -chdir="${root}" destroy -auto-approve`,
    `sh -c 'cd "${root}/src" && terraform destroy'`,
    `(cd "${root}/infra"; terraform destroy)`,
    `cd "${root}" && kubectl --context prod-eu delete pod api`,
    `cd "${root}" && kubectl --context prod-eu scale deployment api --replicas=3`,
    `cd "${root}" && rm secret/a.txt`,
    `rm -rf "${root}/infra" && git -C "${root}" push origin main`,
  ];

  it('what a policy denies: is denied when the session starts above its repository', async () => {
    for (const command of denied(test.root)) assert.equal(await verdict(command), 'deny', command);
  });

  it('what a policy denies: is denied when the session starts in a repository without one', async () => {
    const other = await TestRepository.create();
    for (const command of denied(test.root)) assert.equal(await verdict(command, other.root), 'deny', command);
    await other.dispose();
  });

  it('everyday work: goes on when the session starts above the repository', async () => {
    for (const command of [
      `cd "${test.root}" && git status && npm test`,
      `git -C "${test.root}" push origin HEAD:feature`,
      `git -C "${test.root}" log --oneline`,
      `cd "${test.root}" && terraform plan`,
      `cat "${test.root}/secret/a.txt"`,
      `cp "${test.root}/src/a.ts" "${above}/a.ts"`,
      `cd "${test.root}" && echo x > src/b.ts`,
      `ls && cd "${above}"`,
      `rm -rf "${path.join(above, 'old')}"`,
    ])
      assert.equal(await verdict(command), 'allow', command);
  });

  it("a policy: says nothing of what a command does elsewhere when it only reads in the policy's repository", async () => {
    assert.equal(
      await verdict(`cat "${test.root}/src/a.ts"; cp "${test.root}/src/a.ts" "${test.root}/src/c.ts"`),
      'allow',
    );
    // the built-in policy asks; that of the repository would deny
    assert.equal(await verdict(`cp a "${test.root}/src/c.ts" && terraform destroy`), 'ask');
    assert.equal(await verdict(`git -C "${test.root}" status; terraform destroy`), 'ask');
  });
});
