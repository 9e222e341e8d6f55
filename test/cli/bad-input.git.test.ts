/**
 * What comes from outside is wrong, hostile or gone: one clear line says what and how to mend, no commit is stopped,
 * and nothing that was recorded is lost. Through the command line, as tools and hooks meet it.
 */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { itInFull } from '../support/full';
import { askJson, builtCli, linekeeper, linekeeperProcess, type Answer } from '../support/product';
import { TestRepository } from '../support/repository';
import { as } from '../support/worker';

interface Counted {
  readonly added: { readonly ai: number; readonly human: number; readonly unknown: number };
}

/** One line, for people: it says who speaks, and has no trace of a program in it. */
function assertOneLine(stderr: string, pattern: RegExp): void {
  assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  assert.match(stderr, /^linekeeper: /);
  assert.match(stderr, pattern);
  assert.doesNotMatch(stderr, /\n\s+at |undefined|\[object|TypeError|Error:/);
}

describe('bad input:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\nthree\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  it('an option given twice is refused', async () => {
    const twice = await linekeeper(test, ['check', '--base', 'main', '--head', 'main', '--base=HEAD']);
    assert.equal(twice.code, 2);
    assertOneLine(twice.stderr, /--base is there more than once/);
    assert.equal(
      (await linekeeper(test, ['review', '--read', 'HEAD..', '--tick', 'a', '--tick', 'b'])).stderr.includes(
        'more than once',
      ),
      false,
    );
  });

  it('an option of another subcommand is refused with the forms that exist', async () => {
    for (const [words, option] of [
      [['policy', 'check', '--policy', 'nope.yml'], 'policy'],
      [['policy', 'check', '--file=nope.yml'], 'file'],
      [['policy', 'rehearse', '--floor', 'nope.yml'], 'floor'],
      [['policy', 'people', '--floor', 'nope.yml'], 'floor'],
      [['policy', 'show', '--policy', 'nope.yml'], 'policy'],
      [['deploy', 'list', '--at', 'nonsense'], 'at'],
      [['incident', 'list', '--print'], 'print'],
      [['prompts', 'list', '--yes'], 'yes'],
    ] as const) {
      const { code, stdout, stderr } = await linekeeper(test, words);
      const subcommand = words.slice(0, 2).join(' ');
      assert.equal(code, 2, words.join(' '));
      assert.equal(stdout, '');
      assertOneLine(
        stderr,
        new RegExp(`"linekeeper ${subcommand}" takes no --${option}\\. .*linekeeper ${subcommand}`),
      );
    }
    const taken = await linekeeper(test, ['policy', 'show', '--json', '--repo', '.']);
    assert.equal(taken.code, 0, taken.stderr);
  });

  const tell = (payload: unknown, cwd?: string): Promise<Answer> =>
    linekeeper(test, ['record', 'generic'], {
      input: typeof payload === 'string' ? payload : JSON.stringify(payload),
      ...(cwd === undefined ? {} : { cwd }),
    });
  const AFTER = { version: 1, event: 'after', author: 'ai', tool: 'amp', model: 'm', session: 's' };
  const added = async (): Promise<Counted['added']> => (await askJson<Counted>(test, 'status')).added;
  const asides = (): string[] =>
    existsSync(test.at('.git/linekeeper/aside')) ? readdirSync(test.at('.git/linekeeper/aside')) : [];
  /** All that is kept of files' contents, in one text. */
  const kept = (): string => {
    const folders = ['contents', 'unnamed']
      .map((name) => test.at(`.git/linekeeper/${name}`))
      .filter((folder) => existsSync(folder));
    return folders
      .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
      .filter((f) => f.isFile())
      .map((f) => readFileSync(path.join(f.parentPath, f.name), 'utf8'))
      .join('\n');
  };

  describe('a payload to linekeeper record', () => {
    const WRONG: Readonly<Record<string, readonly [payload: unknown, says: RegExp]>> = {
      'that is not JSON': ['{"version":1,', /not JSON/],
      'that is cut off inside a word': ['{"version":1,"event":"aft', /not JSON/],
      'that is empty': ['', /Nothing arrived/],
      'that is a list': [[AFTER], /not a JSON object/],
      'that is null': ['null', /not a JSON object/],
      'of a version to come': [{ ...AFTER, version: 2 }, /"version" is 2/],
      'without a version': [{ ...AFTER, version: undefined }, /"version" is null/],
      'of an unknown event': [{ ...AFTER, event: 'during' }, /"event" is "during"/],
      'of an unknown author': [{ ...AFTER, author: 'AI' }, /"author" is "AI"/],
      'whose author says too much': [{ ...AFTER, author: { name: 'ai' } }, /"author"/],
      'whose files are no list': [{ ...AFTER, files: 'a.txt' }, /"files"/],
      'whose files are no paths': [{ ...AFTER, files: [{ path: 'a.txt' }] }, /"files"/],
      'whose edits are no list': [{ ...AFTER, edits: { path: 'a.txt', old: '', new: '' } }, /"edits"/],
      'whose edits lack their text': [{ ...AFTER, edits: [{ path: 'a.txt', new: 'x' }] }, /"edits"/],
      'whose folder is a number': [{ ...AFTER, cwd: 7 }, /"cwd"/],
      'with a very long and odd event': [{ ...AFTER, event: `\n\u001b[31m${'x'.repeat(10_000)}` }, /"event"/],
    };
    for (const [name, [payload, says]] of Object.entries(WRONG)) {
      itInFull(`${name}: is set aside, and credits nothing`, async () => {
        test.write('a.txt', 'one\nTWO\nthree\n');
        const answer = await tell(payload);
        assert.equal(answer.code, 2);
        assertOneLine(answer.stderr, says);
        assert.doesNotMatch(answer.stderr, /\u001b/);
        assert.ok(answer.stderr.length < 1000);
        assert.deepEqual(await added(), { ai: 0, human: 0, unknown: 1 });
        assert.equal(asides().length, payload === '' ? 0 : 1);
      });
    }

    itInFull('with optional fields of the wrong type is recorded without them', async () => {
      test.write('a.txt', 'one\nTWO\nthree\n');
      const answer = await tell({
        ...AFTER,
        model: 7,
        session: { id: 1 },
        tool: ['amp'],
        prompt: 3,
        command: {},
        id: null,
        files: ['a.txt'],
        edits: [{ path: 'a.txt', old: 'two', new: 'TWO', line: 'x' }],
      });
      assert.deepEqual([answer.code, answer.stderr], [0, '']);
      const status = await askJson<{
        files: { ranges: { assistant: string; model: string | null; session: string | null }[] }[];
      }>(test, 'status');
      assert.deepEqual(
        status.files[0]?.ranges.map((r) => [r.assistant, r.model, r.session]),
        [['unknown-assistant', null, null]],
      );
    });

    itInFull('of 20 megabytes is recorded, in its prompt or in a file', async function () {
      this.timeout(60_000);
      const large = 'a line of text\n'.repeat(1_400_000);
      test.write('a.txt', 'one\nTWO\nthree\n');
      assert.equal(
        (await tell({ ...AFTER, prompt: large, edits: [{ path: 'a.txt', old: 'two', new: 'TWO' }] })).code,
        0,
      );
      assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
      assert.ok(!kept().includes('a line of text'));
      test.write('big.txt', large);
      assert.equal((await tell({ ...AFTER, edits: [{ path: 'big.txt', old: '', new: large }] })).code, 0);
      const now = await added();
      assert.equal(now.ai + now.unknown, 1_400_001);
      assert.equal(now.ai, 1_400_001);
    });

    it('that is broken and huge is set aside in part only', async () => {
      const answer = await tell(`{"version":1,"prompt":"${'x'.repeat(5_000_000)}`);
      assert.equal(answer.code, 2);
      assertOneLine(answer.stderr, /not JSON/);
      const [file] = asides();
      assert.ok(
        file !== undefined && readFileSync(path.join(test.at('.git/linekeeper/aside'), file)).length < 1_000_000,
      );
    });

    it("of a broken form exits 0 at an assistant's hook, with at most one line", async () => {
      for (const input of [
        '',
        'nonsense',
        '[]',
        '{}',
        '{"hook_event_name":7}',
        '{"hook_event_name":"PostToolUse","tool_name":{},"cwd":3}',
        '{"hook_event_name":"PostToolUse","tool_name":"Edit","tool_input":{"file_path":"/etc/passwd","old_string":"a","new_string":"b"}}',
      ]) {
        for (const assistant of ['claude-code', 'github-copilot']) {
          const answer = await linekeeper(test, ['record', assistant], { input });
          assert.deepEqual([answer.code, answer.stdout], [0, ''], input);
          if (answer.stderr !== '') assertOneLine(answer.stderr, /not recorded|left out/);
        }
      }
    });
  });

  describe('a path in a payload', () => {
    it('in a nested repository is recorded there, when the same report names a file here', async () => {
      await test.git('init', '-q', 'inner');
      test.write('inner/x.txt', 'one\n');
      const answer = await tell({
        ...AFTER,
        edits: [
          { path: 'inner/x.txt', old: '', new: 'one\n' },
          { path: 'a.txt', old: 'two', new: 'TWO' },
        ],
      });
      assert.deepEqual([answer.code, answer.stderr], [0, '']);
      const there = await linekeeper(test, ['status', '--json'], { cwd: test.at('inner') });
      assert.deepEqual((JSON.parse(there.stdout) as Counted).added, { ai: 1, human: 0, unknown: 0 });
    });

    it('with names such as ... and ..data is recorded', async () => {
      const names = ['...', '..data', '..folder/..x'];
      for (const event of ['before', 'after']) {
        if (event === 'after') for (const name of names) test.write(name, 'one\n');
        assert.equal((await tell({ ...AFTER, event, id: '1', files: names, edits: [] })).stderr, '');
      }
      assert.deepEqual(await added(), { ai: 3, human: 0, unknown: 0 });
      assert.equal((await linekeeper(test, ['blame', '...'])).code, 0);
    });

    it('that leads out of the repository is left out with a message, and the other paths are recorded', async () => {
      writeFileSync(test.outside('secret.txt'), 'a secret\n');
      symlinkSync(test.outside('.'), test.at('link'));
      mkdirSync(test.at('inner'));
      symlinkSync('../inner', test.at('inner/itself'));
      const bad = [
        '../secret.txt',
        test.outside('secret.txt'),
        'link/secret.txt',
        'inner/../../secret.txt',
        '/etc/passwd',
        '',
        '.',
        test.root,
        'a\0b.txt',
        '.git/config',
        '.GIT/config',
        '.git',
        'inner/.git/config',
        './.git/hooks/pre-commit',
        'inner/itself/../../.git/HEAD',
      ];
      for (const event of ['before', 'after']) {
        if (event === 'after') test.write('a.txt', 'one\nTWO\nthree\n');
        const answer = await tell({
          ...AFTER,
          event,
          id: '1',
          files: ['a.txt', ...bad],
          edits: event === 'after' ? bad.map((file) => ({ path: file, old: '', new: 'a secret\n' })) : [],
        });
        assert.equal(answer.code, 0);
        for (const line of answer.stderr.trimEnd().split('\n'))
          assert.match(line, /^linekeeper: the path ".*" .*left out\.$/);
        assert.equal(new Set(answer.stderr.trimEnd().split('\n')).size, bad.length);
      }
      assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 2 }); // the links themselves are nobody's
      assert.ok(!/secret|root:|\[core\]/.test(kept()));
    });

    itInFull('that leads out, as the only one, credits nothing, not even other changes', async () => {
      await tell({ ...AFTER, event: 'before', id: '1', files: ['../x'] });
      test.write('a.txt', 'one\nTWO\nthree\n');
      await tell({ ...AFTER, id: '1', files: ['../x'] });
      assert.deepEqual(await added(), { ai: 0, human: 0, unknown: 1 });
    });

    itInFull('that turns into a symbolic link between before and after is not followed', async () => {
      test.write('dir/x.txt', 'inside\n');
      await test.commit('dir');
      mkdirSync(test.outside('other'));
      writeFileSync(test.outside('other/x.txt'), 'a secret\n');
      await tell({ ...AFTER, event: 'before', id: '1', files: ['dir/x.txt'] });
      test.remove('dir');
      symlinkSync(test.outside('other'), test.at('dir'));
      await tell({ ...AFTER, id: '1', files: ['dir/x.txt'] });
      assert.ok(!kept().includes('secret'));
      assert.equal((await linekeeper(test, ['status'])).code, 0);
    });

    itInFull('with line breaks, quotes or option-like names is recorded and shown', async () => {
      const names = [
        'new\nline.txt',
        'quo"te.txt',
        '-rf',
        ':(top)x',
        'a b .txt',
        '\u202etxt',
        'constructor',
        '---',
        '*',
      ];
      await tell({ ...AFTER, event: 'before', id: '1', files: names });
      for (const name of names) test.write(name, 'x\n');
      assert.deepEqual(
        [(await tell({ ...AFTER, id: '1', files: names })).stderr, (await added()).ai],
        ['', names.length],
      );
      await test.commit('odd');
      assert.deepEqual((await askJson<Counted>(test, 'show')).added, { ai: names.length, human: 0, unknown: 0 });
      const text = (await linekeeper(test, ['show'])).stdout;
      assert.ok(
        !text.includes('\u202e') && text.split('\n').every((line) => !line.startsWith('line.txt')),
        'nothing in a name can disturb a terminal',
      );
      for (const name of names) {
        const blame = await linekeeper(test, ['blame', '--json', '--', name]);
        assert.equal(blame.code, 0, blame.stderr);
        assert.match(blame.stdout, /"author": "ai"/);
      }
    });
  });

  describe('a model or session name', () => {
    itInFull('with line breaks and control characters adds no line to the commit message', async () => {
      await linekeeper(test, ['install', '--git']);
      const hostile = [
        'x\nSigned-off-by: Eve <e@example.com>',
        'x\r\nReviewed-by: Eve',
        '\u001b[31mred',
        '\u202eevil',
        'x\u0000',
        '  ',
        'y'.repeat(10_000),
        'a b: c',
      ];
      for (const [i, name] of hostile.entries()) {
        const id = String(i);
        await tell({ ...AFTER, event: 'before', id, model: name, session: name, tool: name, files: ['a.txt'] });
        test.write('a.txt', `one\n${id}\nthree\n`);
        await tell({ ...AFTER, id, model: name, session: name, tool: name, files: ['a.txt'] });
        await test.git('commit', '-qam', 'Subject');
        const message = await test.git('log', '-1', '--format=%B');
        assert.match(message, /^Subject\n\nAssisted-by: \S+\nAI-Lines: \+1 -1 of \+1 -1\n?$/);
        assert.ok(!message.includes('\u001b') && !message.includes('\u202e'));
      }
    });
  });

  describe('a record of the journal', () => {
    const put = (name: string, text: string): void => {
      test.write(`.git/linekeeper/journal/${name}`, text);
    };

    itInFull('that is damaged or of a newer version is set aside and reported, and the others count', async () => {
      await as('ai', test, ['a.txt'], () => {
        test.write('a.txt', 'one\nTWO\nthree\n');
      });
      const far = String(Date.now()).padStart(14, '0');
      put(`${far}-1-aa.json`, JSON.stringify({ version: 2, kind: 'edit', at: Date.now(), what: 'new' }));
      put(`${far}-1-bb.json`, '{"version":1,"kind":"edit"');
      put(`${far}-1-cc.json`, '');
      put(
        `${far}-1-dd.json`,
        JSON.stringify({
          version: 1,
          kind: 'edit',
          at: Date.now(),
          by: { author: 'ai' },
          files: [{ path: '../../etc/passwd', from: null, to: null }],
        }),
      );
      put(
        `${far}-1-ee.json`,
        JSON.stringify({
          version: 1,
          kind: 'edit',
          at: Date.now(),
          by: { author: 'ai' },
          files: [{ path: 'a.txt', from: '../../../etc/passwd', to: null }],
        }),
      );
      put(`${far}-1-ff.json`, Buffer.from([0, 255, 254]).toString('latin1'));
      assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
      assert.equal(asides().length, 6);
      const doctor = await linekeeper(test, ['doctor']);
      assert.equal(doctor.code, 1);
      assert.match(doctor.stdout, /newer version/);
      await linekeeper(test, ['install', '--git']);
      await test.git('commit', '-qam', 'Subject');
      assert.match(await test.git('log', '-1', '--format=%B'), /AI-Lines: \+1 -1 of \+1 -1/);
      assert.equal(asides().length, 6, 'they stay until somebody looks at them');
    });

    itInFull('whose contents are gone leaves lines unknown, and the commit goes through', async () => {
      await linekeeper(test, ['install', '--git']);
      await as('ai', test, ['a.txt'], () => {
        test.write('a.txt', 'one\nTWO\nthree\n');
      });
      for (const name of ['contents', 'unnamed'])
        rmSync(test.at(`.git/linekeeper/${name}`), { recursive: true, force: true });
      const now = await added();
      assert.equal(now.ai + now.unknown, 1);
      const commit = await test.run(['commit', '-qam', 'Subject']);
      assert.equal(commit.code, 0, commit.stderr);
    });

    itInFull('that is deleted during the commit stops nothing', async () => {
      await linekeeper(test, ['install', '--git']);
      for (const what of ['journal', 'contents', 'unnamed', '', 'plain.git']) {
        await as('ai', test, ['a.txt'], () => {
          test.write('a.txt', `one\n${what}!\nthree\n`);
        });
        await askJson(test, 'status');
        rmSync(test.at(`.git/linekeeper/${what}`), { recursive: true, force: true });
        const commit = await test.run(['commit', '-qam', 'Subject']);
        assert.deepEqual([commit.code, commit.stderr.split('\n').length <= 2], [0, true], commit.stderr);
        assert.equal((await linekeeper(test, ['show'])).code, 0);
        assert.equal((await linekeeper(test, ['status'])).code, 0);
      }
    });
  });

  describe('the repository', () => {
    it("is missing: commands say so, and an assistant's hook is silent", async () => {
      const nowhere = test.outside('nowhere');
      mkdirSync(nowhere);
      for (const words of [
        ['status'],
        ['show'],
        ['blame', 'a.txt'],
        ['doctor'],
        ['install'],
        ['check', '--base', 'a', '--head', 'b'],
      ]) {
        const answer = await linekeeper(test, words, { cwd: nowhere });
        assert.equal(answer.code, 2, words.join(' '));
        assertOneLine(answer.stderr, /not in a git repository/);
      }
      const generic = await tell({ ...AFTER, files: ['x'] }, nowhere);
      assert.equal(generic.code, 2);
      assertOneLine(generic.stderr, /not in a git repository/);
      const wrong = await linekeeper(test, ['status', '--repo', test.outside('missing')]);
      assert.equal(wrong.code, 2);
      assertOneLine(wrong.stderr, /missing/);
      const hook = await linekeeper(test, ['record', 'claude-code'], {
        cwd: nowhere,
        input: JSON.stringify({
          hook_event_name: 'PreToolUse',
          tool_name: 'Bash',
          tool_input: { command: 'ls' },
          cwd: nowhere,
          session_id: 's',
        }),
      });
      assert.deepEqual([hook.code, hook.stdout, hook.stderr], [0, '', '']);
    });

    itInFull('is found by GIT_DIR and GIT_WORK_TREE, also relative', async () => {
      const apart = test.outside('apart.git');
      renameSync(test.at('.git'), apart);
      mkdirSync(test.at('sub'));
      for (const [env, cwd] of [
        [{ GIT_DIR: apart, GIT_WORK_TREE: test.root }, test.root],
        [{ GIT_DIR: '../../apart.git', GIT_WORK_TREE: '..' }, test.at('sub')],
      ] as const) {
        assert.equal((await linekeeper(test, ['install', '--git'], { env, cwd })).code, 0);
        const line = `by ${env.GIT_DIR}\n`;
        const before = test.read('a.txt');
        test.write('a.txt', before + line);
        const payload = JSON.stringify({
          ...AFTER,
          cwd,
          edits: [{ path: test.at('a.txt'), old: 'three\n', new: `three\n${line}` }],
        });
        assert.deepEqual(
          [
            (await linekeeper(test, ['record', 'generic'], { env, cwd, input: payload })).code,
            test.read('a.txt') !== before,
          ],
          [0, true],
        );
        const commit = await test.run(['commit', '-qam', 'Work'], {
          env: { GIT_DIR: apart, GIT_WORK_TREE: test.root },
        });
        assert.deepEqual([commit.code, commit.stderr], [0, '']);
        const show = await linekeeper(test, ['show', '--json'], { env, cwd });
        assert.deepEqual(
          [show.stderr, (JSON.parse(show.stdout) as Counted).added],
          ['', { ai: 1, human: 0, unknown: 0 }],
        );
        test.write('a.txt', before);
        await test.run(['commit', '-qam', 'Back'], { env: { GIT_DIR: apart, GIT_WORK_TREE: test.root } });
      }
      const elsewhere = { env: { GIT_DIR: apart, GIT_WORK_TREE: test.root }, cwd: test.outside('.') };
      assert.equal((await linekeeper(test, ['status'], elsewhere)).code, 0);
      assert.equal(
        (await linekeeper(test, ['status', '--repo', '.'], elsewhere)).code,
        2,
        'a folder that is named counts',
      );
      renameSync(apart, test.at('.git'));
    });

    itInFull('is bare: commands say how to ask, and its work trees work', async () => {
      await test.git('clone', '-q', '--bare', '.', test.outside('bare.git'));
      for (const words of [['show'], ['status'], ['install']]) {
        const answer = await linekeeper(test, words, { cwd: test.outside('bare.git/refs') });
        assert.equal(answer.code, 2);
        assertOneLine(answer.stderr, /bare\.git is a bare repository.*git worktree add/);
      }
      await test.git('--git-dir', test.outside('bare.git'), 'worktree', 'add', '-q', test.outside('tree'));
      assert.equal((await linekeeper(test, ['show'], { cwd: test.outside('tree') })).code, 0);
    });

    itInFull('has no commit yet: status, show and blame answer', async () => {
      const empty = await TestRepository.create();
      try {
        empty.write('new.txt', 'x\n');
        const status = await askJson<Counted>(empty, 'status');
        assert.deepEqual(status.added, { ai: 0, human: 0, unknown: 1 });
        const show = await linekeeper(empty, ['show']);
        assert.equal(show.code, 2);
        assertOneLine(show.stderr, /no commit yet/);
        const blame = await linekeeper(empty, ['blame', 'new.txt']);
        assert.deepEqual([blame.code, blame.stderr], [0, '']);
        assert.match(blame.stdout, /^not yet +unknown .* 1 {2}x$/m);
        const missing = await linekeeper(empty, ['blame', 'missing.txt']);
        assert.equal(missing.code, 2);
        assertOneLine(missing.stderr, /missing\.txt/);
      } finally {
        await empty.dispose();
      }
    });

    itInFull("is the one asked about, though another one's GIT_DIR is set", async () => {
      const other = await TestRepository.create();
      try {
        other.write('other.txt', 'x\n');
        await other.commit('other');
        test.write('a.txt', 'one\nTWO\nthree\n');
        const env = {
          GIT_DIR: path.join(other.root, '.git'),
          GIT_WORK_TREE: other.root,
          GIT_INDEX_FILE: path.join(other.root, '.git', 'index'),
        };
        for (const words of [
          ['status', '--json'],
          ['show', '--json'],
          ['blame', 'a.txt', '--json'],
        ]) {
          const answer = await linekeeper(test, words, { env });
          assert.equal(answer.code, 0, answer.stderr);
          assert.match(answer.stdout, /a\.txt/);
          assert.doesNotMatch(answer.stdout, /other\.txt/);
        }
      } finally {
        await other.dispose();
      }
    });

    itInFull("git is not installed: commands say so, and an assistant's hook exits 0", async () => {
      const empty = test.outside('bin');
      mkdirSync(empty);
      const env = { PATH: empty };
      for (const words of [['status'], ['show'], ['blame', 'a.txt']]) {
        const answer = await linekeeper(test, words, { env });
        assert.equal(answer.code, 2);
        assertOneLine(answer.stderr, /git could not be started.*PATH/);
      }
      const before = await linekeeper(test, ['record', 'generic'], {
        env,
        input: JSON.stringify({ ...AFTER, event: 'before', id: '1', files: ['a.txt'] }),
      });
      assert.deepEqual([before.code, before.stderr], [0, ''], 'a record of named files needs no git');
      test.write('a.txt', 'one\nTWO\nthree\n');
      assert.equal(
        (
          await linekeeper(test, ['record', 'generic'], {
            env,
            input: JSON.stringify({ ...AFTER, id: '1', files: ['a.txt'] }),
          })
        ).code,
        0,
      );
      assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
      const hook = await linekeeper(test, ['record', 'claude-code'], {
        env,
        input: JSON.stringify({
          hook_event_name: 'PreToolUse',
          tool_name: 'Bash',
          tool_input: { command: 'npm test' },
          cwd: test.root,
          session_id: 's',
        }),
      });
      assert.deepEqual([hook.code, hook.stdout], [0, '']);
      assertOneLine(hook.stderr, /git could not be started/);
    });

    itInFull('cannot be written: the commit says so once, and questions are still answered', async () => {
      await linekeeper(test, ['install', '--git']);
      await as('ai', test, ['a.txt'], () => {
        test.write('a.txt', 'one\nTWO\nthree\n');
      });
      await test.git('commit', '-qam', 'Before');
      assert.deepEqual((await askJson<Counted>(test, 'show')).added, { ai: 1, human: 0, unknown: 0 });
      // A file stands where our folder should be: the same to us as a folder without permissions, also for an
      // administrator.
      renameSync(test.at('.git/linekeeper'), test.at('.git/away'));
      writeFileSync(test.at('.git/linekeeper'), '');
      const record = await tell({ ...AFTER, event: 'before', files: ['a.txt'] });
      assert.equal(record.code, 2);
      assertOneLine(record.stderr, /could not write .*linekeeper.*permissions/);
      const hook = await linekeeper(test, ['record', 'claude-code'], {
        input: JSON.stringify({
          hook_event_name: 'PreToolUse',
          tool_name: 'Edit',
          tool_input: { file_path: test.at('a.txt'), old_string: 'a', new_string: 'b' },
          cwd: test.root,
          session_id: 's',
        }),
      });
      assert.deepEqual([hook.code, hook.stdout], [0, '']);
      assertOneLine(hook.stderr, /could not write/);
      test.write('a.txt', 'one\nTWO\n3\n');
      assert.deepEqual(await added(), { ai: 0, human: 0, unknown: 1 });
      assert.deepEqual((await askJson<Counted>(test, 'show')).added, { ai: 1, human: 0, unknown: 0 });
      assert.equal((await linekeeper(test, ['blame', 'a.txt'])).code, 0);
      const commit = await test.run(['commit', '-qam', 'Still']);
      assert.equal(commit.code, 0);
      assertOneLine(commit.stderr, /not a folder of its own.*doctor/);
      rmSync(test.at('.git/linekeeper'));
      renameSync(test.at('.git/away'), test.at('.git/linekeeper'));
      assert.deepEqual((await askJson<Counted>(test, 'show', 'HEAD~')).added, { ai: 1, human: 0, unknown: 0 });
    });

    itInFull('cannot get notes: show says so, and still shows the authors', async () => {
      await as('ai', test, ['a.txt'], () => {
        test.write('a.txt', 'one\nTWO\nthree\n');
      });
      await test.git('commit', '-qam', 'Work');
      test.write('.git/refs/notes', 'in the way');
      const show = await linekeeper(test, ['show']);
      assert.equal(show.code, 0, show.stderr);
      assertOneLine(show.stderr, /notes/);
      rmSync(test.at('.git/refs/notes'));
      assert.deepEqual(
        (await askJson<Counted>(test, 'show')).added,
        { ai: 1, human: 0, unknown: 0 },
        'nothing was lost',
      );
    });

    itInFull('belongs to another user: show still answers', async function () {
      if (process.getuid?.() !== 0) this.skip();
      await as('ai', test, ['a.txt'], () => {
        test.write('a.txt', 'one\nTWO\nthree\n');
      });
      await test.git('commit', '-qam', 'Work');
      assert.deepEqual((await askJson<Counted>(test, 'show')).added, { ai: 1, human: 0, unknown: 0 });
      chmodSync(path.dirname(test.root), 0o755);
      const answer = await linekeeperProcess(test, ['show', '--json'], {
        env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
        uid: 65534,
      });
      assert.equal(answer.code, 0, answer.stderr);
      assert.deepEqual((JSON.parse(answer.stdout) as Counted).added, { ai: 1, human: 0, unknown: 0 });
    });
  });

  describe('a repository of another owner', () => {
    // What git's own tests use; only the first check of git is another one.
    const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    const REFUSED =
      /another user owns it \("detected dubious ownership.*run: git config --global --add safe\.directory /;

    itInFull('each command: says what git says and what to do, and ends 2, if git refuses it', async () => {
      test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - name: critical\n    paths: ["infra/**"]\n');
      await test.commit('policy');
      for (const words of [
        ['status'],
        ['audit'],
        ['incident', 'list'],
        ['policy', 'explain', 'a.txt'],
        ['policy', 'show'],
        ['may', 'ls'],
        ['check', '--base', 'HEAD', '--head', 'HEAD'],
        ['purge', '--older-than', '1d'],
        ['install', '--git'],
        ['uninstall'],
        ['review', '--print'],
        ['doctor'],
      ]) {
        const answer = await linekeeperProcess(test, words, { env });
        assert.deepEqual([answer.code, answer.stdout], [2, ''], words.join(' '));
        assertOneLine(answer.stderr, REFUSED);
      }
      const generic = await linekeeperProcess(test, ['record', 'generic'], {
        env,
        input: JSON.stringify({ ...AFTER, event: 'before', files: ['a.txt'], cwd: test.root }),
      });
      assert.equal(generic.code, 2);
      assertOneLine(generic.stderr, REFUSED);
    });

    itInFull(
      "an assistant's hook: says it in one line and lets the tool run, if git refuses the repository",
      async () => {
        const hook = await linekeeperProcess(test, ['record', 'claude-code'], {
          env,
          input: JSON.stringify({
            hook_event_name: 'PostToolUse',
            tool_name: 'Edit',
            tool_input: { file_path: test.at('a.txt'), old_string: 'a', new_string: 'b' },
            cwd: test.root,
            session_id: 's',
          }),
        });
        assert.deepEqual([hook.code, hook.stdout], [0, '']);
        assertOneLine(hook.stderr, REFUSED);
      },
    );

    it('each command: answers as ever if the repository is in safe.directory', async () => {
      const answer = await linekeeperProcess(test, ['may', 'ls'], {
        env: { ...env, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
      });
      assert.equal(answer.code, 0, answer.stderr);
    });
  });

  describe('a policy', () => {
    itInFull('that is broken is reported with its place, and stops no commit', async () => {
      await linekeeper(test, ['install', '--git']);
      test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - name: critical\n    paths: ["a.txt"\n');
      await test.commit('policy');
      await as('ai', test, ['a.txt'], () => {
        test.write('a.txt', 'one\nTWO\nthree\n');
      });
      const status = await linekeeper(test, ['status']);
      assert.equal(status.code, 0);
      assertOneLine(status.stderr, /\.linekeeper\.yml.* line \d+, column \d+: .*linekeeper policy check/);
      const commit = await test.run(['commit', '-qam', 'Work']);
      assert.deepEqual([commit.code, commit.stderr], [0, '']);
      assert.match(await test.git('log', '-1', '--format=%B'), /AI-Lines: \+1 -1 of \+1 -1/);
      assert.equal((await linekeeper(test, ['policy', 'check'])).code, 1);
      const check = await linekeeper(test, ['check', '--base', 'HEAD~', '--head', 'HEAD']);
      assert.equal(check.code, 2);
      assertOneLine(check.stderr, /\.linekeeper\.yml/);
      await as('ai', test, ['.linekeeper.yml'], () => {
        test.write('.linekeeper.yml', '\0\u0001: [[[{{{');
      });
      assert.equal((await linekeeper(test, ['status'])).code, 0);
      assert.equal((await test.run(['commit', '-qam', 'Worse'])).code, 0);
    });
  });

  describe('a command line', () => {
    it('with a mistake exits 2, with a suggestion in one line', async () => {
      for (const [words, says] of [
        [['shwo'], /Did you mean "show"/],
        [['show', 'nowhere'], /"nowhere" is not a commit/],
        [['show', '--', '--output=x'], /is not a commit/],
        [['show', '--colour'], /help show/],
        [['show', 'a..nowhere'], /not a range/],
        [['blame'], /file is missing/],
        [['blame', 'missing.txt'], /missing\.txt/],
        [['blame', 'nowhere', 'a.txt'], /"nowhere" is not a commit/],
        [['blame', '../x'], /outside the repository/],
        [['blame', '.'], /own folder/],
        [['blame', '--ignore-rev', 'nowhere', 'a.txt'], /cannot find revision nowhere/],
        [['show', 'HEAD', 'HEAD~'], /Unexpected argument "HEAD~"/],
        [['status', 'a.txt'], /Unexpected argument/],
        [['status', '--repo', ''], /--repo is empty/],
        [['doctor', 'a.txt'], /Unexpected argument/],
        [['export', 'a.txt'], /Unexpected argument/],
        [['purge', 'a.txt', '--yes'], /Unexpected argument/],
        [['help', 'shwo'], /Did you mean "show"/],
        [['record'], /assistant is missing/],
        [['record', 'clippy'], /"clippy"/],
        [['status', '--plan'], /plan/],
      ] as const) {
        const answer = await linekeeper(test, words);
        assert.equal(answer.code, 2, words.join(' '));
        assertOneLine(answer.stderr, says);
        assert.equal(answer.stdout, '');
      }
    });
  });

  before(builtCli);
});
