/** The file that lets a forge run the gate, written into a repository. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { WORKFLOW_FORGES, workflowFor, workflowForge, writeWorkflow } from '../../../src/review/ci/write-workflow';
import { ci } from '../../../src/cli/verbs/ci';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';

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

  const COMMIT = 'a'.repeat(40);
  const ACTION = ['--action', `acme/linekeeper@${COMMIT}`] as const;

  itInFull('prints the file, writes it only with --yes, and says what is left to do', async () => {
    const shown = await init('github', ...ACTION);
    assert.deepEqual([shown.code, existsSync(test.at(GITHUB))], [1, false]);
    assert.match(shown.out, /contents: read/);
    const written = await init('github', ...ACTION, '--yes');
    assert.equal(written.code, 0);
    assert.match(written.out, /require the status "linekeeper"/);
    assert.match(test.read(GITHUB), new RegExp(`uses: acme/linekeeper@${COMMIT}`));
    const gitlab = await init('gitlab', '--image', 'registry.example.com/tools/linekeeper:1.2.3', '--yes');
    assert.equal(gitlab.code, 0);
    assert.ok(
      gitlab.out.includes(
        `Add this line to .gitlab-ci.yml, then commit both: include: [{ local: .gitlab/linekeeper.yml }]`,
      ),
      gitlab.out,
    );
    assert.doesNotMatch(test.read('.gitlab/linekeeper.yml'), /LINEKEEPER_IMAGE/);
  });

  it('ci init: writes nothing and asks for a program when none can be found', async () => {
    for (const [forge, asked] of [
      ['github', /could not be found.*--action OWNER\/NAME@COMMIT.*--package/],
      ['forgejo', /could not be found.*--action/],
      ['azure', /--image.*--package/],
      ['bitbucket-cloud', /--image.*--package/],
    ] as const) {
      for (const way of ['--yes', '--print']) {
        const { code, err, out } = await init(forge, way);
        assert.deepEqual([code, out], [2, ''], forge);
        assert.match(err.join(), asked);
      }
    }
    assert.equal(await test.git('status', '--porcelain'), '');
  });

  it('ci init: ends 2 when the job waits for a variable or an Action that was not found', async () => {
    const gitlab = await init('gitlab', '--yes');
    assert.equal(gitlab.code, 2);
    assert.match(gitlab.out, /^The job can't run before the variable LINEKEEPER_IMAGE names an image/m);
    assert.match(gitlab.out, /include: \[\{ local: \.gitlab\/linekeeper\.yml \}\]$/m);
    const github = await init('github', '--action', 'acme/linekeeper@v9', '--yes');
    assert.equal(github.code, 2);
    assert.match(github.out, /written\.[^]*acme\/linekeeper@v9\S* was not found/);
  });

  it('ci init: writes a job that installs the package, outside of the clone, when a package is named', async () => {
    const address = 'https://packages.example.com/npm/linekeeper-1.2.3.tgz';
    for (const [forge, file] of [
      ['github', GITHUB],
      ['gitea', '.gitea/workflows/linekeeper.yml'],
      ['gitlab', '.gitlab/linekeeper.yml'],
      ['azure', 'azure-pipelines.linekeeper.yml'],
      ['bitbucket-cloud', 'bitbucket-pipelines.yml'],
    ] as const) {
      const { code, err } = await init(forge, '--package', address, '--yes');
      assert.equal(code, 0, err.join());
      const text = test.read(file);
      parse(text);
      const places = [...text.matchAll(/\(cd (\S+) && npm install --global .*--ignore-scripts (\S+)\)/g)];
      assert.notEqual(places.length, 0, text);
      for (const [, folder, name] of places) {
        assert.ok(folder === '/' || folder === '"$RUNNER_TEMP"', folder);
        assert.equal(name, address);
      }
      assert.doesNotMatch(text, /uses: .*linekeeper|LINEKEEPER_IMAGE|REGISTRY/);
    }
  });

  it('docs/ci-github.md: has a command that gives a job with its package when it is run as printed', async () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/ci-github.md'), 'utf8');
    const [, address = ''] = /^ +\$ linekeeper ci init github --package (\S+)$/m.exec(page) ?? [];
    const { code, out, err } = await init('github', '--package', address, '--print');
    assert.equal(code, 0, err.join());
    assert.equal(out.split(`--ignore-scripts ${address})`).length - 1, 2, 'both jobs install the package');
  });

  it('ci init: lets the job compare the checksum when the address has one, and says that nothing was looked up', async () => {
    const [address, sum] = ['https://packages.example.com/linekeeper-1.2.3.tgz', 'a'.repeat(64)];
    const { code, out } = await init('github', '--package', `${address}#sha256=${sum}`, '--yes');
    assert.equal(code, 0);
    assert.match(out, /Nobody has checked that "?https:[^#\n]*tgz"? exists\.\n$/);
    const text = test.read(GITHUB);
    parse(text);
    assert.ok(
      text.includes(`-o linekeeper.tgz ${address} && echo "${sum}  linekeeper.tgz" | sha256sum --check && npm`),
      text,
    );
    assert.match(text, /--ignore-scripts \.\/linekeeper\.tgz\)/);
    assert.match((await init('gitlab', '--package', address, '--print')).err.join(), /#sha256=CHECKSUM/);
    assert.equal((await init('gitlab', '--package', `${address}#sha256=abc`, '--print')).code, 2);
  });

  it('ci init: says that no public registry has the package from us when its name has no scope', async () => {
    const { code, out } = await init('github', '--package', 'linekeeper@1.2.3', '--yes');
    assert.equal(code, 2);
    assert.match(out, /No public registry has "?linekeeper@1\.2\.3"? from us/);
    assert.equal((await init('gitlab', '--package', '@acme/linekeeper@1.2.3', '--yes')).code, 0);
  });

  it('ci init: refuses a name that a shell or YAML would read as more', async () => {
    for (const words of [
      ['--package', 'https://example.com/x.tgz;id'],
      ['--package', 'linekeeper'],
      ['--package', 'file:./x.tgz'],
      ['--package=--registry=https://example.com/x.tgz'],
      ['--package', '$(id)@1.0.0'],
      ['--image', 'x\nscript: id'],
      ['--image', 'a b'],
      ['--action', 'a@b: c'],
      ['--action', `acme/x@${COMMIT}`, '--package', 'linekeeper@1.0.0'],
    ])
      assert.equal((await init('gitlab', ...words, '--yes')).code, 2, words.join(' '));
    assert.equal(await test.git('status', '--porcelain'), '');
  });

  itInFull('pins the Action to the commit of its tag', async () => {
    const action = test.outside('action');
    await test.git('clone', '--quiet', '.', action);
    await test.git('-C', action, 'tag', '--annotate', '--message', 'x', 'v9');
    const commit = await test.git('rev-parse', 'HEAD');
    await test.git('config', 'linekeeper.offline', 'false');
    await test.git('config', `url.file://${action}.insteadOf`, 'https://github.com/acme/linekeeper');
    const { out } = await init('github', '--action', 'acme/linekeeper@v9', '--yes');
    assert.doesNotMatch(out, /was not found/);
    assert.equal(
      test
        .read(GITHUB)
        .split('\n')
        .filter((line) => line.includes(`uses: acme/linekeeper@${commit.trim()} # v9`)).length,
      2,
    );
    const { out: unknown } = await init('gitea', '--action', 'acme/linekeeper@v10', '--yes');
    assert.match(unknown, /was not found/);
    assert.match(test.read('.gitea/workflows/linekeeper.yml'), /uses: https:\/\/github\.com\/acme\/linekeeper@v10\n/);
  });

  it('overwrites no file and follows no link', async () => {
    test.write(GITHUB, 'mine\n');
    assert.match((await init('github', ...ACTION, '--yes')).err.join(), /already exists and was not changed/);
    assert.equal(test.read(GITHUB), 'mine\n');
    symlinkSync(test.outside('elsewhere'), test.at('.gitlab'));
    assert.equal((await init('gitlab', '--yes')).code, 2);
    assert.equal(existsSync(test.outside('elsewhere')), false);
  });

  itInFull('finds the forge by the remote, and uses its default branch', async () => {
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
    const workflow = await workflowFor(test.repository(), github, { action: 'acme/linekeeper@v1' });
    assert.match(workflow.text, /branches: \["trunk"\]/);
    assert.equal(writeWorkflow(test.repository(), workflow), test.at(GITHUB));
    assert.throws(() => writeWorkflow(test.repository(), workflow), /already exists/);
  });
});
