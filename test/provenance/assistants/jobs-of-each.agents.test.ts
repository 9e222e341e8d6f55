/**
 * The same jobs for every assistant that is a program: it creates, edits, deletes, runs commands, commits by itself and
 * is held back, with hooks as `install` sets them up; and every line of what came out has the right author.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { assistantOf } from '../../../src/provenance/assistants';
import { readsDatabases } from '../../../src/provenance/assistants/transcripts';
import { askJson, linekeeperProcess } from '../../support/product';
import { TestRepository } from '../../support/repository';
import type { Session, Step } from '../../support/real-assistants/agent';
import { endLeftBehind } from '../../support/real-assistants/left-behind';
import { installed, NEWER_NODE } from '../../support/real-assistants/npm';
import { DRIVERS } from '../../support/real-assistants/table';

const POLICY = `version: 1
tiers:
  - { name: closed, paths: ["infra/prod/**"], agents: deny }
  - { name: asked, paths: ["migrations/**"], agents: ask }
`;
const FILES = {
  '.linekeeper.yml': POLICY,
  'src/app.txt': 'one\ntwo\nthree\nfour\nfive\n',
  'old.txt': 'gone\n',
  'infra/prod/main.tf': 'x\n',
  'windows.txt': 'one\r\ntwo\r\n',
  'shared.txt': 'one\ntwo\nthree\nfour\nfive\n',
  'told.txt': 'one\ntwo\nthree\n',
};

const JOBS: readonly Step[] = [
  { write: { path: 'src/new.txt', content: 'alpha\nbeta\n' } },
  { edit: { path: 'src/app.txt', old: 'two\n', new: 'two\ntwo and a half\n' } },
  { edit: { path: 'src/app.txt', old: 'four\n', new: '' } },
  { remove: { path: 'old.txt' } },
  { shell: { command: "printf 'from the shell\\n' >> src/app.txt" } },
  { parallel: [{ shell: { command: 'echo 1 > p1.txt' } }, { shell: { command: 'echo 2 > p2.txt' } }] },
];
const COMMIT: Step = { shell: { command: 'git add -A && git commit -q -m "wip"' } };
const BY_TOOL: readonly Step[] = [
  { put: { path: 'by-tool.txt', text: 'alpha\nbeta\n' } },
  { put: { path: 'told.txt', text: FILES['told.txt'].replace('two', 'zwei') } },
  { put: { path: 'infra/prod/by-tool.tf', text: 'y\n' } },
];
const FORBIDDEN: readonly Step[] = [
  { write: { path: 'infra/prod/new.tf', content: 'y\n' } },
  { shell: { command: 'echo y > infra/prod/main.tf' } },
  { shell: { command: 'git commit --allow-empty --no-verify -m sneaky' } },
  { write: { path: 'migrations/1.sql', content: 'drop\n' } },
];
const FINE: Step = { write: { path: 'fine.txt', content: 'fine\n' } };

interface Range {
  readonly start: number;
  readonly end: number;
  readonly author: string;
  readonly assistant: string | null;
  readonly model: string | null;
  readonly session: string | null;
}
interface Shown {
  readonly added: Readonly<Record<'ai' | 'human' | 'unknown', number>>;
  readonly removed: Readonly<Record<'ai' | 'human' | 'unknown', number>>;
  readonly files: readonly {
    readonly path: string;
    readonly ranges: readonly Range[];
    readonly removed: readonly Range[];
  }[];
  readonly trailers: Readonly<Record<string, readonly string[]>>;
}

/** One session with hooks that does all jobs, which is what takes long, and what came out of it. */
interface Work {
  readonly test: TestRepository;
  readonly session: Session;
  /** Its own commit, that of a person afterwards, and what `doctor` and `status` said in between. */
  readonly committed: Shown;
  readonly later: Shown;
  readonly doctor: string;
  readonly uncommitted: Status;
}

interface Status {
  readonly told: string;
  readonly ranges: readonly string[];
  readonly models: readonly unknown[];
}

const story = (ranges: readonly Range[]): string[] =>
  ranges.map(
    (range) =>
      `${String(range.start)}-${String(range.end)} ${range.author}${range.assistant === null ? '' : ` ${range.assistant}`}`,
  );

for (const driver of DRIVERS) {
  describe(`${driver.title}, the real program`, function () {
    this.timeout(400_000);
    const assistant = assistantOf(driver.id) ?? assert.fail(driver.id);
    let work: Work | undefined;
    const made: TestRepository[] = [];

    before(async function () {
      const answer = await driver.available();
      if (answer.available) return;
      process.stdout.write(`${answer.why}\n`);
      this.skip();
    });
    const begin = async (): Promise<TestRepository> => {
      const test = await TestRepository.create();
      made.push(test);
      for (const [file, text] of Object.entries(FILES)) test.write(file, text);
      await test.commit('start');
      await test.git('config', 'user.name', 'Ada');
      await test.git('config', 'user.email', 'ada@example.com');
      const answer = await linekeeperProcess(test, ['install', '--git', '--assistant', driver.id, '--user']);
      assert.equal(answer.code, 0, answer.stderr);
      return test;
    };
    const end = async (): Promise<void> => {
      work = undefined;
      for (const test of made.splice(0)) {
        const left = await endLeftBehind(test.home);
        await test.dispose();
        assert.deepEqual(left, [], 'no process outlives its session');
      }
    };
    afterEach(async function () {
      // What failed is tried again from its beginning.
      if (work === undefined || this.currentTest?.state !== 'passed') await end();
    });
    after(end);

    const play = async (test: TestRepository, steps: readonly Step[], more?: { limit: number }): Promise<Session> => {
      const session = await driver.runSession({ cwd: test.root, home: test.home, steps, ...more });
      assert.ok(session.completed, JSON.stringify(session, null, 2));
      return session;
    };
    const shown = (test: TestRepository): Promise<Shown> => askJson<Shown>(test, 'show', 'HEAD');
    const status = async (test: TestRepository): Promise<Status> => {
      // a database is read by newer versions of Node only
      const database =
        assistant.transcripts
          ?.places({ home: test.home, env: {}, repositoryRoot: test.root })
          .some(({ rows }) => rows !== undefined) === true;
      const node = database && !readsDatabases() ? await installed(NEWER_NODE) : process.execPath;
      const answer = await linekeeperProcess(test, ['status', '--json'], { node });
      const { files } = JSON.parse(answer.stdout) as Pick<Shown, 'files'>;
      return {
        told: answer.stderr,
        ranges: files.map((file) => `${file.path} ${story(file.ranges).join()}`),
        models: [...new Set(files.flatMap((file) => file.ranges).map((range) => range.model))],
      };
    };
    const rangesOf = (answer: Shown, file: string): readonly Range[] =>
      answer.files.find((one) => one.path === file)?.ranges ??
      assert.fail(`${file} is not in ${JSON.stringify(answer.files.map((one) => one.path))}`);

    const workOnce = async (): Promise<Work> => (work ??= await doWork());
    const doWork = async (): Promise<Work> => {
      const test = await begin();
      test.write('mine.txt', 'nobody told\n');
      const steps: readonly Step[] = [
        ...JOBS,
        COMMIT,
        { edit: { path: 'shared.txt', old: 'one\n', new: 'one!\n' } },
        {
          meanwhile: () => {
            test.write('shared.txt', test.read('shared.txt').replace('five', 'five, by nobody'));
          },
        },
        { edit: { path: 'windows.txt', old: 'two', new: 'zwei' } },
        { shell: { command: 'wc -l < shared.txt > count.txt' } },
        ...(driver.mcp ? BY_TOOL : []),
        ...(driver.refusalEnds ? [] : FORBIDDEN),
        FINE,
      ];
      const session = await play(test, steps, { limit: 300_000 });
      assert.equal(
        await test.git('log', '-1', '--format=%s'),
        'wip',
        session.results.map(({ text }) => text).join('\n'),
      );
      const uncommitted = await status(test); // the first that asks is told what hooks missed
      const committed = await shown(test);
      const doctor = (await linekeeperProcess(test, ['doctor'])).stdout;
      await test.commit('mine');
      return { test, session, committed, later: await shown(test), doctor, uncommitted };
    };

    it('its edits: are recorded line by line when they are open, and when it commits them itself', async () => {
      const { test, committed: answer, doctor } = await workOnce();
      const ai = ` ai ${driver.id}`;
      assert.deepEqual(story(rangesOf(answer, 'src/new.txt')), [`1-2${ai}`]);
      assert.deepEqual(story(rangesOf(answer, 'src/app.txt')), [`3-3${ai}`, `6-6${ai}`]);
      assert.deepEqual(story(rangesOf(answer, 'p1.txt')), [`1-1${ai}`]);
      assert.deepEqual(story(rangesOf(answer, 'p2.txt')), [`1-1${ai}`]);
      assert.deepEqual(story(rangesOf(answer, 'mine.txt')), ['1-1 unknown']);
      assert.deepEqual(story(answer.files.find((file) => file.path === 'src/app.txt')?.removed ?? []), [`4-4${ai}`]);
      assert.deepEqual(story(answer.files.find((file) => file.path === 'old.txt')?.removed ?? []), [`1-1${ai}`]);
      assert.deepEqual(
        [answer.added, answer.removed],
        [
          { ai: 6, human: 0, unknown: 1 },
          { ai: 2, human: 0, unknown: 0 },
        ],
      );
      const ranges = answer.files.flatMap((file) => file.ranges).filter((range) => range.author === 'ai');
      const models = [...new Set(ranges.map((range) => range.model))];
      assert.deepEqual(models, [driver.hidesModel ? null : driver.model]);
      assert.equal(new Set(ranges.map((range) => range.session)).size, 1);
      assert.ok(ranges[0]?.session);
      const message = (await test.git('log', '-1', '--format=%B', 'HEAD~1')).trim();
      // a message can't be written again; a note is
      const model = driver.hidesModel ? '' : driver.namesModelLate ? `(?::${driver.model})?` : `:${driver.model}`;
      if (assistant.coverage.commitsRunHooks)
        assert.match(
          message,
          new RegExp(
            `^wip\\n\\n(?:Co-authored-by: [^\\n]+\\n)?Assisted-by: ${driver.id}${model}\\nAI-Lines: \\+6 -2 of \\+7 -2, unknown \\+1 -0$`,
          ),
        );
      else assert.equal(message, 'wip');
      assert.equal(
        /1 of the last 2 commits have lines of AI/.test(doctor),
        !assistant.coverage.commitsRunHooks,
        doctor,
      );
    });

    it('it is denied what the policy forbids, told why, and goes on', async () => {
      if (driver.refusalEnds) {
        const test = await begin();
        for (const step of FORBIDDEN.slice(0, 2))
          await driver.runSession({ cwd: test.root, home: test.home, steps: [step] });
        assert.equal(existsSync(test.at('infra/prod/new.tf')), false);
        assert.equal(test.read('infra/prod/main.tf'), 'x\n');
        await play(test, [FINE]);
        assert.equal(test.read('fine.txt'), 'fine\n');
        return;
      }
      const { test, session } = await workOnce();
      assert.equal(existsSync(test.at('infra/prod/new.tf')), false);
      assert.equal(test.read('infra/prod/main.tf'), 'x\n');
      assert.equal(existsSync(test.at('migrations/1.sql')), false, 'nobody is there to be asked');
      assert.equal(test.read('fine.txt'), 'fine\n');
      assert.equal(await test.git('log', '--format=%s'), 'mine\nwip\nstart');
      const told = session.results.map((result) => result.text).join('\n');
      assert.match(told, /infra\/prod\/new\.tf is in the tier "closed"/);
      assert.match(told, /infra\/prod\/main\.tf is in the tier "closed"/);
      assert.match(told, /--no-verify/);
    });

    if (driver.mcp)
      it('its MCP tool calls are recorded and denied like its own', async () => {
        const { test, session, later } = await workOnce();
        assert.equal(existsSync(test.at('infra/prod/by-tool.tf')), false);
        assert.match(
          session.results.map((result) => result.text).join('\n'),
          /infra\/prod\/by-tool\.tf is in the tier "closed"/,
        );
        assert.deepEqual(story(rangesOf(later, 'by-tool.txt')), [`1-2 ai ${driver.id}`]);
        assert.deepEqual(story(rangesOf(later, 'told.txt')), [`2-2 ai ${driver.id}`]);
      });

    if (assistant.transcripts)
      it('its edits: are counted once when hooks and its transcript tell of them', async () => {
        const { uncommitted } = await workOnce();
        assert.equal(uncommitted.told, '');
        assert.deepEqual(
          uncommitted.ranges.filter((range) => /^(?:fine|windows)/.test(range)),
          [`fine.txt 1-1 ai ${driver.id}`, `windows.txt 2-2 ai ${driver.id}`],
        );
      });

    it("other people's lines: stay theirs when it edits beside them, also in a CRLF file", async () => {
      const { later: answer } = await workOnce();
      assert.deepEqual(story(rangesOf(answer, 'shared.txt')), [`1-1 ai ${driver.id}`, '5-5 unknown']);
      assert.deepEqual(story(rangesOf(answer, 'windows.txt')), [`2-2 ai ${driver.id}`]);
      assert.deepEqual(story(rangesOf(answer, 'count.txt')), [`1-1 ai ${driver.id}`]);
      await end();
    });

    if (assistant.transcripts)
      it('its edits: are known from its transcript when it has no hooks', async () => {
        const test = await begin();
        await linekeeperProcess(test, ['uninstall', '--assistant', driver.id]);
        await play(test, [
          { write: { path: 'src/told.txt', content: 'alpha\nbeta\n' } },
          { edit: { path: 'src/app.txt', old: 'two\n', new: 'two\ntwo and a half\n' } },
          { edit: { path: 'src/app.txt', old: 'two and a half', new: 'two and more' } },
        ]);
        const expected = [`src/app.txt 3-3 ai ${driver.id}`, `src/told.txt 1-2 ai ${driver.id}`];
        const filled = await status(test);
        assert.deepEqual(filled.ranges, expected);
        assert.deepEqual(filled.models, [driver.model]);
        assert.match(filled.told, /^linekeeper: \d edits by .* are known from its own transcript only/);
        const again = await status(test);
        assert.deepEqual([again.ranges, again.told], [expected, '']);
      });

    if (driver.special)
      it("its subagents' edits are recorded, nested, in the background, and in a work tree of their own", async () => {
        const test = await begin();
        const notebook = (source: string): string =>
          `${JSON.stringify({ cells: [{ cell_type: 'code', id: 'c1', metadata: {}, execution_count: null, outputs: [], source: [source] }], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
        test.write('one.ipynb', notebook('print(1)'));
        await test.commit('a notebook');
        await play(test, [
          {
            delegate: {
              name: 'outer',
              steps: [
                { write: { path: 'outer.txt', content: 'outer\n' } },
                {
                  delegate: {
                    name: 'inner',
                    steps: [
                      { edit: { path: 'src/app.txt', old: 'two\n', new: 'two\nby inner\n' } },
                      { shell: { command: 'echo shell > inner.txt' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            delegate: {
              name: 'aside',
              aside: true,
              steps: [
                { write: { path: 'aside.txt', content: 'aside\n' } },
                { edit: { path: 'src/app.txt', old: 'five\n', new: 'five, aside\n' } },
              ],
            },
          },
          {
            delegate: {
              name: 'elsewhere',
              elsewhere: true,
              steps: [
                {
                  shell: {
                    command:
                      'echo elsewhere > elsewhere.txt; git add -A; git commit -q -m elsewhere; git branch -f elsewhere',
                  },
                },
              ],
            },
          },
          { cell: { path: 'one.ipynb', id: 'c1', source: 'print(2)' } },
          { write: { path: 'main.txt', content: 'main\n' } },
        ]);
        await test.git('add', '--', '.', ':!.claude'); // there is its other work tree
        await test.commit('work', { staged: true });
        const answer = await shown(test);
        const ai = ` ai ${driver.id}`;
        for (const file of ['outer.txt', 'inner.txt', 'aside.txt', 'main.txt'])
          assert.deepEqual(story(rangesOf(answer, file)), [`1-1${ai}`], file);
        assert.deepEqual(story(rangesOf(answer, 'src/app.txt')), [`3-3${ai}`, `6-6${ai}`]);
        assert.ok(
          rangesOf(answer, 'one.ipynb').every((range) => range.author === 'ai'),
          JSON.stringify(rangesOf(answer, 'one.ipynb')),
        );
        assert.deepEqual([answer.added.human, answer.added.unknown], [0, 0]);
        const sessions = new Set(answer.files.flatMap((file) => file.ranges).map((range) => range.session));
        assert.equal(sessions.size, 1, 'subagents belong to the session of their person');
        const other = await askJson<Shown>(test, 'show', 'elsewhere');
        assert.deepEqual(story(rangesOf(other, 'elsewhere.txt')), [`1-1${ai}`]);
        assert.deepEqual([...new Set(rangesOf(other, 'elsewhere.txt').map((range) => range.session))], [...sessions]);
      });
  });
}
