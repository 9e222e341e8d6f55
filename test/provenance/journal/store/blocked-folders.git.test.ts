/** Where the journal should be there is something else: nobody waits for it or writes through it, and it is told. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { itInFull } from '../../../support/full';
import { linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

describe('in place of the journal:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'start\n');
    await test.commit('start');
    await linekeeper(test, ['install', '--git']);
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'start\nby a machine\n'));
  });
  afterEach(() => test.dispose());
  const journal = (...names: string[]): string => test.at(['.git', 'linekeeper', 'journal', ...names].join('/'));

  for (const [what, make] of [
    ['a named pipe', (place: string) => spawnSync('mkfifo', [place])],
    [
      'a symbolic link',
      (place: string) => {
        symlinkSync('/dev/zero', place);
      },
    ],
  ] as const) {
    itInFull(`${what} among the records is skipped by commit, status and export, and doctor names it`, async () => {
      const place = journal('9999999999999-1-abcdef.json');
      make(place);
      make(journal('0000000000001-1-abcdef.json'));
      const doctor = await linekeeper(test, ['doctor']);
      assert.equal(doctor.code, 1, doctor.stdout);
      assert.ok(doctor.stdout.includes(`${place} is ${what} and not a file`), doctor.stdout);
      assert.match((await linekeeper(test, ['status'])).stdout, /added 1 AI/);
      assert.equal((await linekeeper(test, ['export'])).code, 0);
      await test.git('commit', '-qam', 'change');
      assert.match(await test.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -0 of \+1 -0$/m);
    });
  }

  for (const [what, make] of [
    [
      'a file',
      (place: string) => {
        writeFileSync(place, 'x\n');
      },
    ],
    [
      'a symbolic link',
      (place: string, elsewhere: string) => {
        symlinkSync(elsewhere, place);
      },
    ],
  ] as const) {
    itInFull(`${what} is reported by doctor and the hook, and nothing is written through it`, async () => {
      const elsewhere = test.outside('elsewhere');
      mkdirSync(elsewhere);
      renameSync(journal(), test.outside('moved'));
      make(journal(), elsewhere);
      const doctor = await linekeeper(test, ['doctor']);
      assert.equal(doctor.code, 1);
      assert.ok(doctor.stdout.includes(`${journal()} is ${what} and not a folder`), doctor.stdout);
      const payload = JSON.stringify({
        version: 1,
        event: 'before',
        author: 'ai',
        tool: 'claude-code',
        session: 's',
        cwd: test.root,
        files: ['a.txt'],
      });
      assert.match((await linekeeper(test, ['record', 'generic'], { input: payload })).stderr, /and not a folder/);
      const committed = await test.run(['commit', '-qam', 'change']);
      assert.equal(committed.code, 0, committed.stderr);
      assert.match(committed.stderr, /^linekeeper: .*journal is not a folder of its own/m);
      assert.deepEqual(readdirSync(elsewhere), []);
    });
  }
});

describe('in place of the notes:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'start\n');
    await test.commit('start');
    await linekeeper(test, ['install', '--git']);
  });
  afterEach(() => test.dispose());

  for (const [what, revision] of [
    ['blob', 'HEAD:a.txt'],
    ['tree', 'HEAD^{tree}'],
    ['commit of other files', 'HEAD'],
  ] as const) {
    itInFull(`a ${what} is reported by doctor and repair`, async () => {
      await test.git('update-ref', 'refs/notes/ai', revision);
      const doctor = await linekeeper(test, ['doctor']);
      assert.equal(doctor.code, 1, doctor.stdout);
      assert.match(
        doctor.stdout,
        new RegExp(`^FIX {3}notes: refs/notes/ai is a ${what} and not notes, .*update-ref -d`, 'm'),
      );
      const repair = await linekeeper(test, ['notes', 'repair']);
      assert.deepEqual([repair.code, repair.stdout], [2, '']);
      assert.match(repair.stderr, new RegExp(`refs/notes/ai is a ${what} and not notes`));
    });
  }

  it('real notes are not reported', async () => {
    await test.git('notes', '--ref=ai', 'add', '-m', 'of another tool');
    assert.equal((await linekeeper(test, ['doctor'])).stdout.includes('not notes'), false);
    assert.equal((await linekeeper(test, ['notes', 'repair'])).code, 0);
  });
});

describe('objects in GIT_ALTERNATE_OBJECT_DIRECTORIES', function () {
  this.timeout(120_000);
  itInFull('are found by status, show and check', async () => {
    const test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\n');
    test.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: standard, paths: ["**"] }]\n');
    await test.commit('start');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\ntwo by machine\n'));
    await test.commit('Two');
    await linekeeper(test, ['show']);
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one by machine\ntwo by machine\n'));
    const objects = test.outside('objects');
    cpSync(test.at('.git/objects'), objects, { recursive: true });
    for (const name of readdirSync(test.at('.git/objects')))
      rmSync(test.at(`.git/objects/${name}`), { recursive: true });
    const env = { GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
    for (const words of [['status'], ['show', 'HEAD'], ['check', 'HEAD~..HEAD', '--actor', 'ada']]) {
      const { code, stdout, stderr } = await linekeeper(test, words, { env });
      assert.deepEqual([code, stderr], [0, ''], `${words.join(' ')}: ${stdout}`);
      if (words[0] !== 'check') assert.match(stdout, /\b1 AI\b|AI 1\b|claude/i, words.join(' '));
    }
    await test.dispose();
  });
});
