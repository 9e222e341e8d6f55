/** The file that lets a forge run the gate, written into a repository. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { WORKFLOW_FORGES, workflowFor, workflowForge, writeWorkflow } from '../../src/ci/set-up';
import { ci } from '../../src/cli/verbs/ci';
import { TestRepository } from '../support/repository';
import { callVerb, type VerbOutcome } from '../support/verbs';

const GITHUB = '.github/workflows/linekeeper.yml';

describe('linekeeper ci init', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    await test.git('commit', '--quiet', '--allow-empty', '-m', 'Start');
    await test.git('config', 'linekeeper.offline', 'true');
  });
  afterEach(() => test.dispose());
  const init = (...words: readonly string[]): Promise<VerbOutcome> =>
    callVerb(ci, ['init', ...words], test.root, { env: test.env });

  it('prints the file, writes it only with --yes, and says what is left to do', async () => {
    const shown = await init('github');
    assert.deepEqual([shown.code, existsSync(test.at(GITHUB))], [1, false]);
    assert.match(shown.out, /contents: read/);
    const written = await init('github', '--yes');
    assert.equal(written.code, 0);
    assert.match(written.out, /require the status "linekeeper".*pin it to a full commit id/);
    assert.match(readFileSync(test.at(GITHUB), 'utf8'), /uses: linekeeper\/linekeeper@v/);
    const gitlab = await init('gitlab', '--yes');
    assert.ok(
      gitlab.out.includes(
        `Add this line to .gitlab-ci.yml, then commit both: include: [{ local: .gitlab/linekeeper.yml }]`,
      ),
      gitlab.out,
    );
  });

  it('pins the Action to the commit of its tag', async () => {
    const action = test.outside('action');
    await test.git('clone', '--quiet', '.', action);
    await test.git('-C', action, 'tag', '--annotate', '--message', 'x', 'v9');
    const commit = await test.git('rev-parse', 'HEAD');
    await test.git('config', 'linekeeper.offline', 'false');
    await test.git('config', `url.file://${action}.insteadOf`, 'https://github.com/acme/linekeeper');
    const { out } = await init('github', '--action', 'acme/linekeeper@v9', '--yes');
    assert.doesNotMatch(out, /could not be found out/);
    assert.equal(
      test
        .read(GITHUB)
        .split('\n')
        .filter((line) => line.includes(`uses: acme/linekeeper@${commit.trim()} # v9`)).length,
      2,
    );
    const { out: unknown } = await init('gitea', '--action', 'acme/linekeeper@v10', '--yes');
    assert.match(unknown, /could not be found out/);
    assert.match(test.read('.gitea/workflows/linekeeper.yml'), /uses: https:\/\/github\.com\/acme\/linekeeper@v10\n/);
  });

  it('overwrites no file and follows no link', async () => {
    test.write(GITHUB, 'mine\n');
    assert.match((await init('github', '--yes')).err.join(), /already exists and was not changed/);
    assert.equal(test.read(GITHUB), 'mine\n');
    symlinkSync(test.outside('elsewhere'), test.at('.gitlab'));
    assert.equal((await init('gitlab', '--yes')).code, 2);
    assert.equal(existsSync(test.outside('elsewhere')), false);
  });

  it('finds the forge by the remote, and uses its default branch', async () => {
    const forgeAt = async (address: string): Promise<string | undefined> => {
      await test.git('config', 'remote.origin.url', address);
      return (await workflowForge(test.repository()))?.id;
    };
    assert.equal(await workflowForge(test.repository()), undefined, 'no remote');
    assert.deepEqual(
      [
        await forgeAt('git@github.com:acme/shop.git'),
        await forgeAt('https://gitlab.com/acme/shop'),
        await forgeAt('https://dev.azure.com/acme/p/_git/shop'),
        await forgeAt('/srv/shop.git'),
      ],
      ['github', 'gitlab', 'azure', undefined],
    );
    await test.git('update-ref', 'refs/remotes/origin/trunk', 'main');
    await test.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    const github = WORKFLOW_FORGES.find(({ id }) => id === 'github');
    assert.ok(github);
    const workflow = await workflowFor(test.repository(), github);
    assert.match(workflow.text, /branches: \["trunk"\]/);
    assert.equal(writeWorkflow(test.repository(), workflow), test.at(GITHUB));
    assert.throws(() => writeWorkflow(test.repository(), workflow), /already exists/);
  });
});
