/** What this machine or git's own files do not allow: a clear error, exit code 2, and nothing that only looks well. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { CLI, linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';
import { PullRequest, type JobOutcome } from '../support/forge/ci-job';
import { itInFull } from '../support/full';

describe('broken surroundings', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  itInFull('a limit of few open files: one line says how to raise it', async function () {
    if (process.platform === 'win32') this.skip();
    await linekeeper(test, ['status']); // builds it
    let refused = 0;
    for (const limit of [20, 24, 28, 32])
      for (const words of ['status', 'show HEAD', 'check HEAD..HEAD --actor ada', 'doctor', 'report']) {
        const script = `ulimit -n ${String(limit)} && exec "$0" "$1" ${words}`;
        const ended = spawnSync('/bin/sh', ['-c', script, process.execPath, CLI], {
          cwd: test.root,
          env: test.env,
          encoding: 'utf8',
        });
        if (!/EMFILE/.test(ended.stderr)) continue;
        refused++;
        assert.equal(ended.status, 2, `${words}, ${String(limit)}: ${ended.stderr}`);
        assert.match(ended.stderr, /^linekeeper: .*too many files are open \(EMFILE\)\. "ulimit -n" .*\n$/, words);
        assert.doesNotMatch(ended.stderr, /Cannot read properties/);
      }
    assert.ok(refused > 5, `only ${String(refused)} were refused`);
  });

  for (const [what, files] of [
    ['is a loop of two', { ai: 'ref: refs/notes/other', other: 'ref: refs/notes/ai' }],
    ['leads to itself', { ai: 'ref: refs/notes/ai' }],
    ['is damaged', { ai: 'not a commit' }],
    ['is at a commit that is not here', { ai: '1234567890123456789012345678901234567890' }],
  ] as const)
    itInFull(`a notes ref that ${what}: repair and doctor say so`, async () => {
      mkdirSync(test.at('.git/refs/notes'), { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(test.at(`.git/refs/notes/${name}`), `${text}\n`);
      const repair = await linekeeper(test, ['notes', 'repair']);
      assert.equal(repair.code, 2, repair.stdout);
      assert.match(repair.stderr, /^linekeeper: refs\/notes\/ai is .*so nothing can be read.*\n$/);
      assert.match((await linekeeper(test, ['doctor'])).stdout, /FIX {3}notes: refs\/notes\/ai is /);
      assert.equal((await linekeeper(test, ['show'])).code, 0, 'what else there is, is answered');
      test.write('a.txt', 'two\n');
      await test.commit('Two');
    });

  it('a folder around a bare repository: commands say that it is no work tree', async () => {
    const around = test.outside('around');
    mkdirSync(around);
    await test.git('clone', '-q', '--bare', '.', `${around}/.bare`);
    writeFileSync(`${around}/.git`, 'gitdir: ./.bare\n');
    await test.run(['worktree', 'add', '-q', 'main'], { cwd: around });
    const git = await test.run(['status'], { cwd: around });
    assert.match(git.stderr, /must be run in a work tree/);
    for (const words of [['status'], ['show'], ['install', '--git']]) {
      const answer = await linekeeper(test, words, { cwd: around });
      assert.equal(answer.code, 2, answer.stdout);
      assert.match(answer.stderr, /must be run in a work tree: .*\.bare is a bare repository/);
    }
    for (const config of [
      ['core.bare', 'true'],
      ['extensions.worktreeConfig', 'true'],
    ])
      await test.run(['config', ...config], { cwd: around });
    assert.equal((await linekeeper(test, ['status'], { cwd: `${around}/main` })).code, 0);
  });

  itInFull('GITHUB_OUTPUT, a summary or a report that is a folder: ci exits 2 with the reason', async () => {
    const request = await PullRequest.open();
    try {
      await request.clone();
      const payload = { pull_request: { number: 7, head: { sha: request.server.head } } };
      const run = (words: readonly string[], env = {}): Promise<JobOutcome> =>
        request.run(words, 'pull_request', payload, env);
      assert.equal((await run([])).outputs['verdict'], 'fail');
      const folder = request.work.outside('folder');
      mkdirSync(folder);
      for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) {
        const job = await run([], { [name]: folder });
        assert.deepEqual([job.code, job.err], [2, []], job.out);
        assert.match(
          job.out,
          new RegExp(`Linekeeper could not decide: ${name} names .*folder, which is a folder and not a file`),
        );
      }
      const job = await run(['--sarif', folder]);
      assert.equal(job.code, 2);
      assert.match(job.out, /could not decide: --sarif names .*folder, which is a folder/);
    } finally {
      await request.dispose();
    }
  });
});
