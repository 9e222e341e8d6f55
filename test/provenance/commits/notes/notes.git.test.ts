import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { writeNote } from '../../../../src/provenance/commits/notes/format';
import { Repository } from '../../../../src/git/plumbing/repository';
import { areNotesOn } from '../../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { itInFull } from '../../../support/full';
import { askJson, linekeeper, type Answer } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

interface Shown {
  readonly provenance: string;
  readonly files: readonly { readonly path: string; readonly ranges: readonly LineRange[] }[];
}

const BASE = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n';

describe('authorship notes', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
    await linekeeper(test, ['install']);
  });
  afterEach(() => test.dispose());

  const edit = (from: string, to: string) => (): void => test.write('a.txt', test.read('a.txt').replace(from, to));
  const shown = async (revision: string, cwd?: string): Promise<string> => {
    const answer = await linekeeper(test, ['show', revision, '--json'], cwd === undefined ? {} : { cwd });
    const show = JSON.parse(answer.stdout) as Shown;
    return `${show.provenance}: ${show.files.flatMap((file) => file.ranges.map((r) => `${file.path}:${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`)).join(', ')}`;
  };

  describe("beside another tool's:", () => {
    const FOREIGN = (commit: string): string =>
      `a.txt\n  s_b9059a19e62988::t_0a1b2c3d4e5f60 5\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', git_ai_version: '1', base_commit_sha: commit, prompts: {}, sessions: { s_b9059a19e62988: { agent_id: { tool: 'cursor', id: 'x', model: 'm' } } } }, null, 2)}\n`;
    const put = async (commit: string, text: string): Promise<void> => {
      writeFileSync(test.outside('note'), text);
      await test.git('notes', '--ref=refs/notes/ai', 'add', '-f', '-F', test.outside('note'), commit);
    };

    it("ours are added to the other tool's note of the same commit", async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      edit('five\n', 'five by somebody\n')();
      await test.git('commit', '-qam', 'Both');
      await put('HEAD', FOREIGN(await test.git('rev-parse', 'HEAD')));
      assert.equal(await shown('HEAD'), 'note: a.txt:2 ai, a.txt:5 ai');
      assert.match(
        await test.git('notes', '--ref=refs/notes/ai', 'show', 'HEAD'),
        /"git_ai_version": "1"[^]*"tool": "claude"[^]*"tool": "cursor"|"tool": "cursor"[^]*"tool": "claude"/,
      );
    });

    /**
     * `git notes add` reads the notes, waits for its editor, and then puts its tree on what is there: real git, no luck
     * needed.
     */
    const whileAnotherAdds = async (work: () => Promise<void>): Promise<void> => {
      const [waiting, go] = [test.outside('waiting'), test.outside('go')];
      writeFileSync(
        test.outside('editor.sh'),
        `touch '${waiting}'; while [ ! -e '${go}' ]; do sleep 0.05; done; echo 'of another tool' > "$1"\n`,
      );
      const adding = test.run([
        '-c',
        `core.editor=sh '${test.outside('editor.sh')}'`,
        'notes',
        '--ref=ai',
        'add',
        'HEAD~1',
      ]);
      while (!existsSync(waiting)) await new Promise((resolve) => setTimeout(resolve, 20));
      await work();
      writeFileSync(go, '');
      assert.equal((await adding).code, 0);
      rmSync(waiting);
      rmSync(go);
    };

    itInFull('ours come back when the other tool overwrote the ref with an older tree', async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('commit', '-qam', 'Two');
      await as('ai', test, ['a.txt'], edit('five\n', 'five by machine\n'));
      await whileAnotherAdds(async () => {
        assert.equal(await shown('HEAD'), 'note: a.txt:2 ai');
        await test.git('commit', '-qam', 'Five');
        assert.equal(await shown('HEAD'), 'note: a.txt:5 ai');
      });
      assert.ok(
        !(await test.git('notes', '--ref=ai', 'list')).includes(await test.git('rev-parse', 'HEAD')),
        'git has taken it away',
      );
      await linekeeper(test, ['notes', 'repair']);
      assert.equal(await shown('HEAD'), 'note: a.txt:5 ai');
      assert.equal(await shown('HEAD~1'), 'note: a.txt:2 ai');
      assert.match(await test.git('notes', '--ref=ai', 'show', 'HEAD~2'), /of another tool/);
    });

    itInFull('ours come back with the next note after they were overwritten', async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('commit', '-qam', 'Two');
      await whileAnotherAdds(async () => {
        assert.equal(await shown('HEAD'), 'note: a.txt:2 ai');
      });
      await as('ai', test, ['a.txt'], edit('five\n', 'five by machine\n'));
      await test.git('commit', '-qam', 'Five');
      assert.equal(await shown('HEAD'), 'note: a.txt:5 ai');
      assert.equal(await shown('HEAD~1'), 'note: a.txt:2 ai');
    });

    itInFull('a note that a person removed stays removed', async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('commit', '-qam', 'Two');
      assert.equal(await shown('HEAD'), 'note: a.txt:2 ai');
      await test.git('notes', '--ref=ai', 'add', '-m', 'another', 'HEAD~1');
      await test.git('notes', '--ref=ai', 'remove', 'HEAD');
      await linekeeper(test, ['notes', 'repair']);
      assert.ok(!(await test.git('notes', '--ref=ai', 'list')).includes(await test.git('rev-parse', 'HEAD')));
    });

    itInFull('doctor says when notes cannot be written', async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('commit', '-qam', 'Two');
      mkdirSync(path.join(test.root, '.git', 'refs', 'notes'), { recursive: true });
      writeFileSync(path.join(test.root, '.git', 'refs', 'notes', 'ai'), 'torn');
      const answer = await linekeeper(test, ['doctor']);
      assert.equal(answer.code, 1);
      assert.match(answer.stdout, /^FIX {3}notes: .*could not be brought up to date .*git fsck/m);
      assert.equal(answer.stderr, '');
    });

    itInFull('ours replace those that git copied in a rewrite', async () => {
      await test.git('config', 'notes.rewriteRef', 'refs/notes/ai');
      await test.git('config', 'notes.rewriteMode', 'concatenate');
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('commit', '-qam', 'Two');
      assert.equal(await shown('HEAD'), 'note: a.txt:2 ai');
      edit('one\n', 'zero\none\n')();
      await test.git('commit', '-qa', '--amend', '--no-edit');
      const commit = await test.git('rev-parse', 'HEAD');
      assert.ok(
        !(await test.git('notes', '--ref=refs/notes/ai', 'show', 'HEAD')).includes(commit),
        'git has copied the old one',
      );
      assert.equal(await shown('HEAD'), 'note: a.txt:1 unknown, a.txt:3 ai');
      assert.ok((await test.git('notes', '--ref=refs/notes/ai', 'show', 'HEAD')).includes(commit));
    });
  });

  describe('and a remote:', () => {
    const remote = (): string => test.outside('remote.git');
    const clone = async (name: string): Promise<string> => {
      const folder = test.outside(name);
      await test.git('clone', '-q', remote(), folder);
      return folder;
    };
    const git = async (cwd: string, ...words: readonly string[]): Promise<string> => {
      const result = await test.run(words, { cwd });
      assert.equal(result.code, 0, `${words.join(' ')}: ${result.stderr}`);
      return result.stdout.trim();
    };
    const notes = async (cwd: string, ...words: readonly string[]): Promise<Answer> =>
      linekeeper(test, ['notes', ...words], { cwd });
    /** A commit with a note, in a clone. */
    const work = async (cwd: string, file: string): Promise<string> => {
      writeFileSync(path.join(cwd, file), `${file} by machine\n`);
      assert.equal((await linekeeper(test, ['declare', file, '--ai', 'amp'], { cwd })).code, 0);
      await git(cwd, 'add', file);
      await git(cwd, 'commit', '-qm', file);
      assert.equal(await shown('HEAD', cwd), `note: ${file}:1 ai`);
      return git(cwd, 'rev-parse', 'HEAD');
    };
    beforeEach(async () => {
      await test.git('clone', '-q', '--bare', test.root, remote());
      await test.git('remote', 'add', 'origin', remote());
    });

    itInFull('push and fetch bring a note to another clone', async () => {
      const [one, two] = [await clone('one'), await clone('two')];
      const commit = await work(one, 'x.txt');
      await git(one, 'push', '-q', 'origin', 'HEAD:main');
      const repository = Repository.find(one);
      assert.ok(repository);
      const areThere = (): Promise<boolean> => areNotesOn(repository, 'origin');
      assert.equal(await areThere(), false);
      const sent = await notes(one, 'push');
      assert.equal(sent.stdout, 'origin: notes of 1 commit sent; 1 commit with a note here\n', sent.stderr);
      assert.equal(await areThere(), true);
      assert.equal((await notes(one, 'push')).stdout, 'origin: nothing new; 1 commit with a note here\n');
      await git(two, 'pull', '-q');
      assert.equal(await shown(commit, two), 'none: x.txt:1 unknown');
      assert.equal(
        (await notes(two, 'fetch', 'origin')).stdout,
        'origin: notes of 1 commit received; 1 commit with a note here\n',
      );
      assert.equal(await shown(commit, two), 'note: x.txt:1 ai');
    });

    itInFull("a clone without work of its own follows the remote's notes", async () => {
      const one = await clone('one');
      const commit = await work(one, 'x.txt');
      await git(one, 'push', '-q', 'origin', 'HEAD:main');
      await notes(one, 'push');
      const two = await clone('two');
      await notes(two, 'fetch');
      const patch = await git(two, 'format-patch', '--stdout', 'HEAD~');
      await git(two, 'switch', '-qc', 'other', 'HEAD~');
      writeFileSync(path.join(two, 'y.txt'), 'by nobody known\n');
      await git(two, 'add', 'y.txt');
      await git(two, '-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'y.txt');
      assert.equal((await test.run(['am', '-q'], { cwd: two, input: `${patch}\n` })).code, 0);
      assert.notEqual(await git(two, 'rev-parse', 'HEAD'), commit);
      assert.equal(await shown('HEAD', two), 'note: x.txt:1 ai');
      assert.equal(await shown('HEAD~', two), 'none: y.txt:1 unknown');
    });

    itInFull('a clone with them gives the same answers as the machine of the commits', async () => {
      await test.git('remote', 'set-url', 'origin', remote());
      await as('ai', test, ['a.txt', 'b.txt'], () => {
        edit('two\n', 'two by machine\n')();
        test.write('b.txt', 'new by machine\nand more of it\n');
      });
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'By machine');
      await as('human', test, ['a.txt'], edit('five\n', 'five by hand\n'));
      await test.git('commit', '-qam', 'By hand');
      await as('ai', test, ['a.txt'], edit('nine\n', ''));
      await test.git('mv', 'b.txt', 'c.txt');
      await test.git('commit', '-qam', 'Removed and renamed');
      await as('human', test, ['c.txt'], () => test.replace('c.txt', 'and more', 'and a little more'));
      await test.git('commit', '-qa', '--amend', '--no-edit');
      const ids = (await test.git('rev-list', 'HEAD')).split('\n');
      const told = async (cwd: string): Promise<unknown> => {
        const ask = async (...words: readonly string[]): Promise<unknown> =>
          JSON.parse((await linekeeper(test, [...words, '--json'], { cwd })).stdout);
        return Promise.all([
          ...ids.map((id) => ask('show', id)),
          ...['a.txt', 'c.txt'].map((file) => ask('blame', 'HEAD', file)),
        ]);
      };
      const known = await told(test.root);
      await git(test.root, 'push', '-q', 'origin', 'HEAD:main');
      const two = await clone('two');
      const notice = async (): Promise<string> => (await linekeeper(test, ['doctor'], { cwd: two })).stdout;
      assert.notDeepEqual(await told(two), known);
      assert.match(
        await notice(),
        /^note {2}notes: 2 of the last 4 commits have AI lines by their trailers and no note here.*notes fetch/m,
      );
      assert.equal((await notes(test.root, 'push')).code, 0);
      assert.equal((await notes(two, 'fetch')).code, 0);
      assert.deepEqual(await told(two), known);
      assert.doesNotMatch(await notice(), /no note here/);
    });

    it("the gate and the pull request's text say when they are missing", async () => {
      const one = await clone('one');
      writeFileSync(
        path.join(one, '.linekeeper.yml'),
        'version: 1\ntiers: [{name: critical, paths: ["**"], review: {ai: {junior: {from: senior}}}}]\n',
      );
      await git(one, 'add', '-A');
      await git(one, 'commit', '-qm', 'Policy');
      await git(one, 'push', '-q', 'origin', 'HEAD:main');
      assert.equal((await linekeeper(test, ['install', '--git'], { cwd: one })).code, 0);
      await git(one, 'switch', '-qc', 'work');
      const commit = await work(one, 'x.txt');
      await git(one, 'push', '-q', 'origin', 'work');
      const two = await clone('two');
      await git(two, 'switch', '-q', 'work');
      const gate = async (cwd: string): Promise<string> =>
        (await linekeeper(test, ['check', '--base', 'origin/main', '--head', 'work', '--actor', 'ada'], { cwd }))
          .stdout;
      const text = async (cwd: string): Promise<string> =>
        (
          JSON.parse((await linekeeper(test, ['review', '--forge', 'github', '--json'], { cwd })).stdout) as {
            readonly body: string;
          }
        ).body;
      await git(two, 'remote', 'set-url', 'origin', 'https://github.com/acme/app.git');
      assert.match(
        await gate(two),
        new RegExp(
          `1 commit has AI lines by its trailers, and no note here .*${commit.slice(0, 10)}.*notes push.*notes fetch`,
        ),
      );
      assert.match(await text(two), /One commit has AI lines by its trailers, and its note did not come along/);
      assert.equal((await notes(one, 'push')).code, 0);
      assert.equal((await notes(two, 'fetch', remote())).code, 0);
      assert.doesNotMatch(await gate(two), /no note here/);
      assert.doesNotMatch(await text(two), /did not come along/);
    });

    itInFull('four clones that push at once lose none', async () => {
      const folders = await Promise.all(['one', 'two', 'three', 'four'].map(clone));
      const commits = await Promise.all(folders.map((folder, index) => work(folder, `x${String(index)}.txt`)));
      await Promise.all(folders.map((folder, index) => git(folder, 'push', '-q', 'origin', `HEAD:w${String(index)}`)));
      const pushes = await Promise.all(folders.map((folder) => notes(folder, 'push')));
      assert.deepEqual(
        pushes.map(({ code }) => code),
        [0, 0, 0, 0],
        pushes.map(({ stderr }) => stderr).join(),
      );
      const there = (await git(remote(), 'notes', '--ref=refs/notes/ai', 'list'))
        .split('\n')
        .map((line) => line.split(' ')[1]);
      assert.deepEqual(there.sort(), [...commits].sort());
    });

    it('two notes of one commit are merged line by line', async () => {
      const [one, two] = [await clone('one'), await clone('two')];
      const head = await git(one, 'rev-parse', 'HEAD');
      const line = (start: number, author: 'ai' | 'human'): LineRange => ({
        start,
        end: start,
        author,
        edited: false,
        assistant: author === 'ai' ? 'amp' : null,
        model: null,
        session: author === 'ai' ? 's' : null,
        evidence: author === 'ai' ? 'reported' : 'observed',
      });
      const put = async (cwd: string, ranges: readonly LineRange[]): Promise<void> => {
        const file = test.outside('note');
        writeFileSync(
          file,
          writeNote(head, 'Ada <ada@example.com>', {
            files: [{ path: 'a.txt', from: null, status: 'A', binary: false, ranges, removed: [], change: null }],
            added: { ai: 0, human: 0, unknown: 0 },
            removed: { ai: 0, human: 0, unknown: 0 },
          }),
        );
        await git(cwd, 'notes', '--ref=refs/notes/ai', 'add', '-F', file, head);
      };
      await put(one, [line(1, 'ai'), line(3, 'human')]);
      await put(two, [line(2, 'ai'), line(3, 'ai')]);
      assert.equal((await notes(one, 'push')).code, 0);
      assert.equal((await notes(two, 'push')).code, 0);
      assert.equal((await notes(one, 'fetch')).code, 0);
      for (const folder of [one, two])
        assert.equal(await shown(head, folder), 'note: a.txt:1-3 ai, a.txt:4-10 unknown');
      assert.equal(await git(one, 'rev-parse', 'refs/notes/ai'), await git(two, 'rev-parse', 'refs/notes/ai'));
    });

    itInFull('a removed one is not pushed back', async () => {
      const [one, two] = [await clone('one'), await clone('two')];
      const first = await work(one, 'x.txt');
      await work(one, 'y.txt');
      await notes(one, 'push');
      await notes(two, 'fetch');
      await git(two, 'notes', '--ref=refs/notes/ai', 'remove', '--ignore-missing', first);
      await work(one, 'z.txt');
      await notes(one, 'push');
      await notes(two, 'push');
      assert.equal((await git(remote(), 'notes', '--ref=refs/notes/ai', 'list')).split('\n').length, 2);
    });

    itInFull('an unwilling remote is told apart from an unreachable one', async () => {
      const one = await clone('one');
      await work(one, 'x.txt');
      const hook = path.join(remote(), 'hooks', 'pre-receive');
      mkdirSync(path.dirname(hook), { recursive: true });
      writeFileSync(hook, '#!/bin/sh\necho "not here" >&2\nexit 1\n', { mode: 0o755 });
      const refused = await notes(one, 'push');
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /origin did not take the notes \(remote: not here\)/);
      await git(remote(), 'update-ref', 'refs/notes/ai', await git(remote(), 'hash-object', '-w', hook));
      rmSync(hook);
      const strange = await notes(one, 'push');
      assert.equal(strange.code, 2);
      assert.match(
        strange.stderr,
        /What origin has as refs\/notes\/ai is a blob and not notes, .*git push origin :refs\/notes\/ai/,
      );
      assert.equal((await notes(one, 'fetch')).stderr, strange.stderr);
      assert.equal((await notes(one, 'fetch')).code, 2);
      await git(one, 'push', '-q', 'origin', ':refs/notes/ai');
      assert.equal((await notes(one, 'push')).code, 0, 'as it was told');
      const nowhere = await notes(one, 'fetch', test.outside('nowhere.git'));
      assert.equal(nowhere.code, 2);
      assert.match(nowhere.stderr, /could not be fetched/);
      assert.equal((await notes(one, 'fetch', '--upload-pack=touch x')).code, 2);
      await git(one, 'remote', 'remove', 'origin');
      assert.match((await notes(one, 'push')).stderr, /no remote/);
    });

    itInFull('repair says that there is no commit yet', async () => {
      const empty = test.outside('empty');
      await test.git('init', '-q', empty);
      for (const words of [['repair'], ['repair', 'HEAD']])
        assert.match((await notes(empty, ...words)).stderr, /There is no commit yet in/);
    });

    itInFull('git push --mirror sends them itself', async () => {
      const one = await clone('one');
      assert.equal((await linekeeper(test, ['install', '--notes'], { cwd: one })).code, 0);
      const commit = await work(one, 'x.txt');
      const mirror = test.outside('mirror.git');
      await test.git('init', '-q', '--bare', mirror);
      await git(one, 'push', '-q', '--mirror', mirror);
      assert.match(await git(mirror, 'notes', '--ref=ai', 'show', commit), /x\.txt/);
    });

    itInFull('after install --notes plain git push and fetch carry them, until uninstall', async () => {
      const [one, two] = [await clone('one'), await clone('two')];
      const before = readFileSync(path.join(two, '.git', 'config'), 'utf8');
      for (const folder of [one, two])
        assert.equal((await linekeeper(test, ['install', '--notes'], { cwd: folder })).code, 0);
      await git(one, 'fetch', '-q'); // there are no notes yet, and git does not mind
      const commit = await work(one, 'x.txt');
      await git(one, 'push', '-q', 'origin', 'HEAD:main');
      await git(two, 'pull', '-q');
      assert.equal(await shown(commit, two), 'note: x.txt:1 ai');
      await linekeeper(test, ['uninstall'], { cwd: two });
      assert.equal(readFileSync(path.join(two, '.git', 'config'), 'utf8').replace(/\[linekeeper\]\n/, ''), before);
    });
  });

  describe('repaired for commits made elsewhere:', () => {
    /** Two commits by an assistant and a person on a branch, with notes. */
    beforeEach(async () => {
      await test.git('switch', '-qc', 'work');
      await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
      await test.git('commit', '-qam', 'Nine');
      await as('human', test, ['a.txt'], edit('two\n', 'two by hand\n'));
      await test.git('commit', '-qam', 'Two');
      assert.equal(await shown('HEAD'), 'note: a.txt:2 human');
    });
    /** As a forge does it: no work tree of ours, no hooks, no reflog here. */
    const squash = async (
      message: string,
      change: (tree: string) => Promise<string> = (tree) => Promise.resolve(tree),
    ): Promise<string> => {
      const tree = await change(await test.git('merge-tree', '--write-tree', 'main', 'work'));
      const commit = await test.git('commit-tree', '-p', 'main', '-m', message, tree);
      await test.git('update-ref', 'refs/heads/main', commit);
      return commit;
    };
    const repair = (
      ...words: readonly string[]
    ): Promise<{ written: readonly { commit: string; from: readonly string[] }[]; absent: number }> =>
      askJson(test, 'notes', 'repair', ...words);

    itInFull('a squash gets its note, also when the base went on', async () => {
      await test.git('switch', '-q', 'main');
      edit('five\n', 'zero\nfive\n')();
      await test.git('commit', '-qam', 'Zero');
      const sources = (await test.git('rev-list', '--reverse', 'main..work')).split('\n');
      await test.git('switch', '-q', '--detach');
      const commit = await squash('Nine and two (#7)\n\n* Nine\n\n* Two');
      assert.equal(await shown('main'), 'none: a.txt:2 unknown, a.txt:10 unknown');
      assert.deepEqual((await repair('main')).written, [{ commit, from: sources }]);
      assert.equal(await shown('main'), 'note: a.txt:2 human, a.txt:10 ai');
      assert.deepEqual((await repair('main')).written, []);
    });

    itInFull('a squash that was changed gets its note, with new lines unknown', async () => {
      const commit = await squash('Nine, two and more', async () => {
        test.write('b.txt', `${BASE.replace('nine\n', 'nine by machine\n').replace('two\n', 'two by hand\n')}eleven\n`);
        const blob = await test.git('hash-object', '-w', 'b.txt');
        test.remove('b.txt');
        return (await test.run(['mktree'], { input: `100644 blob ${blob}\ta.txt\n` })).stdout.trim();
      });
      assert.equal((await repair('main')).written[0]?.commit, commit);
      assert.equal(await shown('main'), 'note: a.txt:2 human, a.txt:9 ai, a.txt:11 unknown');
    });

    itInFull('a rebase elsewhere and a rewritten history get theirs commit by commit', async () => {
      await test.git('switch', '-q', 'main');
      test.write('secret.txt', 'x\n');
      await test.commit('Secret');
      await test.git('switch', '-q', 'work');
      await test.git('-c', 'core.hooksPath=/dev/null', 'rebase', '-q', 'main');
      await test.git('notes', '--ref=refs/notes/ai', 'list');
      const old = await test.git('rev-parse', 'work');
      await askJson(test, 'show', 'work');
      await test.run(
        [
          'filter-branch',
          '-f',
          '--index-filter',
          'git rm -q --cached --ignore-unmatch secret.txt',
          '--env-filter',
          'export GIT_COMMITTER_DATE="2030-01-01T00:00:00Z"',
          '--',
          'work',
        ],
        { env: { FILTER_BRANCH_SQUELCH_WARNING: '1' } },
      );
      assert.notEqual(await test.git('rev-parse', 'work'), old);
      assert.deepEqual((await repair('work')).written, [], 'they have got theirs before');
      assert.equal(await shown('work'), 'note: a.txt:2 human');
      assert.equal(await shown('work~'), 'note: a.txt:9 ai');
    });

    itInFull('a history from which a file was removed gets its notes', async () => {
      await test.git('switch', '-q', 'main');
      await as('ai', test, ['a.txt', 'secret.txt'], () => {
        edit('five\n', 'five by machine\n')();
        test.write('secret.txt', 'x\ny\n');
      });
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Five and a secret');
      assert.equal(await shown('HEAD'), 'note: a.txt:5 ai, secret.txt:1-2 ai');
      await test.run(
        ['filter-branch', '-f', '--index-filter', 'git rm -q --cached --ignore-unmatch secret.txt', '--', 'main'],
        { env: { FILTER_BRANCH_SQUELCH_WARNING: '1' } },
      );
      await test.git('update-ref', '-d', 'refs/original/refs/heads/main');
      assert.deepEqual((await repair('main')).written, [], 'it has got its own before');
      assert.equal(await shown('main'), 'note: a.txt:5 ai');
    });

    itInFull("other people's different change gets none", async () => {
      await test.git('switch', '-q', 'main');
      edit('nine\n', 'nine by somebody\n')();
      await test.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qam', 'Nine');
      assert.deepEqual(await repair(), { written: [], absent: 0 });
      assert.equal(await shown('HEAD'), 'none: a.txt:9 unknown');
    });

    itInFull('notes repair refuses what is no commit or range', async () => {
      for (const word of ['nowhere', '--all', 'main..nowhere'])
        assert.equal((await linekeeper(test, ['notes', 'repair', '--', word])).code, 2, word);
      assert.equal((await linekeeper(test, ['notes'])).code, 2);
      assert.equal((await linekeeper(test, ['notes', 'pull'])).code, 2);
    });
  });
});
