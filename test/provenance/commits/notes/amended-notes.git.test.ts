/** Notes that were not pushed yet: one notes commit holds them, however many commits they are about. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settleAll } from '../../../../src/provenance/commits';
import { pushNotes } from '../../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { writeNotes } from '../../../../src/provenance/commits/notes/write-notes';
import { editByAssistant } from '../../../support/forge/ci-job';
import { CARL, TestRepository } from '../../../support/repository';

const NOTES = 'refs/notes/ai';
const WRITTEN = 'refs/linekeeper/notes';

describe("the history of Linekeeper's notes", function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'start\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  /** Commits by an assistant, each settled before the next, as the editor does. */
  async function byAssistant(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      await editByAssistant(test, 'a.txt', `${test.read('a.txt')}${line}\n`);
      await test.commit(`Add ${line}`, { as: CARL });
      await settleAll(test.repository(), Date.now);
    }
  }
  const length = async (ref = NOTES): Promise<number> => Number(await test.git('rev-list', '--count', ref));
  const noted = async (): Promise<number> => (await test.git('notes', '--ref=ai', 'list')).split('\n').length;
  const tips = async (): Promise<string[]> => (await test.git('rev-parse', NOTES, WRITTEN)).split('\n');

  it('five AI commits: have one notes commit with five notes when nothing was pushed', async () => {
    await byAssistant('one', 'two', 'three', 'four', 'five');
    assert.deepEqual([await length(), await noted()], [1, 5]);
    const [notes, written] = await tips();
    assert.equal(notes, written);
    assert.match(await test.git('notes', '--ref=ai', 'show', 'HEAD~4'), /a\.txt/);
    assert.doesNotMatch(await test.git('fsck', '--no-dangling', '--strict'), /error|warning/);
  });

  it('a notes commit that a remote has: stays, and what comes later is one more', async () => {
    const bare = test.outside('bare.git');
    await test.git('init', '--quiet', '--bare', bare);
    await test.git('remote', 'add', 'origin', bare);
    await byAssistant('one', 'two');
    await pushNotes(test.repository(), 'origin');
    const pushed = await test.git('rev-parse', NOTES);
    await byAssistant('three', 'four');
    assert.deepEqual([await length(), await noted(), await test.git('rev-parse', `${NOTES}^`)], [2, 4, pushed]);
    await pushNotes(test.repository(), 'origin');
    assert.equal(await test.git('-C', bare, 'rev-list', '--count', NOTES), '2');
  });

  it('a notes commit that a remote has: stays when only a refspec of the user keeps it, and no branch is asked', async () => {
    const bare = test.outside('bare.git');
    await test.git('init', '--quiet', '--bare', bare);
    await test.git('remote', 'add', 'origin', bare);
    await test.git('config', '--add', 'remote.origin.fetch', '+refs/notes/*:refs/remotes/origin-notes/*');
    await byAssistant('one', 'two');
    await test.git('push', '--quiet', 'origin', 'HEAD', NOTES);
    await test.git('fetch', '--quiet', 'origin');
    const pushed = await test.git('rev-parse', 'refs/remotes/origin-notes/ai');
    const asked: string[] = [];
    const repository = test.repository();
    const git = repository.git.bind(repository);
    repository.git = (words, options) => {
      asked.push(words.join(' '));
      return git(words, options);
    };
    const by = { committer: { name: 'Carl', email: 'carl@example.com', time: 1, zone: '+0000' } };
    const head = await test.git('rev-parse', 'HEAD');
    await writeNotes(repository, by, new Map([[head, 'ours\n']]), { at: pushed, written: pushed });
    assert.deepEqual([await length(), await test.git('rev-parse', `${NOTES}^`)], [2, pushed]);
    const [contained = ''] = asked.filter((words) => words.includes('--contains'));
    assert.match(contained, /=[0-9a-f]+ refs\/remotes\/origin-notes\/$/);
  });

  it("another tool's notes commit: is built on, and not amended", async () => {
    await byAssistant('one');
    await test.git('notes', '--ref=ai', 'add', '-m', 'theirs', 'HEAD~');
    const theirs = await test.git('rev-parse', NOTES);
    await byAssistant('two', 'three');
    assert.deepEqual([await length(), await noted(), await test.git('rev-parse', `${NOTES}^`)], [3, 4, theirs]);
  });

  it('a note: is not lost, and the ref stays as it was, when somebody else was faster or the writer was killed', async () => {
    await byAssistant('one', 'two');
    const [at = ''] = await tips();
    const root = await test.git('rev-list', '--max-parents=0', 'HEAD');
    await test.git('notes', '--ref=ai', 'add', '-m', 'theirs', root);
    const theirs = await test.git('rev-parse', NOTES);
    const by = { committer: { name: 'Carl', email: 'carl@example.com', time: 1, zone: '+0000' } };
    const failure = await writeNotes(test.repository(), by, new Map([[root, 'ours\n']]), { at, written: at });
    assert.ok(failure !== undefined && failure.length > 0);
    assert.equal(await test.git('rev-parse', NOTES), theirs);
    assert.match(await test.git('show', `${WRITTEN}:${root}`), /ours/); // where the next writer finds it
    await byAssistant('three');
    const there = await test.git('notes', '--ref=ai', 'show', root);
    assert.ok(there.includes('ours') && there.includes('theirs'), there);
    assert.equal(await noted(), 4);
  });

  it("the ref's own log: has a bounded size, and keeps what its history has", async () => {
    await byAssistant('one');
    const log = path.join(test.root, '.git/logs', NOTES);
    const by = { committer: { name: 'Carl', email: 'carl@example.com', time: 1, zone: '+0000' } };
    const [id] = await tips();
    const entry = readFileSync(log, 'utf8').split('\n')[0] ?? '';
    appendFileSync(log, `${entry.replace(/^\w+ \w+/, `${id ?? ''} ${id ?? ''}`)}\n`.repeat(900));
    const before = readFileSync(log).length;
    const head = await test.git('rev-parse', 'HEAD');
    const note = `${await test.git('notes', '--ref=ai', 'show', head)}\n`;
    assert.equal(await writeNotes(test.repository(), by, new Map([[head, note]]), { at: id, written: id }), undefined);
    assert.ok(before > 64 * 1024 && readFileSync(log).length < 1024, String(readFileSync(log).length));
    assert.equal(await length(), 1);
  });
});
