/** What of a trace and of clocks points at a commit, and what only seems to. */
import assert from 'node:assert/strict';
import { recordDeployment } from '../../../src/aftermath';
import { incident } from '../../../src/cli/verbs/incident';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote, type AiAuthor } from '../../support/history';
import { ADA, TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

interface Told {
  readonly notices: readonly string[];
  readonly window: { readonly commits: number };
  readonly onlyTime: boolean;
  readonly changes: readonly {
    readonly commit: string;
    readonly by: string;
    readonly tier: string | null;
    readonly added: unknown;
    readonly deployments: readonly { readonly stage: string }[];
  }[];
  readonly suspects: readonly {
    readonly commit: string;
    readonly reasons: readonly { readonly kind: string; readonly says: string }[];
  }[];
}

const NOW = Date.parse('2026-03-20T12:00:00Z');
const lines = (what: string, changed = 0): string =>
  Array.from({ length: 20 }, (_, at) => `${what} ${String(at + 1)}${at + 1 === changed ? ' anew' : ''}\n`).join('');

describe('linekeeper incident, weighing evidence:', function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  const commit = (at: string, files: Readonly<Record<string, string>>, by?: AiAuthor): Promise<string> =>
    commitWithNote(test, { message: `At ${at}`, files, as: ADA, at, ...(by ? { by } : {}) });
  const told = async (trace: string, ...words: string[]): Promise<Told> => {
    const { code, out, err } = await callVerb(
      incident,
      ['new', '--title', 'T', '--began', '2026-03-20T10:00:00Z', '--trace', '-', '--print', '--json', ...words],
      test.root,
      { now: () => NOW, stdin: () => Promise.resolve(trace) },
    );
    assert.equal(code, 0, err.join('\n'));
    return JSON.parse(out) as Told;
  };
  const commits = ({ suspects }: Told): string[] => suspects.map((one) => one.commit);

  for (const [language, frame, own] of [
    ['Python', '  File "/usr/lib/python3.11/site-packages/flask/app.py", line 7, in f', 'src/app.py'],
    ['Python itself', '  File "/usr/lib/python3.11/json/app.py", line 7, in f', 'json/app.py'],
    ['a module of one file', '  File "/venv/lib/python3.11/site-packages/app.py", line 7, in f', 'src/app.py'],
    ['Node.js', '    at f (/app/node_modules/express/lib/router/index.js:7:1)', 'src/router/index.js'],
    ['pnpm', '    at f (/app/node_modules/.pnpm/a@1/node_modules/@s/a/dist/index.js:7:1)', 'dist/index.js'],
    ['Java', '\tat org.other.lib.Api.call(Api.java:7)', 'src/main/java/com/acme/lib/Api.java'],
    ['Go', '\t/go/pkg/mod/github.com/lib/pq@v1.10.9/cmd/main.go:7 +0x1d', 'cmd/main.go'],
    ['Go itself', '\t/usr/local/go/src/net/http/server.go:7 +0x612', 'http/server.go'],
    ['Ruby', "/usr/lib/ruby/gems/3.2.0/gems/rails-7.0/app/models/order.rb:7:in 'x'", 'app/models/order.rb'],
    ['Rust', '   at /home/ci/.cargo/registry/src/index-6f17/serde-1.0.1/src/lib.rs:7:5', 'src/lib.rs'],
    ['PHP', '#0 /app/vendor/monolog/monolog/src/Logger.php(7): f()', 'src/Logger.php'],
  ] as const)
    itInFull(`does not match a library's frame with a file of the repository: ${language}`, async () => {
      await commit('2026-03-10T10:00:00Z', { [own]: lines('l') });
      await commit('2026-03-11T10:00:00Z', { [own]: lines('l', 7) }, CLAUDE);
      const answer = await told(`Error\n${frame}\n`);
      assert.deepEqual(commits(answer), []);
      assert.match(answer.notices.join('\n'), /1 of 1 places in the trace are in no file of the repository/);
    });

  it("matches a frame with the repository's copy of a library, and with the repository as a package", async () => {
    const copy = 'third_party/express/lib/index.js';
    await commit('2026-03-10T10:00:00Z', { [copy]: lines('c'), 'src/requests/api.py': lines('p'), 'lib/x.js': 'x\n' });
    const changed = await commit('2026-03-11T10:00:00Z', { [copy]: lines('c', 7) }, CLAUDE);
    assert.equal(commits(await told('    at f (/app/node_modules/express/lib/index.js:7:1)'))[0], changed);
    const itself = await commit('2026-03-12T10:00:00Z', { 'src/requests/api.py': lines('p', 3) }, CLAUDE);
    assert.equal(
      commits(await told('  File "/v/lib/python3.11/site-packages/requests/api.py", line 3, in f'))[0],
      itself,
    );
    await test.git('remote', 'add', 'origin', 'https://example.com/acme/orders.git');
    assert.equal((await told('    at f (/app/node_modules/orders/lib/x.js:1:1)')).suspects.length, 1);
  });

  it("says when only the file's name is the same as in the trace", async () => {
    await commit('2026-03-10T10:00:00Z', { 'functions/orders/handler.py': lines('h') });
    const changed = await commit('2026-03-11T10:00:00Z', { 'functions/orders/handler.py': lines('h', 7) }, CLAUDE);
    const { suspects } = await told('  File "/var/task/handler.py", line 7, in f');
    assert.equal(suspects[0]?.commit, changed);
    assert.deepEqual(
      suspects[0].reasons.map(({ kind, says }) => [kind, says]),
      [
        [
          'file',
          "It last changed functions/orders/handler.py:7. The trace names /var/task/handler.py:7, of which only the file's name is the same.",
        ],
        [
          'file',
          "It changes functions/orders/handler.py. The trace names /var/task/handler.py, of which only the file's name is the same.",
        ],
      ],
    );
  });

  it('a time that is known to the minute holds the commits of that minute, and no later ones', async () => {
    await commit('2026-03-20T10:00:40Z', { 'app.txt': lines('one') });
    assert.equal((await told('')).window.commits, 1);
    await commit('2026-03-20T10:01:00Z', { 'app.txt': lines('two') });
    assert.equal((await told('')).window.commits, 1);
  });

  itInFull('finds commits in spite of a slow or fast clock', async () => {
    await commit('2025-11-01T10:00:00Z', { 'src/a.ts': lines('a'), 'src/b.ts': lines('b') });
    const cause = await commit('2026-03-15T10:00:00Z', { 'src/a.ts': lines('a', 5) }, CLAUDE);
    await commit('2001-01-01T00:00:00Z', { 'src/b.ts': lines('b', 1) });
    const ahead = await commit('2031-01-01T00:00:00Z', { 'src/b.ts': lines('b', 2) });
    await commit('2026-03-19T10:00:00Z', { 'src/b.ts': lines('b', 3) });
    const answer = await told('    at f (/srv/src/a.ts:5:1)\n    at g (/srv/src/b.ts:2:1)');
    assert.equal(answer.window.commits, 4);
    assert.ok(commits(answer).includes(cause) && commits(answer).includes(ahead));
  });

  itInFull("lists the window's changes by time when there is no other evidence, without incident files", async () => {
    await commit('2026-03-10T10:00:00Z', {
      '.linekeeper.yml': 'version: 1\ntiers: [{ name: critical, paths: ["infra/**"] }]\n',
    });
    const first = await commit('2026-03-12T10:00:00Z', { 'infra/a.tf': 'a\n' }, CLAUDE);
    await recordDeployment(
      test.repository(),
      { commit: first, stage: 'production', at: Date.parse('2026-03-13T10:00:00Z'), state: 'deployed', id: '', by: '' },
      NOW,
    );
    const second = await commit('2026-03-15T10:00:00Z', { 'src/b.ts': 'b\n' });
    await commit('2026-03-16T10:00:00Z', { '.linekeeper/incidents/2026-03-15-x.yml': 'title: x\n' });
    const words = ['new', '--title', 'T', '--began', '2026-03-20T10:00:00Z', '--deployed', 'HEAD', '--print'];
    const json = await callVerb(incident, [...words, '--json'], test.root, { now: () => NOW });
    const { suspects, changes, onlyTime } = JSON.parse(json.out) as Told;
    assert.deepEqual([suspects, onlyTime], [[], true]);
    assert.deepEqual(
      changes
        .slice(0, 2)
        .map((one) => [one.commit, one.by, one.tier, one.added, one.deployments.map(({ stage }) => stage)]),
      [
        [second, 'Ada', null, { ai: 0, human: 1, unknown: 0 }, []],
        [first, 'Ada', 'critical', { ai: 1, human: 0, unknown: 0 }, ['production']],
      ],
    );
    const { out } = await callVerb(incident, words, test.root, { now: () => NOW });
    assert.match(out, /order of time: when something was changed does not say that it, or who made it, is the cause/);
    assert.match(out, /^- [0-9a-f]{10} 2026-03-12 Ada: At 2026-03-12T10:00:00Z$/m);
    assert.match(
      out,
      /^ {3}added 1 AI; removed nothing; claude-code, .*; tier critical; in production since 2026-03-13T10:00Z$/m,
    );
    assert.doesNotMatch(out, /2026-03-16/, 'who writes an outage down has not caused it');
    const empty = await callVerb(incident, [...words, '--last-good', 'HEAD'], test.root, { now: () => NOW });
    assert.match(empty.out, /The list shows the last changes before the searched time\./);
    assert.match(empty.out, /^- [0-9a-f]{10} 2026-03-15 Ada/m);
  });

  itInFull('says which lines of the trace changed last before the window', async () => {
    const old = await commit('2025-11-01T10:00:00Z', { 'src/a.ts': lines('a') });
    await commit('2026-03-19T10:00:00Z', { 'src/b.ts': lines('b') });
    const answer = await told('    at f (/srv/src/a.ts:5:1)');
    assert.deepEqual(commits(answer), []);
    assert.ok(
      answer.notices.some((one) => one.includes(`src/a.ts:5 (by ${old.slice(0, 10)})`) && /--last-good/.test(one)),
    );
  });

  it('says when the good revision comes after the deployed one', async () => {
    const first = await commit('2026-03-10T10:00:00Z', { 'src/a.ts': lines('a') });
    const second = await commit('2026-03-11T10:00:00Z', { 'src/a.ts': lines('a', 5) });
    const { notices } = await told('', '--deployed', first, '--last-good', second);
    assert.match(notices.join('\n'), /are the two the other way round\?/);
  });

  it('reads a time with a zone, and refuses one without', async () => {
    await commit('2026-03-10T10:00:00Z', { 'src/a.ts': lines('a') });
    const words = ['new', '--title', 'T', '--print', '--json', '--began'];
    const call = (began: string): ReturnType<typeof callVerb> =>
      callVerb(incident, [...words, began], test.root, { now: () => NOW });
    assert.equal((await call('2026-03-11T01:00:00+0530')).code, 0);
    for (const odd of ['2026-03-11T01:00:00', '2026-13-11T01:00:00Z', 'yesterday'])
      assert.equal((await call(odd)).code, 2, odd);
  });

  it('counts a commit to two files that change together as one kind of evidence', async () => {
    for (let n = 1; n < 6; n++)
      await commit(`2026-02-0${String(n)}T10:00:00Z`, { 'src/a.ts': lines('a', n), 'package.json': `${String(n)}\n` });
    await commit('2026-03-15T10:00:00Z', { 'src/a.ts': lines('a', 9), 'package.json': '9\n' });
    const { suspects } = await told('    at f (/srv/src/a.ts:9:1)');
    assert.deepEqual([...new Set(suspects[0]?.reasons.map(({ kind }) => kind))], ['line', 'file']);
  });
});
