import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs, { utimesSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { statusOf } from '../../../../src/provenance/commits';
import { presentFile, record, type Claim } from '../../../../src/provenance/assistants/record';
import { itInFull } from '../../../support/full';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

describe('an edit reported without a before', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('there.txt', 'one\ntwo\ntwo\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  /** Reports what an assistant says it did, and gives how many added lines are whose. */
  const told = async (...edits: readonly Claim[]): Promise<object> => {
    await record(
      test.repository(),
      {
        event: 'after',
        by: { author: 'ai', assistant: 'claude-code', evidence: 'reported' },
        cwd: test.root,
        files: edits.map(({ path }) => path),
        edits,
        onDisk: true,
      },
      Date.now,
    );
    return (await statusOf(test.repository(), Date.now)).added;
  };

  itInFull('credits a new file with the whole content given', async () => {
    test.write('new.txt', 'a\nb\n');
    assert.deepEqual(await told({ path: 'new.txt', old: '', new: 'a\nb\n' }), { ai: 2, human: 0, unknown: 0 });
  });

  itInFull('credits a replacement found once, or at the given line', async () => {
    test.write('there.txt', 'one!\ntwo?\ntwo?\n');
    assert.deepEqual(await told({ path: 'there.txt', old: 'one', new: 'one!' }), { ai: 1, human: 0, unknown: 2 });
    assert.deepEqual(await told({ path: 'there.txt', old: 'two', new: 'two?' }), { ai: 1, human: 0, unknown: 2 });
    assert.deepEqual(await told({ path: 'there.txt', old: 'two', new: 'two?', line: 3 }), {
      ai: 2,
      human: 0,
      unknown: 1,
    });
  });
});

describe('a file read while it is being written', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('there.txt', 'one\ntwo\nthree\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  it('has the content that the assistant reported, not an empty one', async () => {
    const report = (event: 'before' | 'after', edits: readonly Claim[]): Promise<unknown> =>
      record(
        test.repository(),
        {
          event,
          id: 'x',
          by: { author: 'ai', assistant: 'github-copilot', evidence: 'reported' },
          cwd: test.root,
          files: ['there.txt'],
          edits,
          onDisk: false,
        },
        Date.now,
      );
    await report('before', []);
    test.write('there.txt', '');
    await report('after', [{ path: 'there.txt', old: 'two\n', new: 'two!\n' }]);
    test.write('there.txt', 'one\ntwo!\nthree\n');
    const { added, removed } = await statusOf(test.repository(), Date.now);
    assert.deepEqual(
      [added, removed],
      [
        { ai: 1, human: 0, unknown: 0 },
        { ai: 1, human: 0, unknown: 0 },
      ],
    );
  });

  it('is read again when it was just emptied', () => {
    test.write('there.txt', '');
    let waits = 0;
    const present = presentFile(test.root, 'there.txt', () => {
      if (++waits === 3) test.write('there.txt', 'filled\n');
    });
    assert.equal(present?.content.toString(), 'filled\n');
    assert.equal(waits, 3);
  });

  it('is left out while another program holds it open, and recorded once that ends', async () => {
    test.write('there.txt', 'one\n');
    await test.commit('Start');
    const { openSync, readFileSync } = fs;
    let tries = Infinity;
    const refuse = (file: unknown): void => {
      if (typeof file === 'string' && file.endsWith('there.txt') && tries-- > 0)
        throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    };
    const holding = async (times: number, work: () => Promise<unknown>): Promise<void> => {
      tries = times;
      Object.assign(fs, {
        openSync: (...words: Parameters<typeof openSync>) => (refuse(words[0]), openSync(...words)),
        readFileSync: (...words: Parameters<typeof readFileSync>) => (refuse(words[0]), readFileSync(...words)),
      });
      syncBuiltinESMExports();
      try {
        await work();
      } finally {
        Object.assign(fs, { openSync, readFileSync });
        syncBuiltinESMExports();
      }
    };
    const report = (event: 'before' | 'after') =>
      record(
        test.repository(),
        {
          event,
          id: 'held',
          by: { author: 'ai', assistant: 'claude-code', session: 's', evidence: 'reported' },
          cwd: test.root,
          files: ['there.txt'],
          edits: [],
          onDisk: true,
        },
        Date.now,
      );
    await report('before');
    test.write('there.txt', 'one\ntwo\n');
    await holding(Infinity, async () => {
      const { edits = [] } = await report('after');
      assert.deepEqual(edits, []);
    });
    await report('before');
    test.write('there.txt', 'one\ntwo\nthree\n');
    await holding(3, async () => {
      const { edits = [] } = await report('after');
      assert.deepEqual(
        edits.map(({ to }) => to === null),
        [false],
      );
    });
  });

  it('counts as empty when it stays so', () => {
    test.write('there.txt', '');
    let waits = 0;
    const wait = (): void => {
      waits++;
    };
    assert.equal(presentFile(test.root, 'there.txt', wait)?.content.length, 0);
    assert.ok(waits > 0 && waits < 100, `${String(waits)} waits`);
    utimesSync(path.join(test.root, 'there.txt'), 1, 1);
    waits = 0;
    assert.equal(presentFile(test.root, 'there.txt', wait)?.content.length, 0);
    assert.equal(waits, 0);
  });
});

describe('two parallel actions of one session', () => {
  itInFull('are both credited, with what the second found at its start', async () => {
    const test = await TestRepository.create();
    test.write('there.txt', 'one\n');
    await test.commit('start');
    test.write('before.txt', 'nobody told\n');
    const report = (event: 'before' | 'after', id: string, pair = false): Promise<unknown> =>
      record(
        test.repository(),
        {
          event,
          ...(pair ? { pair: id } : { id }),
          by: { author: 'ai', assistant: 'codex', session: 's', evidence: 'observed' },
          cwd: test.root,
          files: [],
          edits: [],
          onDisk: true,
        },
        Date.now,
      );
    for (const pair of [false, true]) {
      const [a, b] = pair ? ['c', 'd'] : ['a', 'b'];
      await report('before', a, pair);
      test.write(`${a}.txt`, 'a\n');
      await report('before', b, pair);
      test.write(`${b}.txt`, 'b\n');
      test.write('there.txt', `${test.read('there.txt')}${b}\n`);
      await report('after', b, pair);
      await report('after', a, pair);
    }
    assert.deepEqual((await statusOf(test.repository(), Date.now)).added, { ai: 6, human: 0, unknown: 1 });
    await test.dispose();
  });

  itInFull('are paired though their calls have no id and repeat', async () => {
    const test = await TestRepository.create();
    test.write('there.txt', 'one\n');
    await test.commit('start');
    const report = (event: 'before' | 'after'): Promise<unknown> =>
      record(
        test.repository(),
        {
          event,
          pair: 'same',
          by: { author: 'ai', assistant: 'gemini', session: 's', evidence: 'observed' },
          cwd: test.root,
          files: [],
          edits: [],
          onDisk: true,
        },
        Date.now,
      );
    for (const text of ['two\n', 'one\n', 'two\n']) {
      await report('before');
      test.write('there.txt', text);
      await report('after');
    }
    assert.deepEqual((await statusOf(test.repository(), Date.now)).added, { ai: 1, human: 0, unknown: 0 });
    await test.dispose();
  });
});

describe('a payload on standard input', () => {
  it('is read to its end, however slowly it comes', async () => {
    const test = await TestRepository.create();
    test.write('new.txt', 'a\nb\n');
    await builtCli();
    const payload = JSON.stringify({
      version: 1,
      event: 'after',
      author: 'ai',
      files: ['new.txt'],
      edits: [{ path: 'new.txt', old: '', new: 'a\nb\n' }],
      prompt: 'x'.repeat(200_000),
    });
    const child = spawn(process.execPath, [CLI, 'record', 'generic', '--json'], {
      cwd: test.root,
      env: test.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    for (const part of [payload.slice(0, 100), payload.slice(100, 100_000), payload.slice(100_000)]) {
      child.stdin.write(part);
      await setTimeout(50);
    }
    child.stdin.end();
    assert.match(await text(child.stdout), /"record":"\d+/);
    await test.dispose();
  });
});
