/** What hooks missed is filled from the assistants' own transcripts, and what they told counts once. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { record } from '../../../../src/cli/verbs/record';
import { settle, showCommits } from '../../../../src/provenance/commits';
import { openJournal } from '../../../../src/provenance/journal';
import { fillFromTranscripts } from '../../../../src/provenance/assistants/record';
import { itInFull } from '../../../support/full';
import { linesOf } from '../../../support/play';
import { askJson, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { sampleFile } from '../../../support/samples';
import { callVerb } from '../../../support/verbs';

interface Kept {
  readonly assistant: string;
  readonly sample: string;
  /** Where the program keeps it, below the person's home. */
  readonly place: (test: TestRepository) => string;
  readonly who: string;
}

const KEPT: readonly Kept[] = [
  {
    assistant: 'claude-code',
    sample: 'claude-code/told.jsonl',
    place: (test) => path.join('.claude', 'projects', test.root.replace(/[^A-Za-z0-9]/g, '-'), 'one.jsonl'),
    who: 'claude-code:claude-sonnet-4-5',
  },
  {
    assistant: 'codex',
    sample: 'codex/told.jsonl',
    place: () => path.join('.codex', 'sessions', '2026', '11', '20', 'rollout-2026-11-20T05-04-21-one.jsonl'),
    who: 'codex:gpt-5.5',
  },
  {
    assistant: 'gemini',
    sample: 'gemini/told.jsonl',
    place: () => path.join('.gemini', 'tmp', 'proj', 'chats', 'session-2026-11-20T05-08-a37b6a5f.jsonl'),
    who: 'gemini:gemini-2.5-pro',
  },
  {
    assistant: 'github-copilot',
    sample: 'github-copilot/cli-told.jsonl',
    place: () => path.join('.copilot', 'session-state', 'one', 'events.jsonl'),
    who: 'github-copilot:claude-sonnet-4.5',
  },
  {
    assistant: 'kiro',
    sample: 'kiro/told.jsonl',
    place: () => path.join('.kiro', 'sessions', 'cli', 'one.jsonl'),
    who: 'kiro',
  },
  {
    assistant: 'windsurf',
    sample: 'windsurf/told.jsonl',
    place: () => path.join('.windsurf', 'transcripts', 'one.jsonl'),
    who: 'windsurf',
  },
];

/** Codex names its session first. */
const sessionOf = (text: string): string =>
  /"(?:session_id|id)": ?"([0-9a-f-]{36})"/.exec(text)?.[1] ?? assert.fail('no session');

const MINUTE = 60_000;
const NEW = 'def f():\n    return 1\n';

describe('transcripts of assistants, read where hooks recorded nothing', function () {
  this.timeout(60_000);
  let test: TestRepository;
  /** The time that the transcripts tell for their last record. */
  let told: number;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'hello\n');
    await test.commit('start', { at: new Date(Date.now() - 60 * MINUTE).toISOString() });
    told = Date.now() - 10 * MINUTE;
  });
  afterEach(() => test.dispose());

  /** The sample's session, as if it had been here, ending at `told`. */
  const textOf = (sample: string): string => {
    const text = readFileSync(sampleFile(sample), 'utf8').replaceAll('/home/dev/proj', test.root);
    const times = [...text.matchAll(/"timestamp": "([^"]+)"/g)].map(([, time = '']) => Date.parse(time));
    const shift = told - Math.max(...times);
    return text
      .replace(/"timestamp": \d+/g, `"timestamp": ${String(Math.floor(told / 1000))}`)
      .replace(
        /"timestamp": "([^"]+)"/g,
        (_whole, time: string) => `"timestamp": "${new Date(Date.parse(time) + shift).toISOString()}"`,
      );
  };
  const keep = ({ sample, place }: Kept, text = textOf(sample)): string => {
    const file = path.join(test.home, place(test));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, told / 1000, told / 1000);
    return file;
  };
  const fill = (): Record<string, number> =>
    Object.fromEntries(
      fillFromTranscripts(test.repository(), { home: test.home, env: {} }, Date.now).map(({ assistant, edits }) => [
        assistant,
        edits,
      ]),
    );
  const work = (): void => {
    test.write('new.py', NEW);
    test.write('a.txt', 'hello world\n');
  };
  const lines = (who: string): string[] => [
    `a.txt +1 ${who}`,
    `a.txt -1 ${who}`,
    `new.py +1 ${who}`,
    `new.py +2 ${who}`,
  ];
  const [claude, codex] = KEPT;
  assert.ok(claude && codex);

  itInFull('are read for a commit without records, and only once', async () => {
    const looked = test.at('.git/linekeeper/told');
    const shows = async (): Promise<{ readonly added: unknown; readonly looked: boolean }> => {
      rmSync(looked, { force: true });
      const { added } = await askJson<{ added: unknown }>(test, 'show');
      return { added, looked: existsSync(looked) };
    };
    work();
    await test.commit('change');
    await settle(test.repository(), Date.now);
    assert.deepEqual(await shows(), { added: { ai: 0, human: 0, unknown: 3 }, looked: true });
    keep(claude);
    assert.deepEqual(await shows(), { added: { ai: 3, human: 0, unknown: 0 }, looked: true });
    assert.deepEqual(await shows(), { added: { ai: 3, human: 0, unknown: 0 }, looked: false });
  });

  for (const kept of KEPT) {
    itInFull(`${kept.assistant}: credit unrecorded edits, once`, async () => {
      work();
      keep(kept);
      assert.deepEqual(fill(), { [kept.assistant]: 2 });
      assert.deepEqual(await linesOf(test), lines(kept.who));
      assert.deepEqual(fill(), {});
      assert.deepEqual(await linesOf(test), lines(kept.who));
    });

    it(`${kept.assistant}: leave a person's text before and after unknown`, async () => {
      test.write('a.txt', 'hello world\nby hand\n');
      test.write('new.py', `# by hand\n${NEW}`);
      keep(kept);
      fill();
      const found = await linesOf(test);
      assert.ok(found.includes(`a.txt +1 ${kept.who}`) && found.includes('a.txt +2 unknown'), found.join('\n'));
      assert.ok(found.includes('new.py +1 unknown') && found.includes(`new.py +2 ${kept.who}`), found.join('\n'));
    });

    itInFull(`${kept.assistant}: credit a commit made without hooks`, async () => {
      work();
      const commit = await test.commit('work');
      keep(kept);
      assert.deepEqual(fill(), { [kept.assistant]: 2 });
      await settle(test.repository(), Date.now);
      const shown = (await showCommits(test.repository(), [commit])).get(commit);
      assert.equal(shown?.provenance, 'note');
      assert.deepEqual(shown.added, { ai: 3, human: 0, unknown: 0 });
      assert.deepEqual(shown.assistants, [kept.assistant]);
    });
  }

  itInFull("leave a person's later recorded edits to the person", async () => {
    work();
    const person = (event: string): Promise<unknown> =>
      callVerb(record, ['generic'], test.root, {
        stdin: () =>
          Promise.resolve(JSON.stringify({ version: 1, event, id: 'p', author: 'human', files: ['new.py'] })),
      });
    await person('before');
    test.write('new.py', `${NEW}\n\nprint(f())  # written by a person\n`);
    await person('after');
    keep(claude);
    assert.deepEqual(fill(), { 'claude-code': 2 });
    assert.deepEqual(
      (await linesOf(test)).filter((line) => line.startsWith('new.py')),
      [`new.py +1 ${claude.who}`, `new.py +2 ${claude.who}`, 'new.py +3 human', 'new.py +4 human', 'new.py +5 human'],
    );
  });

  itInFull('update the note of a commit that was settled with other records', async () => {
    const generic = (event: string): Promise<unknown> =>
      callVerb(record, ['generic'], test.root, {
        stdin: () =>
          Promise.resolve(
            JSON.stringify({ version: 1, event, id: 'x', author: 'ai', tool: 'cursor', files: ['other.txt'] }),
          ),
      });
    await generic('before');
    test.write('other.txt', 'other\n');
    await generic('after');
    work();
    await test.git('add', 'new.py', 'a.txt');
    const commit = await test.commit('work', { staged: true });
    await settle(test.repository(), Date.now);
    keep(codex);
    fill();
    await settle(test.repository(), Date.now);
    assert.deepEqual((await showCommits(test.repository(), [commit])).get(commit)?.added, {
      ai: 3,
      human: 0,
      unknown: 0,
    });
    assert.deepEqual(await linesOf(test), ['other.txt +1 cursor']);
  });

  itInFull('add nothing to calls that hooks recorded', async () => {
    const say = (event: string, tool: string, id: string, input: object, response?: object): Promise<unknown> =>
      callVerb(record, ['claude-code'], test.root, {
        home: test.home,
        stdin: () =>
          Promise.resolve(
            JSON.stringify({
              session_id: 'd56adc68-f73a-4c8e-ac24-a58ce4ccb75c',
              cwd: test.root,
              hook_event_name: event,
              tool_name: tool,
              tool_use_id: id,
              tool_input: input,
              ...(response ? { tool_response: response } : {}),
            }),
          ),
      });
    const input = { file_path: test.at('new.py'), content: NEW };
    await say('PreToolUse', 'Write', 'toolu_mock0000', input);
    test.write('new.py', NEW);
    await say('PostToolUse', 'Write', 'toolu_mock0000', input, { type: 'create', content: NEW });
    const before = openJournal(test.repository().gitDir, Date.now).names();
    test.write('a.txt', 'hello world\n');
    keep(claude);
    assert.deepEqual(fill(), { 'claude-code': 1 }, 'the one that no hook told');
    const names = openJournal(test.repository().gitDir, Date.now).names();
    assert.ok(before.every((name) => names.includes(name)));
    assert.deepEqual(
      await linesOf(test),
      lines(claude.who),
      'the model that the hooks did not know is that of the transcript',
    );
  });

  it('name the model of a session whose edits hooks recorded', async () => {
    const say = (event: string, tool: string, id: string, input: object): Promise<unknown> =>
      callVerb(record, ['codex'], test.root, {
        home: test.home,
        stdin: () =>
          Promise.resolve(
            JSON.stringify({
              session_id: sessionOf(textOf(codex.sample)),
              cwd: test.root,
              hook_event_name: event,
              tool_name: tool,
              tool_use_id: id,
              tool_input: input,
            }),
          ),
      });
    const patch = {
      command:
        '*** Begin Patch\n*** Add File: new.py\n+def f():\n+    return 1\n*** Update File: a.txt\n@@\n-hello\n+hello world\n*** End Patch',
    };
    await say('PreToolUse', 'apply_patch', 'p', patch);
    work();
    told = Date.now();
    await say('PostToolUse', 'apply_patch', 'p', patch);
    assert.deepEqual(await linesOf(test), lines('codex'), 'hooks without a model');
    keep(codex);
    assert.deepEqual(fill(), {});
    assert.deepEqual(await linesOf(test), lines(codex.who));
    const names = openJournal(test.repository().gitDir, Date.now).names();
    assert.deepEqual(fill(), {});
    assert.deepEqual(openJournal(test.repository().gitDir, Date.now).names(), names, 'said once');
  });

  describe('of a session that committed before its model was known', () => {
    const NOTES = 'refs/notes/ai';
    const patch = {
      command:
        '*** Begin Patch\n*** Add File: new.py\n+def f():\n+    return 1\n*** Update File: a.txt\n@@\n-hello\n+hello world\n*** End Patch',
    };
    const say = (event: string, more: object): Promise<unknown> =>
      callVerb(record, ['codex'], test.root, {
        home: test.home,
        stdin: () =>
          Promise.resolve(
            JSON.stringify({
              session_id: sessionOf(textOf(codex.sample)),
              cwd: test.root,
              hook_event_name: event,
              ...more,
            }),
          ),
      });
    const note = (): Promise<string> => test.git('notes', `--ref=${NOTES}`, 'show', 'HEAD');
    const models = async (): Promise<unknown[]> => {
      const { files } = await askJson<{ files: { ranges: { model: string | null }[] }[] }>(test, 'show');
      return [...new Set(files.flatMap((file) => file.ranges.map(({ model }) => model)))];
    };
    beforeEach(async () => {
      const call = { tool_name: 'apply_patch', tool_use_id: 'p', tool_input: patch };
      await say('PreToolUse', call);
      work();
      told = Date.now();
      await say('PostToolUse', call);
      await test.commit('work');
      await settle(test.repository(), Date.now);
      assert.match(await note(), /"model": "unknown"/);
      assert.deepEqual(await models(), [null], 'nobody has said it');
    });

    it("add the model to the existing note, once, beside another tool's part", async () => {
      const foreign = '{"agent_id": {"tool": "cursor", "id": "theirs", "model": "unknown"}}';
      writeFileSync(
        test.outside('note'),
        (await note()).replace('"sessions": {', `"sessions": { "s_theirs": ${foreign},`),
      );
      await test.git('notes', `--ref=${NOTES}`, 'add', '-f', '-F', test.outside('note'), 'HEAD');
      keep(codex);
      assert.deepEqual(await models(), ['gpt-5.5']);
      const after = await test.git('rev-parse', NOTES);
      const text = await note();
      assert.match(text, /"tool": "cursor",\s+"id": "theirs",\s+"model": "unknown"/);
      assert.equal(text.match(/"model": "gpt-5.5"/g)?.length, 1);
      assert.deepEqual(await models(), ['gpt-5.5']);
      await settle(test.repository(), () => Date.now() + MINUTE);
      assert.equal(await test.git('rev-parse', NOTES), after, 'nothing is written twice');
    });

    itInFull('add the model when they are written ten minutes later', async () => {
      fill();
      told = Date.now() - 10 * MINUTE;
      const text = textOf(codex.sample);
      told = Date.now() + MINUTE; // written on later
      keep(codex, text);
      assert.deepEqual(await models(), ['gpt-5.5']);
    });

    itInFull('are not needed when a later hook names the model', async () => {
      await say('Stop', { model: 'gpt-5.5-codex' });
      assert.deepEqual(await models(), ['gpt-5.5-codex']);
    });

    itInFull('are not read for it after a day', async () => {
      const waiting = test.at('.git/linekeeper/nameless');
      writeFileSync(
        waiting,
        readFileSync(waiting, 'utf8').replace(/\d{13}/g, (at) => String(Number(at) - 25 * 60 * MINUTE)),
      );
      rmSync(test.at('.git/linekeeper/told'));
      keep(codex);
      assert.deepEqual(await models(), [null]);
    });
  });

  itInFull('are read on when they grow', async () => {
    work();
    told = Date.now() - 2_000;
    const text = textOf(claude.sample);
    const half = text.split('\n').slice(0, 3).join('\n');
    const file = keep(claude, `${half}\n`);
    assert.deepEqual(fill(), { 'claude-code': 1 });
    assert.deepEqual(fill(), {});
    appendFileSync(file, text.slice(half.length + 1));
    assert.deepEqual(fill(), { 'claude-code': 1 });
    assert.deepEqual(await linesOf(test), lines(claude.who));
  });

  it('of other folders, and old ones, are not read', () => {
    work();
    keep(claude, textOf(claude.sample).replaceAll(test.root, test.outside('elsewhere')));
    const old = keep({
      ...claude,
      place: () => path.join('.claude', 'projects', test.root.replace(/[^A-Za-z0-9]/g, '-'), 'old.jsonl'),
    });
    utimesSync(old, 0, 0);
    assert.deepEqual(fill(), {});
  });

  it('of a subagent are read', () => {
    work();
    keep({
      ...claude,
      place: () =>
        path.join('.claude', 'projects', test.root.replace(/[^A-Za-z0-9]/g, '-'), 'two', 'subagents', 'agent-1.jsonl'),
    });
    assert.deepEqual(fill(), { 'claude-code': 2 });
  });

  it('match CRLF files, though the transcript has LF', async () => {
    test.write('a.txt', 'hello\r\nthere\r\n');
    await test.commit('windows');
    test.write('a.txt', 'hello world\r\nthere\r\n');
    keep(claude, textOf(claude.sample).replaceAll('"originalFile": "hello\\n"', '"originalFile": "hello\\nthere\\n"'));
    fill();
    assert.deepEqual(
      (await linesOf(test)).filter((line) => line.startsWith('a.txt')),
      [`a.txt +1 ${claude.who}`, `a.txt -1 ${claude.who}`],
    );
  });

  it('that are hostile or broken credit nothing', async () => {
    work();
    const text = textOf(codex.sample);
    keep(
      codex,
      [
        'not json',
        '[]',
        '{"type":"session_meta","payload":7}',
        '{"__proto__":{"x":1}}',
        text.replaceAll(test.root, `${test.root}/../..`),
      ].join('\n'),
    );
    spawnSync('mkfifo', [path.join(test.home, '.codex', 'sessions', '2026', '11', '20', 'rollout-pipe.jsonl')]);
    assert.deepEqual(fill(), {});
    keep(
      codex,
      text
        .split('\n')
        .map((line) => (line.includes('FileChange') ? line.slice(0, -100) : line))
        .join('\n'),
    );
    assert.deepEqual(fill(), {});
    keep(codex, text.replaceAll('hello world', 'hello moon'));
    fill();
    assert.deepEqual(
      (await linesOf(test)).filter((line) => line.startsWith('a.txt')),
      ['a.txt +1 unknown', 'a.txt -1 unknown'],
      'the file does not have what is told',
    );
  });

  it('are read by status', async () => {
    work();
    keep(claude);
    const answer = await linekeeper(test, ['status', '--json']);
    assert.equal(answer.code, 0, answer.stderr);
    assert.equal((JSON.parse(answer.stdout) as { added: { ai: number } }).added.ai, 3);
  });
});
