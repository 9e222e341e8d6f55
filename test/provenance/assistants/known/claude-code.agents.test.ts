/**
 * Hooks as `setup` writes them, run by the real Claude Code (and by the player of its recorded payloads), which must
 * tell the same story.
 */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  assistantOf,
  readPayload,
  readTail,
  type AgentEvent,
  type ToolEvent,
} from '../../../../src/provenance/assistants';
import { installHooks } from '../../../../src/provenance/assistants/setup';
import { TestRepository } from '../../../support/repository';
import type { SessionOptions, Step } from '../../../support/real-assistants/agent';
import { available, CLAUDE_MODEL, runSession } from '../../../support/real-assistants/claude-code';
import { playRecorded } from '../../../support/real-assistants/claude-code-recorded';

const found = assistantOf('claude-code');
assert.ok(found);
const known = found;

const FILES = { 'src/cost.ts': 'one\ntwo\nthree\nfour\n', 'windows.txt': 'one\r\ntwo\r\nthree\r\n' };
const STEPS: readonly Step[] = [
  { write: { path: 'src/new.ts', content: 'first\nsecond\n' } },
  { edit: { path: 'src/cost.ts', old: 'two\n', new: 'two\ntwo and a half\n' } },
  { edit: { path: 'src/cost.ts', old: 'three\n', new: '' } },
  { write: { path: 'src/cost.ts', content: 'all\nnew\n' } },
  { shell: { command: 'rm src/new.ts; false' } },
  { parallel: [{ shell: { command: 'echo 1 > p1' } }, { write: { path: 'p2', content: '2\n' } }] },
];

/** A repository with a hook that keeps every payload, one file each, and refuses what names `forbidden`. */
class Recorded {
  private constructor(
    readonly repository: TestRepository,
    private readonly out: string,
  ) {}

  static async create(): Promise<Recorded> {
    const repository = await TestRepository.create();
    for (const [file, text] of Object.entries(FILES)) repository.write(file, text);
    await repository.commit('start');
    const recorded = new Recorded(repository, repository.outside('payloads'));
    mkdirSync(recorded.out);
    const script = repository.outside('recorder.sh');
    writeFileSync(
      script,
      `#!/bin/sh\nfile='${recorded.out}'/$(date +%s%N)\ncat > "$file"\nif grep -q '"PreToolUse".*forbidden' "$file"; then echo refused by the test >&2; exit 2; fi\n`,
    );
    chmodSync(script, 0o755);
    installHooks(known, {
      scope: 'user',
      home: repository.home,
      env: {},
      program: [script],
      stateDir: repository.outside('state'),
    });
    return recorded;
  }

  /** For a session here. */
  options(steps: readonly Step[]): SessionOptions {
    return { cwd: this.repository.root, home: this.repository.home, steps };
  }

  private readings(): ReturnType<typeof readPayload>[] {
    return readdirSync(this.out)
      .sort()
      .map((file) => readPayload(known, JSON.parse(readFileSync(path.join(this.out, file), 'utf8')), {}));
  }

  /** The files that tools were about to show. */
  shown(): string[] {
    return this.readings().flatMap((reading) => ('ignored' in reading ? (reading.showing?.shows ?? []) : []));
  }

  events(): AgentEvent[] {
    return this.readings().map((reading) => {
      if ('event' in reading) return reading;
      throw new Error(JSON.stringify(reading));
    });
  }

  tools(): ToolEvent[] {
    return this.events().filter((event) => 'toolName' in event);
  }
}

/** What the events say, without what differs from run to run. */
function story(events: readonly AgentEvent[], root: string): unknown[] {
  const local = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(root, ''));
  return events.map((event) =>
    'toolName' in event
      ? local({
          event: event.event,
          tool: event.toolName,
          files: event.files,
          edits: event.edits,
          contents: event.contents,
          failed: event.failed,
          exact: event.exact,
        })
      : event.event,
  );
}

describe('Claude Code, the real program', function () {
  this.timeout(400_000);
  let recorded: Recorded;

  before(async function () {
    const answer = await available();
    if (answer.available) return;
    process.stdout.write(`${answer.why}\n`);
    this.skip();
  });
  beforeEach(async () => (recorded = await Recorded.create()));
  afterEach(() => recorded.repository.dispose());

  it('calls our hooks for every tool, and each payload is understood', async () => {
    const session = await runSession(recorded.options(STEPS));
    assert.ok(session.completed, JSON.stringify(session.program));
    assert.deepEqual(session.surprises, []);
    const { repository } = recorded;
    assert.deepEqual(
      [repository.read('src/cost.ts'), repository.read('p1'), repository.read('p2')],
      ['all\nnew\n', '1\n', '2\n'],
    );

    const tools = recorded.tools();
    const at = (file: string): string[] => [repository.at(file)];
    assert.deepEqual(
      tools.filter((event) => event.event === 'after').map((event) => [event.toolName, event.files, event.failed]),
      [
        ['Write', at('src/new.ts'), false],
        ['Edit', at('src/cost.ts'), false],
        ['Edit', at('src/cost.ts'), false],
        ['Write', at('src/cost.ts'), false],
        ['Bash', [], true],
        ['Bash', [], false],
        ['Write', at('p2'), false],
      ],
    );
    for (const after of tools.filter((event) => event.event === 'after')) {
      assert.equal(
        tools.filter((event) => event.event === 'before' && event.id === after.id).length,
        1,
        'each after has its before',
      );
    }
    assert.deepEqual(
      recorded
        .events()
        .filter((event) => !('toolName' in event))
        .map((event) => event.event),
      ['prompt', 'turn-end', 'session-end'],
    );
    for (const event of tools)
      assert.equal(
        known.model({ ...event }, readTail),
        CLAUDE_MODEL,
        'once the session is over the transcript names the model',
      );
  });

  it('a file that its Read shows: starts our hook once if it may hold keys, and else never', async () => {
    const edits = ['src/cost.ts', '.env', 'sub/prod.env'].map((file, index): Step => {
      if (index > 0) recorded.repository.write(file, 'one\n');
      return { edit: { path: file, old: 'one\n', new: 'uno\n' } };
    });
    const session = await runSession(recorded.options(edits));
    assert.ok(session.completed, JSON.stringify(session.program));
    assert.equal(session.results.filter(({ call }) => call.name === 'Read').length, 3);
    assert.deepEqual(
      recorded.shown(),
      ['.env', 'sub/prod.env'].map((file) => recorded.repository.at(file)),
    );
  });

  it("reports an edit of a CRLF file with that file's text", async () => {
    const session = await runSession(
      recorded.options([{ edit: { path: 'windows.txt', old: 'two\nthree\n', new: 'TWO\n' } }]),
    );
    assert.ok(session.completed);
    assert.equal(recorded.repository.read('windows.txt'), 'one\r\nTWO\r\n');
    assert.deepEqual(recorded.tools().at(-1)?.edits, [
      { path: recorded.repository.at('windows.txt'), old: 'two\nthree\n', new: 'TWO\n', line: 2 },
    ]);
  });

  it('skips a tool call that a hook denies, and goes on', async () => {
    const session = await runSession(
      recorded.options([
        { write: { path: 'forbidden.txt', content: 'x\n' } },
        { write: { path: 'fine.txt', content: 'x\n' } },
      ]),
    );
    assert.ok(session.completed);
    assert.match(session.results.find((one) => one.failed)?.text ?? '', /refused by the test/);
    assert.throws(() => recorded.repository.read('forbidden.txt'));
    assert.equal(recorded.repository.read('fine.txt'), 'x\n');
  });

  it('gets the reason of our own denial', async () => {
    const answer = known.deny?.('infra/prod needs a person').stdout ?? '';
    const script = recorded.repository.outside('recorder.sh');
    writeFileSync(script, `#!/bin/sh\ngrep -q '"PreToolUse".*forbidden' && printf '%s' '${answer.trim()}'\nexit 0\n`);
    const session = await runSession(recorded.options([{ write: { path: 'forbidden.txt', content: 'x\n' } }]));
    assert.ok(session.completed);
    assert.match(session.results[0]?.text ?? '', /infra\/prod needs a person/);
    assert.throws(() => recorded.repository.read('forbidden.txt'));
  });

  it('gives the same events as its recorded payloads', async () => {
    const other = await Recorded.create();
    try {
      await runSession(recorded.options(STEPS));
      await playRecorded(other.options(STEPS));
      assert.equal(other.repository.read('src/cost.ts'), recorded.repository.read('src/cost.ts'));
      const byCall = (one: Recorded): string[] =>
        story(one.events(), one.repository.root)
          .map((event) => JSON.stringify(event))
          .sort(); // parallel calls come in any order
      assert.deepEqual(byCall(other), byCall(recorded));
    } finally {
      await other.repository.dispose();
    }
  });
});

describe("Claude Code's recorded payloads, played to our hooks", function () {
  this.timeout(60_000);
  let recorded: Recorded;
  beforeEach(async () => (recorded = await Recorded.create()));
  afterEach(() => recorded.repository.dispose());

  it('run the installed hooks and make the edits', async () => {
    const { hooks } = await playRecorded(recorded.options(STEPS));
    assert.ok(hooks.every((hook) => hook.result.code === 0));
    assert.equal(recorded.repository.read('src/cost.ts'), 'all\nnew\n');
    const tools = recorded.tools();
    assert.equal(tools.length, 14);
    assert.equal(known.model({ ...tools[1] }, readTail), CLAUDE_MODEL);
  });

  it('skip a tool call that a hook denies', async () => {
    await playRecorded(recorded.options([{ write: { path: 'forbidden.txt', content: 'x\n' } }]));
    assert.throws(() => recorded.repository.read('forbidden.txt'));
    assert.deepEqual(
      recorded.tools().map((event) => event.event),
      ['before'],
    );
  });
});
