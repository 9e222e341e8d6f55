/** `record generic`, sentence by sentence. */
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { statusOf } from '../../../../src/provenance/commits';
import { parseGeneric, record } from '../../../../src/provenance/assistants/record';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { eachLine } from '../../../support/told';

const BASE = ['one', 'two', 'three', 'four', 'five', 'six'].map((word) => `${word} is the word\n`).join('');

describe('linekeeper record generic', () => {
  let test: TestRepository;
  let clock = 0;
  const now = (): number => ++clock;
  beforeEach(async () => {
    clock = Date.now();
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    test.write('b.txt', BASE);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const send = async (event: 'before' | 'after', payload: object): Promise<void> => {
    const report = parseGeneric(
      JSON.stringify({ version: 1, event, author: 'ai', tool: 'kiro', session: 's1', cwd: test.root, ...payload }),
      test.root,
    );
    assert.ok(!('problem' in report), JSON.stringify(report));
    await record(test.repository(), report, now);
  };
  const before = (payload: object = {}): Promise<void> => send('before', payload);
  const after = (payload: object = {}): Promise<void> => send('after', payload);
  const human = { author: 'human', session: 'editor' };
  /** `+2 ai -2 ai` of the work at hand. */
  const told = async (file = 'a.txt'): Promise<string> => {
    const entry = (await statusOf(test.repository(), now)).files.find((f) => f.path === file);
    return eachLine(entry, ({ assistant, author }) => assistant ?? author).join(', ');
  };

  it('reads a payload with a byte order mark, as PowerShell sends it', () => {
    assert.ok(!('problem' in parseGeneric('\uFEFF{"version":1,"event":"before","author":"ai"}', test.root)));
  });

  describe('with core.ignorecase,', () => {
    for (const version of ['2', '3', '4'])
      it(`a file in another spelling: has git's name, by an index of version ${version}`, async () => {
        test.write('Src/Billing/tax.ts', BASE);
        test.write('Src/Billing/a.ts', BASE);
        await test.commit('add');
        await test.git('config', 'core.ignorecase', 'true');
        await test.git('update-index', '--index-version', version);
        if (version === '3') {
          test.write('later.txt', '');
          await test.git('add', '--intent-to-add', 'later.txt');
        }
        await before({ id: '1', files: ['src/billing/TAX.ts'] });
        test.replace('Src/Billing/tax.ts', 'two is', 'two was');
        await after({ id: '1', files: ['src/billing/TAX.ts'] });
        assert.equal(await told('Src/Billing/tax.ts'), '+2 kiro, -2 kiro');
      });

    it('a new file: has the folder that git knows', async () => {
      test.write('Src/a.ts', BASE);
      await test.commit('add');
      await test.git('config', 'core.ignorecase', 'true');
      await before({ id: '1', files: ['SRC/new.ts'] });
      test.write('Src/new.ts', 'new\n');
      await after({ id: '1', files: ['SRC/new.ts'] });
      assert.equal(await told('Src/new.ts'), '+1 kiro');
    });

    it('two files of names that differ only by case: stay two', async () => {
      test.write('Src/a.ts', BASE);
      await test.commit('add');
      await test.git('config', 'core.ignorecase', 'true');
      test.write('src/A.ts', 'one\n');
      await before({ id: '1', files: ['Src/a.ts'] });
      test.replace('Src/a.ts', 'two is', 'two was');
      await after({ id: '1', files: ['Src/a.ts'] });
      assert.equal(await told('Src/a.ts'), '+2 kiro, -2 kiro');
    });
  });

  describe('with the events before and after,', () => {
    itInFull('credits the difference between them, and leaves earlier changes unknown', async () => {
      test.replace('a.txt', 'two is', 'two was');
      await before({ id: '1', files: ['a.txt'] });
      test.replace('a.txt', 'four is', 'four was');
      await after({ id: '1', files: ['a.txt'] });
      test.replace('a.txt', 'six is', 'six was');
      assert.equal(await told(), '+2 unknown, +4 kiro, +6 unknown, -2 unknown, -4 kiro, -6 unknown');
    });

    itInFull('without files, covers every changed, clean, new and deleted file', async () => {
      test.replace('a.txt', 'two is', 'two was');
      await before({ id: '1' });
      test.replace('a.txt', 'four is', 'four was');
      test.replace('b.txt', 'one is', 'one was');
      test.write('new.txt', 'new\n');
      await after({ id: '1' });
      assert.equal(await told(), '+2 unknown, +4 kiro, -2 unknown, -4 kiro');
      assert.equal(await told('b.txt'), '+1 kiro, -1 kiro');
      assert.equal(await told('new.txt'), '+1 kiro');
      await before({ id: '2' });
      test.remove('b.txt');
      await after({ id: '2' });
      assert.equal(await told('b.txt'), '-1 kiro, -2 kiro, -3 kiro, -4 kiro, -5 kiro, -6 kiro');
    });

    itInFull('without an id, pairs them by tool and session', async () => {
      await before({ files: ['a.txt'] });
      await before({ tool: 'codex', session: 's2', files: ['b.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      test.replace('b.txt', 'two is', 'two was');
      await after({ files: ['a.txt'] });
      await after({ tool: 'codex', session: 's2', files: ['b.txt'] });
      assert.equal(await told(), '+2 kiro, -2 kiro');
      assert.equal(await told('b.txt'), '+2 codex, -2 codex');
    });

    itInFull('without an id, pairs them by path', async () => {
      await before({ files: ['a.txt'] });
      await before({ files: ['b.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      test.replace('b.txt', 'two is', 'two was');
      await after({ files: ['a.txt'] });
      await after({ files: ['b.txt'] });
      assert.equal(await told(), '+2 kiro, -2 kiro');
      assert.equal(await told('b.txt'), '+2 kiro, -2 kiro');
    });

    itInFull('with an id, pairs them by it, whichever ends first', async () => {
      await before({ id: '1', files: ['a.txt'] });
      await before({ id: '2', files: ['b.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      await after({ id: '1' });
      test.replace('b.txt', 'two is', 'two was');
      await after({ id: '2' });
      assert.equal(await told(), '+2 kiro, -2 kiro');
      assert.equal(await told('b.txt'), '+2 kiro, -2 kiro');
    });

    it('leaves changes unknown before a second after', async () => {
      await before({ id: '1', files: ['a.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      await after({ id: '1', files: ['a.txt'] });
      test.replace('a.txt', 'four is', 'four was');
      await after({ id: '1', files: ['a.txt'] });
      assert.equal(await told(), '+2 kiro, +4 unknown, -2 kiro, -4 unknown');
    });

    itInFull("leaves the inner one's changes to the inner one when two nest", async () => {
      await before({ id: '1', files: ['a.txt'] });
      await before({ id: '2', tool: 'codex', session: 's2', files: ['a.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      await after({ id: '2', tool: 'codex', session: 's2', files: ['a.txt'] });
      test.replace('a.txt', 'four is', 'four was');
      await after({ id: '1', files: ['a.txt'] });
      assert.equal(await told(), '+2 codex, +4 kiro, -2 codex, -4 kiro');
    });

    itInFull('leaves each one its changes when two overlap', async () => {
      await before({ id: '1', files: ['a.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      await before({ id: '2', tool: 'codex', session: 's2', files: ['a.txt'] });
      await after({ id: '1', files: ['a.txt'] });
      test.replace('a.txt', 'four is', 'four was');
      await after({ id: '2', tool: 'codex', session: 's2', files: ['a.txt'] });
      assert.equal(await told(), '+2 kiro, +4 codex, -2 kiro, -4 codex');
    });

    itInFull("leaves a person's recorded edits to the person", async () => {
      await before({ id: '1' });
      await before({ ...human, id: 'h', files: ['a.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      await after({ ...human, id: 'h', files: ['a.txt'] });
      test.replace('a.txt', 'four is', 'four was');
      test.replace('a.txt', 'six is', 'six was');
      await after({ ...human, files: ['a.txt'], edits: [{ path: 'a.txt', old: 'six is', new: 'six was' }] });
      await after({ id: '1' });
      assert.equal(await told(), '+2 human, +4 kiro, +6 human, -2 human, -4 kiro, -6 human');
    });

    itInFull('credits nothing when the after comes half an hour later', async () => {
      await before({ id: '1', files: ['a.txt'] });
      test.replace('a.txt', 'two is', 'two was');
      clock += 31 * 60_000;
      await after({ id: '1', files: ['a.txt'] });
      assert.equal(await told(), '+2 unknown, -2 unknown');
    });

    itInFull('credits changes before the after has arrived', async () => {
      await before({ id: '1' });
      test.replace('a.txt', 'two is', 'two was');
      assert.equal(await told(), '+2 kiro, -2 kiro');
    });

    itInFull("leaves changes unknown while two tools' pairs overlap", async () => {
      await before({ id: '1' });
      await before({ id: '2', tool: 'codex', session: 's2' });
      test.replace('a.txt', 'two is', 'two was');
      assert.equal(await told(), '+2 unknown, -2 unknown');
    });

    it('takes paths relative to cwd, and absolute ones', async () => {
      test.write('dir/c.txt', BASE);
      await test.commit('more');
      await before({ id: '1', cwd: test.at('dir'), files: ['c.txt', test.at('a.txt'), '../../outside.txt'] });
      test.replace('dir/c.txt', 'two is', 'two was');
      test.replace('a.txt', 'two is', 'two was');
      await after({ id: '1', cwd: test.at('dir') });
      assert.equal(await told('dir/c.txt'), '+2 kiro, -2 kiro');
      assert.equal(await told(), '+2 kiro, -2 kiro');
    });
  });

  describe('with the event after alone,', () => {
    itInFull('credits the exact replacement, and leaves other changes unknown', async () => {
      test.replace('a.txt', 'two is', 'two was');
      test.replace('a.txt', 'four is', 'four was');
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is', new: 'two was' }] });
      assert.equal(await told(), '+2 kiro, +4 unknown, -2 kiro, -4 unknown');
    });

    itInFull('credits a new file with the whole content given', async () => {
      test.write('new.txt', 'a\nb\n');
      await after({ files: ['new.txt'], edits: [{ path: 'new.txt', old: '', new: 'a\nb\n' }] });
      assert.equal(await told('new.txt'), '+1 kiro, +2 kiro');
    });

    it('does not credit the whole content of an existing file', async () => {
      test.replace('a.txt', 'two is', 'two was');
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: '', new: test.read('a.txt') }] });
      assert.equal(await told(), '+2 unknown, -2 unknown');
    });

    itInFull('credits nothing for text that is not found', async () => {
      test.replace('a.txt', 'two is', 'two was');
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is', new: 'two will be' }] });
      assert.equal(await told(), '+2 unknown, -2 unknown');
    });

    itInFull('credits a repeated line only at the given line number', async () => {
      test.write('a.txt', 'x\n'.repeat(3) + BASE + 'x\n'.repeat(3));
      const line = (n: number): object => ({
        files: ['a.txt'],
        edits: [{ path: 'a.txt', old: '', new: 'x\n', line: n }],
      });
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: '', new: 'x\n' }] });
      assert.equal(await told(), [1, 2, 3, 10, 11, 12].map((n) => `+${String(n)} unknown`).join(', '));
      await after(line(11));
      assert.match(await told(), /^\+1 unknown, \+2 unknown, \+3 unknown(?=.*kiro)(?!.*kiro.*kiro)/);
    });

    it('credits those of several edits that are there', async () => {
      test.write('a.txt', `same\n${BASE.replace('three is the word\n', 'three is the word\nsame\n')}same\n`);
      await after({
        files: ['a.txt'],
        edits: [
          { path: 'a.txt', old: '', new: 'same\n', line: 9 },
          { path: 'a.txt', old: '', new: 'same\n', line: 1 },
          { path: 'a.txt', old: 'no', new: 'such' },
        ],
      });
      assert.equal(await told(), '+1 kiro, +5 unknown, +9 kiro');
    });

    itInFull('credits a removal of text that was known before', async () => {
      test.replace('a.txt', 'two is the word\n', '');
      test.replace('a.txt', 'five is', 'five was');
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is the word\n', new: '' }] });
      assert.equal(await told(), '+4 unknown, -2 kiro, -5 unknown');
    });

    it('credits a removal beside an unrecorded change, and none that did not happen', async () => {
      test.replace('a.txt', 'two is the word\n', '');
      test.replace('a.txt', 'one is', 'one was');
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is the word\n', new: '' }] });
      assert.equal(await told(), '+1 unknown, -1 unknown, -2 kiro');
      test.replace('b.txt', 'one is', 'one was');
      await after({ files: ['b.txt'], edits: [{ path: 'b.txt', old: 'two is the word\n', new: '' }] });
      assert.equal(await told('b.txt'), '+1 unknown, -1 unknown');
    });

    it('a removed line: is known when the file was renamed before and the rename is not committed', async () => {
      await test.git('mv', 'a.txt', 'staged.txt');
      renameSync(test.at('b.txt'), test.at('moved.txt'));
      for (const name of ['staged.txt', 'moved.txt']) {
        test.replace(name, 'two is the word\n', '');
        await after({ ...human, files: [name], edits: [{ path: name, old: 'two is the word\n', new: '', line: 2 }] });
        assert.equal(await told(name), '-2 human');
      }
    });

    it("credits a person for the person's edits", async () => {
      test.replace('a.txt', 'two is', 'two was');
      await after({ ...human, files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is', new: 'two was' }] });
      assert.equal(await told(), '+2 human, -2 human');
    });

    itInFull('does not credit again what a person is recorded for', async () => {
      test.replace('a.txt', 'two is', 'two was');
      await after({ ...human, files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is', new: 'two was' }] });
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is', new: 'two was' }] });
      test.replace('a.txt', 'four is', 'four was');
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is', new: 'two was' }] });
      assert.equal(await told(), '+2 human, +4 unknown, -2 human, -4 unknown');
    });

    it("credits an edit though another tool's before came in between", async () => {
      test.replace('a.txt', 'two is', 'two was');
      await before({ ...human, id: 'h', files: ['a.txt'] });
      await after({ files: ['a.txt'], edits: [{ path: 'a.txt', old: 'two is', new: 'two was' }] });
      assert.equal(await told(), '+2 kiro, -2 kiro');
    });
  });
});
