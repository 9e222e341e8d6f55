/**
 * Whatever kills a process, fills a disk or moves a repository: the record is as it was before or as it would be after,
 * and commits go on.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { settle, showCommits, statusOf, installGitHooks } from '../../../../src/provenance/commits';
import { Repository } from '../../../../src/git';
import { isProblem, openJournal, parseRecord } from '../../../../src/provenance/journal';
import { casesOf, itInFull } from '../../../support/full';
import { builtCli, CLI, linekeeper, linekeeperProcess } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const WRITERS = 64;
/** LINEKEEPER_EDITS: how many each of them makes. */
const EDITS = Number(process.env['LINEKEEPER_EDITS'] ?? casesOf(20, 6));

let test: TestRepository;
/** Gives each test of a `describe` its own `test`. */
function useRepository(): void {
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\nthree\n');
    await test.commit('start');
  });
  afterEach(function () {
    this.timeout(600_000); // many files, where many writers were asked for
    return test.dispose();
  });
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve));
const hooks = (executable = process.execPath): Promise<unknown> =>
  installGitHooks(test.repository(), { executable, cli: CLI, electron: false });
/** How many added lines of HEAD are whose. */
const added = async (root = test.root): Promise<object> => {
  const repository = Repository.find(root) ?? assert.fail(`no repository at ${root}`);
  await settle(repository, tick);
  const id = (await repository.commitId('HEAD')) ?? assert.fail('no HEAD');
  return (await showCommits(repository, [id])).get(id)?.added ?? assert.fail('not shown');
};
const pending = async (): Promise<Readonly<Record<'ai' | 'human' | 'unknown', number>>> =>
  (await statusOf(test.repository(), tick)).added;
const byMachine = (line: string, file = 'a.txt'): Promise<void> =>
  as('ai', test, [file], () => test.write(file, `${existsSync(test.at(file)) ? test.read(file) : ''}${line}\n`));
/** Every record can be read, and so can every content that it names. */
const assertWhole = (): void => {
  const journal = openJournal(test.repository().gitDir, tick);
  for (const name of journal.names())
    assert.ok(!isProblem(parseRecord(readFileSync(path.join(journal.folder, 'journal', name), 'utf8'))), name);
  for (const { name, record } of journal.read()) {
    const ids =
      record.kind === 'session'
        ? []
        : record.files.flatMap((file) => ('to' in file ? [file.from, file.to] : [file.content]));
    for (const id of ids) assert.ok(id === null || journal.content(id) !== undefined, `${name} has what it names`);
  }
  assert.deepEqual(journal.asides(), []);
};
/** LINEKEEPER_KILLS: how many kills each test makes, at moments spread evenly over 144 ms. */
const KILLS = Number(process.env['LINEKEEPER_KILLS'] ?? casesOf(16, 4));
const DELAYS = Array.from({ length: KILLS }, (_, i) => (i * 144) / KILLS);

describe('many processes that record edits at once', () => {
  useRepository();
  itInFull('lose no edit', async function () {
    this.timeout(3_600_000);
    const program = test.outside('writer.mjs');
    await build({
      stdin: { contents: WRITER, resolveDir: path.dirname(CLI), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      logLevel: 'silent',
    });
    const codes = await Promise.all(
      Array.from({ length: WRITERS }, (_, i) =>
        ended(
          spawn(process.execPath, [program, test.root, String(i), String(EDITS)], {
            env: test.env,
            stdio: ['ignore', 'ignore', 'inherit'],
          }),
        ),
      ),
    );
    assert.deepEqual(new Set(codes), new Set([0]));
    assertWhole();
    const edits = openJournal(test.repository().gitDir, tick)
      .read()
      .flatMap(({ record }) => (record.kind === 'edit' ? [record.id] : []));
    assert.deepEqual([edits.length, new Set(edits).size], [WRITERS * EDITS, WRITERS * EDITS]);
    assert.deepEqual(await pending(), { ai: WRITERS * EDITS, human: 0, unknown: 0 });
    console.log(`      ${String(WRITERS)} processes, ${String(EDITS)} edits each, none lost`);
  });
});

/** Appends lines to a file of its own, each reported before and after. */
const WRITER = `
import { writeFileSync, appendFileSync } from 'node:fs';
import path from 'node:path';
import { Repository } from '../src/git/plumbing/repository';
import { record } from '../src/provenance/assistants/record';
const [root, own, edits] = process.argv.slice(2);
const repository = Repository.find(root);
const file = path.join(root, 'by-' + own + '.txt');
const report = (event, n) => record(repository, { event, id: own + '-' + n, by: { author: 'ai', assistant: 'kiro', session: own, evidence: 'reported' }, cwd: root, files: [file], edits: [], onDisk: true }, Date.now, { namesLater: n % 2 === 1 });
for (let n = 0; n < Number(edits); n++) {
  await report('before', n);
  appendFileSync(file, 'line ' + n + ' by ' + own + '\\n');
  await report('after', n);
}
`;

describe('kill -9', () => {
  useRepository();
  for (const assistant of ['generic', 'claude-code'])
    itInFull(
      `while an edit is recorded leaves it recorded or not, and nothing broken: ${assistant}`,
      async function () {
        this.timeout(120_000 + KILLS * 5_000);
        await hooks();
        for (const [i, delay] of DELAYS.entries()) {
          const say = async (event: 'before' | 'after', killedAfter?: number): Promise<void> => {
            const child = spawn(process.execPath, [CLI, 'record', assistant], {
              cwd: test.root,
              env: test.env,
              stdio: ['pipe', 'ignore', 'ignore'],
            });
            child.stdin.on('error', () => undefined);
            const own = {
              hook_event_name: event === 'before' ? 'PreToolUse' : 'PostToolUse',
              session_id: 's',
              tool_name: 'Edit',
              tool_use_id: String(i),
              tool_input: { file_path: test.at('a.txt'), old_string: 'one', new_string: 'two' },
            };
            child.stdin.end(
              JSON.stringify(
                assistant === 'generic'
                  ? { version: 1, event, id: String(i), author: 'ai', tool: 'kiro', session: 's', files: ['a.txt'] }
                  : own,
              ),
            );
            const done = ended(child);
            const timer = killedAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killedAfter);
            await done;
            clearTimeout(timer);
          };
          await say('before');
          test.write('a.txt', `${test.read('a.txt')}line ${String(i)}\n`);
          await say('after', delay);
          assertWhole();
        }
        // A call whose end was killed is over with the next one of its session: its line is the assistant's or unknown.
        const { ai, human, unknown } = await pending();
        assert.deepEqual([ai + unknown, human], [DELAYS.length, 0]);
        assert.ok(ai > 0, 'those that lived long enough');
        await test.git('commit', '-qam', 'All');
        assert.deepEqual(await added(), { ai, human, unknown });
      },
    );

  itInFull('of our git hook lets the commit go through, and its note comes later', async () => {
    const killed = test.outside('killed.sh');
    writeFileSync(killed, '#!/bin/sh\nkill -9 $$\n');
    chmodSync(killed, 0o755);
    await hooks(killed);
    await byMachine('four');
    const result = await test.run(['commit', '-qam', 'Work']);
    assert.equal(result.code, 0);
    assert.match(result.stderr, /linekeeper: the record of this commit is not complete/);
    assert.equal(await test.git('log', '-1', '--format=%B'), 'Work\n');
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
  });

  itInFull('of a commit at any instant loses no edit for the next one', async function () {
    this.timeout(120_000 + KILLS * 5_000);
    await hooks();
    const first = await test.git('rev-parse', 'HEAD');
    for (const [i, delay] of DELAYS.entries()) {
      await byMachine(`line ${String(i)}`);
      const child = spawn('git', ['commit', '-qam', `Work ${String(i)}`], {
        cwd: test.root,
        env: test.env,
        detached: true,
        stdio: 'ignore',
      });
      const done = ended(child);
      const timer = setTimeout(() => {
        killGroup(child);
      }, delay * 2);
      await done;
      clearTimeout(timer);
      killGroup(child);
      for (const lock of ['index.lock', 'HEAD.lock', 'refs/heads/main.lock'])
        rmSync(test.at(`.git/${lock}`), { force: true }); // git's own, as it asks people to
      assertWhole();
    }
    await test.git('commit', '-qam', 'Rest', '--allow-empty');
    const repository = test.repository();
    await settle(repository, tick);
    const ids = (await test.git('rev-list', `${first}..HEAD`)).split('\n');
    const counts = [...(await showCommits(repository, ids)).values()].map((shown) => shown.added);
    const sum = (author: 'ai' | 'human' | 'unknown'): number => counts.reduce((all, one) => all + one[author], 0);
    assert.deepEqual([sum('ai'), sum('human'), sum('unknown')], [DELAYS.length, 0, 0]);
  });

  itInFull('while a note is written leaves it to the next command', async function () {
    this.timeout(120_000 + KILLS * 5_000);
    await hooks();
    for (const [i, delay] of DELAYS.entries()) {
      await byMachine(`line ${String(i)}`);
      await test.git('commit', '-qam', `Work ${String(i)}`);
      const child = spawn(process.execPath, [CLI, 'show'], {
        cwd: test.root,
        env: test.env,
        detached: true,
        stdio: 'ignore',
      });
      const done = ended(child);
      const timer = setTimeout(() => {
        killGroup(child);
      }, delay * 2);
      await done;
      clearTimeout(timer);
      killGroup(child);
      const lock = test.at('.git/refs/notes/ai.lock');
      if (existsSync(lock)) utimesSync(lock, 0, 0); // much later
    }
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
    const notes = await test.git('notes', '--ref=ai', 'list');
    assert.equal(notes.split('\n').length, DELAYS.length);
    await test.git('fsck', '--strict');
  });

  it('of git with its lock on notes delays notes for minutes at most, and no edit', async () => {
    await byMachine('four');
    await test.git('commit', '-qam', 'Work');
    mkdirSync(test.at('.git/refs/notes'), { recursive: true });
    writeFileSync(test.at('.git/refs/notes/ai.lock'), '');
    await byMachine('five'); // finds the commit, and can't write its note
    assert.deepEqual(await pending(), { ai: 1, human: 0, unknown: 0 });
    assert.equal((await test.run(['rev-parse', '-q', '--verify', 'refs/notes/ai'])).code, 1);
    utimesSync(test.at('.git/refs/notes/ai.lock'), Date.now() / 1000 - 3600, Date.now() / 1000 - 3600);
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
    assert.deepEqual(await pending(), { ai: 1, human: 0, unknown: 0 });
  });
});

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // all of it has ended
  }
}

describe('a full disk', () => {
  useRepository();
  itInFull('is reported, and commits go through', async function () {
    this.timeout(60_000);
    await hooks();
    await byMachine('four');
    // A small disk of its own where that may be mounted; else files may not grow, which is the same to whoever writes
    // them.
    const disk = test.at('.git/linekeeper');
    const small = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status === 0;
    try {
      if (small)
        assert.throws(() => {
          for (let i = 0; ; i++) writeFileSync(path.join(disk, String(i)), Buffer.alloc(4096));
        }, /ENOSPC/);
      const payload = JSON.stringify({
        version: 1,
        event: 'before',
        id: 'x',
        author: 'ai',
        tool: 'kiro',
        files: ['a.txt'],
      });
      const said = small
        ? await linekeeperProcess(test, ['record', 'generic'], { input: payload })
        : spawnSync('sh', ['-c', `ulimit -f 0; exec '${process.execPath}' '${CLI}' record generic`], {
            cwd: test.root,
            env: test.env,
            input: payload,
            encoding: 'utf8',
          });
      assert.match(said.stderr, /could not write .*please check its permissions and the free space/);
      if (small) {
        const doctor = await linekeeper(test, ['doctor']);
        assert.equal(doctor.code, 1, doctor.stdout);
        assert.match(doctor.stdout, /nothing can be written in .*ENOSPC/);
        const status = await linekeeper(test, ['status']);
        assert.doesNotMatch(`${status.stdout}${status.stderr}`, /^.*ENOSPC: no space left/m);
      }
      const result = await test.run(['commit', '-qam', 'Work']);
      assert.equal(result.code, 0, result.stderr);
    } finally {
      if (small) spawnSync('umount', [disk]);
    }
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
  });
});

describe('a repository', () => {
  useRepository();
  const copied = (how: (to: string) => void): string => {
    const to = test.outside('copy of it');
    how(to);
    return to;
  };

  itInFull('that was moved keeps its record', async () => {
    await byMachine('four');
    const to = copied((name) => {
      renameSync(test.root, name);
    });
    spawnSync('git', ['commit', '-qam', 'Work'], { cwd: to, env: test.env });
    assert.deepEqual(await added(to), { ai: 1, human: 0, unknown: 0 });
    renameSync(to, test.root);
  });

  for (const [name, words] of [
    ['copied', ['-a']],
    ['hard-linked', ['-al']],
  ] as const) {
    itInFull(`${name} keeps its record, and so does the original`, async () => {
      await byMachine('four');
      const to = copied((place) => {
        assert.equal(spawnSync('cp', [...words, test.root, place]).status, 0);
      });
      rmSync(path.join(to, 'a.txt')); // editors write a new file, and so do we
      writeFileSync(path.join(to, 'a.txt'), `${test.read('a.txt')}five\n`);
      await test.git('commit', '-qam', 'Here');
      assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
      await byMachine('six');
      spawnSync('git', ['commit', '-qam', 'There'], { cwd: to, env: test.env });
      assert.deepEqual(await added(to), { ai: 1, human: 0, unknown: 1 });
      await test.git('commit', '-qam', 'Here again');
      assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
    });
  }

  itInFull('restored from a backup of any age has no wrong author', async () => {
    const backup = mkdtempSync(test.outside('backup-'));
    await byMachine('four');
    cpSync(test.at('.git'), backup, { recursive: true, preserveTimestamps: true });
    await test.git('commit', '-qam', 'Lost');
    await added();
    await as('human', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}five\n`));
    // The journal of now with the repository of then: HEAD and its log are shorter than they were.
    const journal = test.outside('journal');
    cpSync(test.at('.git/linekeeper'), journal, { recursive: true, preserveTimestamps: true });
    rmSync(test.at('.git'), { recursive: true });
    cpSync(backup, test.at('.git'), { recursive: true, preserveTimestamps: true });
    rmSync(test.at('.git/linekeeper'), { recursive: true });
    cpSync(journal, test.at('.git/linekeeper'), { recursive: true, preserveTimestamps: true });
    await test.git('commit', '-qam', 'Again');
    assert.deepEqual(await added(), { ai: 1, human: 1, unknown: 0 });
    await byMachine('six');
    await test.git('commit', '-qam', 'Six');
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
    // And the repository of now with the journal of then.
    rmSync(test.at('.git/linekeeper'), { recursive: true });
    cpSync(path.join(backup, 'linekeeper'), test.at('.git/linekeeper'), { recursive: true, preserveTimestamps: true });
    await byMachine('seven');
    await as('nobody', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}eight\n`));
    await test.git('commit', '-qam', 'Seven');
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 1 });
  });
});

describe('two versions of Linekeeper in one repository', () => {
  useRepository();
  it('set aside records that only the other can read, and take them back', async () => {
    await byMachine('four');
    const journal = openJournal(test.repository().gitDir, tick);
    const folder = path.join(journal.folder, 'journal');
    const name = journal.names().at(-1) ?? assert.fail('nothing recorded');
    const text = readFileSync(path.join(folder, name), 'utf8');
    writeFileSync(path.join(folder, name), text.replace('"version": 1', '"version": 2'));
    journal.read();
    assert.equal(journal.asides().length, 1);
    // Contents that nothing needs go after a while.
    const contents = path.join(journal.folder, 'contents');
    for (const file of readdirSync(contents, { recursive: true, withFileTypes: true }))
      if (file.isFile()) utimesSync(path.join(file.parentPath, file.name), 0, 0);
    journal.drop([]);
    writeFileSync(path.join(journal.folder, 'aside', name), text); // as if this were the newer one
    assert.deepEqual(await pending(), { ai: 1, human: 0, unknown: 0 });
    assert.deepEqual(journal.asides(), []);
  });
});
