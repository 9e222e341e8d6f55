/** Assistants that can't be run here: their payloads are played, and each line is looked at. */
import assert from 'node:assert/strict';
import { ASSISTANTS, type Assistant } from '../../../src/provenance/assistants';
import { SELF_TESTS } from '../../../src/provenance/assistants/hook-self-test';
import { assistantsOfCommit } from '../../support/commits-of-assistants';
import { itInFull } from '../../support/full';
import { sampleSession } from '../../support/samples';
import { hookWith, linesOf, playSession, type Acts } from '../../support/play';
import { TestRepository } from '../../support/repository';

interface Case {
  readonly title: string;
  readonly id: string;
  readonly session: string;
  readonly acts: (test: TestRepository) => Acts;
  readonly lines: readonly string[];
}

const NEW = 'def f():\n    return 1\n';

/** What a person adds to `a.txt` before the assistant comes; nobody records it. */
const PERSON = 'hello\nmine\n';

const create = (test: TestRepository) => (): void => test.write('new.py', NEW);
const edit = (test: TestRepository) => (): void =>
  test.write('a.txt', test.read('a.txt').replace('hello', 'hello world'));
const shell = (test: TestRepository) => (): void => test.write('shell.txt', 'made\n');

/** The lines of `new.py`, `a.txt` and `shell.txt` as an assistant wrote them in each of these sessions. */
const usual = (who: string): string[] => [
  'a.txt +1 ' + who,
  'a.txt +2 unknown',
  'a.txt -1 ' + who,
  'new.py +1 ' + who,
  'new.py +2 ' + who,
  'shell.txt +1 ' + who,
];

const CASES: readonly Case[] = [
  {
    title: 'Kiro IDE 1',
    id: 'kiro',
    session: 'kiro/ide-1-session',
    acts: (test) => ({
      2: create(test),
      4: edit(test),
      6: () => test.write('a.txt', `${test.read('a.txt')}last\n`),
      8: () => test.remove('old.txt'),
      10: shell(test),
    }),
    lines: [...usual('kiro'), 'a.txt +3 kiro', 'old.txt -1 kiro'].sort(),
  },
  {
    title: 'Kiro IDE 0.12',
    id: 'kiro',
    session: 'kiro/ide-0.12-session',
    acts: (test) => ({ 1: create(test), 3: edit(test), 5: shell(test) }),
    lines: usual('kiro'),
  },
  {
    title: 'Kiro CLI 2',
    id: 'kiro',
    session: 'kiro/cli-2-session',
    acts: (test) => ({ 2: create(test), 4: edit(test) }),
    lines: usual('kiro').slice(0, -1),
  },
  {
    title: "Cursor's agent",
    id: 'cursor',
    session: 'cursor/agent-session',
    acts: (test) => ({ 3: create(test), 6: edit(test), 9: () => test.remove('old.txt'), 12: shell(test) }),
    lines: [...usual('cursor:composer-2.5'), 'old.txt -1 cursor:composer-2.5'].sort(),
  },
  {
    title: "Cursor's CLI, with fewer hooks",
    id: 'cursor',
    session: 'cursor/cli-session',
    acts: (test) => ({ 1: shell(test), 2: edit(test) }),
    lines: usual('cursor:composer-2.5').filter((line) => !line.startsWith('new.py')),
  },
  {
    title: "Cursor's Tab, saved",
    id: 'cursor',
    session: 'cursor/tab-session',
    acts: (test) => ({ 0: edit(test) }),
    lines: ['a.txt +1 cursor:composer-2.5', 'a.txt +2 unknown', 'a.txt -1 cursor:composer-2.5'],
  },
  {
    title: 'Windsurf',
    id: 'windsurf',
    session: 'windsurf/session',
    acts: (test) => ({ 2: edit(test), 4: () => test.write('new.py', 'def f():\n\treturn 1\n'), 6: shell(test) }),
    lines: usual('windsurf:SWE-2'),
  },
  {
    title: 'Antigravity',
    id: 'antigravity',
    session: 'antigravity/session',
    acts: (test) => ({ 1: create(test), 3: edit(test), 7: shell(test) }),
    lines: usual('antigravity'),
  },
  {
    title: "Cline's extension",
    id: 'cline',
    session: 'cline/extension-session',
    acts: (test) => ({ 1: edit(test) }),
    lines: ['a.txt +1 cline:claude-sonnet-4.5', 'a.txt +2 unknown', 'a.txt -1 cline:claude-sonnet-4.5'],
  },
];

/** The three programs that were recorded did the same work in the same repository. */
const RECORDED: readonly (Pick<Case, 'title' | 'id' | 'session' | 'lines'> & {
  readonly acts: (test: TestRepository) => Acts;
})[] = [
  {
    title: "Cline's CLI",
    id: 'cline',
    session: 'cline/cli-session',
    acts: (test) => ({ 2: note(test), 4: dash(test) }),
    lines: ['-dash.txt +1 cline', ...noteLines('cline')],
  },
  {
    title: 'Qwen Code',
    id: 'qwen-code',
    session: 'qwen-code/session',
    acts: (test) => ({ 5: note(test), 7: () => test.write("it's/日本 “x”.txt", 'konnichiwa\n'), 9: dash(test) }),
    lines: [
      '-dash.txt +1 qwen-code:scripted-1',
      ...noteLines('qwen-code:scripted-1'),
      "it's/日本 “x”.txt +1 qwen-code:scripted-1",
    ],
  },
  {
    title: 'Continue, through git-ai',
    id: 'continue',
    session: 'continue/session',
    acts: (test) => ({ 1: note(test) }),
    lines: noteLines('continue:scripted-1'),
  },
];

function note(test: TestRepository) {
  return (): void => test.write('docs/übung – ä.md', '# Übung\neins\nzwo\ndrei\n');
}
function dash(test: TestRepository) {
  return (): void => test.write('-dash.txt', 'dash\n');
}
function noteLines(who: string): string[] {
  return ['docs/übung – ä.md +3 ' + who, 'docs/übung – ä.md +4 ' + who, 'docs/übung – ä.md -3 ' + who];
}

describe('recorded payloads of assistants, played to our hooks:', function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  for (const { title, id, session, acts, lines } of CASES) {
    itInFull(`${title}: each changed line has its author`, async () => {
      test.write('a.txt', 'hello\n');
      test.write('old.txt', 'old\n');
      await test.commit('start');
      test.write('a.txt', PERSON);
      assert.deepEqual(await playSession(test, id, session, acts(test)), []);
      assert.deepEqual(await linesOf(test), lines);
    });
  }

  for (const { title, id, session, acts, lines } of RECORDED) {
    it(`${title}: each changed line has its author in a file with an odd name`, async () => {
      test.write('docs/übung – ä.md', '# Übung\neins\nzwei\n');
      await test.commit('start');
      assert.deepEqual(await playSession(test, id, session, acts(test)), []);
      assert.deepEqual(await linesOf(test), lines);
    });
  }

  itInFull("Cursor's Tab is credited when the file is saved later with other text, which is unknown", async () => {
    test.write('a.txt', 'hello\n');
    await test.commit('start');
    await playSession(test, 'cursor', 'cursor/tab-session');
    assert.deepEqual(await linesOf(test), [], 'nothing is on disk yet');
    const [tab] = sampleSession('cursor/tab-session');
    await hookWith(test, 'cursor', {
      ...tab,
      edits: [
        {
          old_string: 'hello world\n',
          new_string: 'hello world\nagain and again\n',
          range: { start_line_number: 1, start_column: 1, end_line_number: 2, end_column: 1 },
        },
      ],
    });
    test.write('a.txt', 'hello world\nagain and again\nmine\n');
    assert.deepEqual(await linesOf(test), [
      'a.txt +1 cursor:composer-2.5',
      'a.txt +2 cursor:composer-2.5',
      'a.txt +3 unknown',
      'a.txt -1 cursor:composer-2.5',
    ]);
  });

  it("Cursor's Tab is not credited when the file never got it", async () => {
    test.write('a.txt', 'hello\n');
    await test.commit('start');
    await playSession(test, 'cursor', 'cursor/tab-session');
    test.write('a.txt', 'hello\nmine\n');
    assert.deepEqual(await linesOf(test), ['a.txt +2 unknown']);
  });

  itInFull('a session played twice gives the same lines', async () => {
    test.write('a.txt', 'hello\n');
    test.write('old.txt', 'old\n');
    await test.commit('start');
    const acts = { 3: create(test), 6: edit(test), 9: (): void => test.remove('old.txt'), 12: shell(test) };
    await playSession(test, 'cursor', 'cursor/agent-session', acts);
    const once = await linesOf(test);
    await playSession(test, 'cursor', 'cursor/agent-session');
    assert.deepEqual(await linesOf(test), once);
    assert.ok(once.includes('new.py +1 cursor:composer-2.5'));
  });

  it("Cursor's payload at the hook of Claude Code is credited to Cursor", async () => {
    test.write('a.txt', 'hello\n');
    await test.commit('start');
    const [tab] = sampleSession('cursor/tab-session');
    edit(test)();
    await hookWith(test, 'claude-code', { ...tab, hook_event_name: 'afterFileEdit' });
    assert.deepEqual(await linesOf(test), ['a.txt +1 cursor:composer-2.5', 'a.txt -1 cursor:composer-2.5']);
  });

  itInFull("raw control characters in Windsurf's payload are read", async () => {
    test.write('a.txt', 'hello\n');
    await test.commit('start');
    const edits = [{ old_string: 'hello', new_string: 'hello\tthere' }];
    const raw = JSON.stringify({
      agent_action_name: 'post_write_code',
      trajectory_id: 't',
      tool_info: { file_path: test.at('a.txt'), edits },
    }).replaceAll('\\t', '\t');
    assert.throws(() => JSON.parse(raw) as unknown);
    test.write('a.txt', 'hello\tthere\n');
    assert.deepEqual((await hookWith(test, 'windsurf', raw)).err, []);
    assert.deepEqual(await linesOf(test), ['a.txt +1 windsurf', 'a.txt -1 windsurf']);
  });

  itInFull('a payload of another form is set aside with a message, and its edit stays unknown', async () => {
    test.write('a.txt', 'hello\n');
    await test.commit('start');
    edit(test)();
    for (const id of ['kiro', 'cursor', 'windsurf', 'antigravity', 'cline', 'qwen-code', 'continue']) {
      const { code, err } = await hookWith(test, id, { hook_event_name: 7, agent_action_name: 7 });
      assert.equal(code, 0, id);
      assert.match(err.join('\n'), /not recorded.*set aside/, id);
    }
    assert.deepEqual(await linesOf(test), ['a.txt +1 unknown', 'a.txt -1 unknown']);
  });
});

describe('commits that assistants make', function () {
  this.timeout(60_000);
  itInFull('the assistant is known by author, co-author, trailer or committer name', async () => {
    const cases: readonly (readonly [message: string, name: string, email: string, assistant: string | undefined])[] = [
      [
        'Fix it\n\nCo-authored-by: Ada <ada@example.com>',
        'copilot-swe-agent[bot]',
        '198982749+Copilot@users.noreply.github.com',
        'github-copilot',
      ],
      ['Fix it\n\nAgent-Logs-Url: https://example.com/x', 'Ada', 'ada@example.com', 'github-copilot'],
      [
        'Fix it\n\nCo-authored-by: Kiro Agent <244629292+kiro-agent@users.noreply.github.com>',
        'Ada',
        'ada@example.com',
        'kiro',
      ],
      ['Fix it\n\nCo-authored-by: Cursor <cursoragent@cursor.com>', 'Ada', 'ada@example.com', 'cursor'],
      ['Fix it\n\nAmp-Thread-ID: T-1', 'Ada', 'ada@example.com', 'amp'],
      ['Fix it', 'Ada (aider)', 'ada@example.com', 'aider'],
      ['Fix it\n\nCo-authored-by: aider (gpt-4o) <aider@aider.chat>', 'Ada', 'ada@example.com', 'aider'],
      ['Fix it\n\nCo-authored-by: aider (gpt-4o) <noreply@aider.chat>', 'Ada', 'ada@example.com', 'aider'],
      ['Fix it\n\nCo-Authored-By: opencode <noreply@opencode.ai>', 'Ada', 'ada@example.com', 'opencode'],
      ['Fix it\n\nCo-Authored-By: Oz <oz-agent@warp.dev>', 'Ada', 'ada@example.com', 'unknown-assistant'],
      [
        'Fix it\n\nCo-authored-by: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>',
        'Ada',
        'ada@example.com',
        'unknown-assistant',
      ],
      ['Fix it\n\nCo-authored-by: Qwen-Coder <qwen-coder@alibabacloud.com>', 'Ada', 'ada@example.com', 'qwen-code'],
      ['Fix it\n\nCo-authored-by: Bob <bob@example.com>', 'Ada', 'ada@example.com', undefined],
    ];
    for (const [message, name, email, assistant] of cases)
      assert.deepEqual(
        await assistantsOfCommit(message, { name, email }),
        assistant === undefined ? [] : [assistant],
        message + name,
      );
  });
});

describe("the guard, answering each assistant's hook", function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write(
      '.linekeeper.yml',
      'version: 1\ntiers:\n  - { name: closed, paths: ["infra/**"], agents: deny }\n  - { name: asked, paths: ["asked/**"], agents: ask }\n',
    );
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const aboutToWrite = (
    name: string,
  ): { readonly assistant: Assistant; readonly payload: object; readonly env: Readonly<Record<string, string>> }[] =>
    ASSISTANTS.flatMap((assistant) =>
      (
        SELF_TESTS[assistant.id]?.canaries({ folder: test.root, name, text: 'x\n', session: 's', home: test.home }) ??
        []
      )
        .filter(({ before }) => !JSON.stringify(before.payload).includes('"Read"'))
        .map(({ before }) => ({ assistant, payload: before.payload, env: before.env ?? {} })),
    );

  itInFull("denies a write to a closed file in the assistant's own protocol, with reason and way out", async () => {
    for (const { assistant, payload, env } of aboutToWrite('infra/new.tf')) {
      const { code, out, err } = await hookWith(test, assistant.id, payload, env);
      const said = `${out}${err.join('\n')}`;
      if (assistant.deny === null) assert.deepEqual([code, out], [0, ''], assistant.id);
      else assert.match(said, /infra\/new\.tf.*closed/, assistant.id);
      const expected = assistant.deny?.('x');
      assert.equal(code, expected?.exitCode ?? 0, assistant.id);
      if (expected?.stdout !== undefined)
        assert.deepEqual(
          Object.keys(JSON.parse(out) as object),
          Object.keys(JSON.parse(expected.stdout) as object),
          assistant.id,
        );
    }
  });

  it('asks about a write, or denies where the protocol cannot ask', async () => {
    for (const { assistant, payload, env } of aboutToWrite('asked/new.sql')) {
      const { out, err } = await hookWith(test, assistant.id, payload, env);
      if (assistant.ask !== null) assert.match(out, /"ask"/, assistant.id);
      else if (assistant.deny !== null) assert.match(`${out}${err.join('\n')}`, /cannot ask/, assistant.id);
    }
  });

  itInFull('lets other writes pass', async () => {
    for (const { assistant, payload, env } of aboutToWrite('free.txt')) {
      const { code, out, err } = await hookWith(test, assistant.id, payload, env);
      assert.deepEqual([code, out, err], [0, assistant.allow().stdout ?? '', []], assistant.id);
    }
  });
});
