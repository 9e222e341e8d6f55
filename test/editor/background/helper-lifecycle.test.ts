import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { diffChars } from '../../../src/provenance/authorship';
import { Background, BackgroundError } from '../../../src/editor/background/helper-lifecycle';
import {
  compactLines,
  compactSplices,
  linesFrom,
  splicesFrom,
} from '../../../src/editor/background/compact-lines-for-messages';
import { atOnce } from '../../../src/editor/time-slices';
import { errorFrom, thrown } from '../../../src/editor/background/helper-messages';
import type { Seen } from '../../../src/editor/state/line-hunks';
import { GitError } from '../../../src/git';
import { JournalError } from '../../../src/provenance/journal';

describe('the background helper', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-background-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const places = { root: '/r', gitDir: '/r/.git', commonDir: '/r/.git' };
  let programs = 0;
  const relay = path.join(folder, 'relay.js');
  before(() =>
    build({
      entryPoints: ['src/entry/helper-launcher.ts'],
      outfile: relay,
      bundle: true,
      platform: 'node',
      logLevel: 'warning',
    }),
  );
  const made: Background[] = [];
  afterEach(() => made.splice(0).forEach((one) => one.dispose()));

  /** A helper that does as `program` says; `told` is what people hear. */
  function background(
    program: string,
    limits: { readonly idleMs?: number; readonly silentMs?: () => number } = {},
  ): {
    readonly told: string[];
    readonly here: string[];
    readonly steps: string[];
    readonly listens: { is: boolean };
    readonly ask: (path: string, content?: Uint8Array) => Promise<unknown>;
    readonly fill: () => Promise<unknown>;
  } {
    const file = path.join(folder, `program-${String(++programs)}.js`);
    writeFileSync(file, program);
    const told: string[] = [];
    const here: string[] = [];
    const steps: string[] = [];
    const listens = { is: false };
    const one = new Background({
      programs: { helper: file, relay },
      here: () => Promise.resolve((task) => Promise.resolve(`${task} here ${String(here.push(task))}`)),
      tell: (sentence) => told.push(sentence),
      traced: () => (listens.is ? (step, text) => steps.push(`${step} ${text}`) : undefined),
      ...limits,
    });
    made.push(one);
    return {
      told,
      steps,
      listens,
      here,
      ask: (name, content) => one.ask('authored', { places, path: name, content: content ?? null }),
      fill: () => one.ask('fill', { program: file, root: folder, home: folder }),
    };
  }
  const ANSWERS = `process.on('message', ({ id, task, question }) => {
      if (question.path === 'breaks') process.exit(3);
      if (question.path === 'throws') throw new Error('what is read is broken');
      if (question.path === 'fails') process.send({ id, error: { name: 'GitError', message: 'git was busy', reason: 'timeout' } });
      else process.send({ id, answer: task + ' of ' + question.path });
    });`;
  const ANSWERS_IN_A_THREAD = `const { isMainThread, parentPort, threadId } = require('node:worker_threads');
    if (isMainThread) throw new Error('no processes in this place');
    parentPort.on('message', (question) => {
      if (typeof question === 'string') return;
      if (question.question.path === 'breaks') process.exit(3);
      parentPort.postMessage({ id: question.id, answer: 'thread ' + threadId });
    });`;

  it('answers each question once, from another process', async () => {
    const { ask, here } = background(ANSWERS);
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((name) => ask(name))), [
      'authored of a',
      'authored of b',
      'authored of c',
    ]);
    assert.deepEqual(here, []);
  });

  it('passes on the error of the work with its class, reason and message', async () => {
    await assert.rejects(
      background(ANSWERS).ask('fails'),
      (error) => error instanceof GitError && error.reason === 'timeout' && error.message === 'git was busy',
    );
  });

  it('a process that breaks down fails its question, and a new one takes the next', async () => {
    const { ask, told } = background(ANSWERS);
    assert.equal(await ask('first'), 'authored of first');
    const broken = ask('breaks');
    await assert.rejects(broken, BackgroundError);
    assert.equal(await ask('next'), 'authored of next');
    assert.deepEqual(told, []);
  });

  it('sends the steps of its work while the trace is shown', async () => {
    const { ask, steps, listens } = background(`process.on('message', ({ id, traced }) => {
        if (traced) process.send({ step: 'git', text: 'asked for ' + id });
        process.send({ id, answer: 'done' });
      });`);
    assert.equal(await ask('a'), 'done');
    listens.is = true;
    assert.equal(await ask('b'), 'done');
    assert.deepEqual(steps, ['git asked for 2']);
  });

  it('a question that failed says what the process wrote before it broke down', async () => {
    const { ask } = background(ANSWERS);
    await ask('first');
    await assert.rejects(ask('throws'), /Error: what is read is broken$/);
    await assert.rejects(ask('breaks'), /it ended with 3$/);
  });

  it('questions that wait are answered by a new process when another question breaks theirs', async () => {
    const { ask } = background(`let broken = require('node:fs').existsSync(__filename + '.broken');
      process.on('message', ({ id, question }) => {
        if (question.path !== 'breaks') return void setTimeout(() => process.send({ id, answer: question.path }), 50);
        if (broken) return process.send({ id, answer: 'the second time' });
        require('node:fs').writeFileSync(__filename + '.broken', '');
        process.kill(process.pid, 'SIGKILL');
      });`);
    await ask('first');
    assert.deepEqual(await Promise.all(['a', 'breaks', 'b'].map((name) => ask(name))), ['a', 'the second time', 'b']);
  });

  it('a process that hangs is killed, and a new one takes its question', async () => {
    const limits = [60_000, 4_000]; // a busy machine takes a while to start one
    const { ask, told } = background(
      `const { existsSync, writeFileSync } = require('node:fs');
      process.on('message', ({ id, question }) => {
        if (question.path === 'hangs' && !existsSync(__filename + '.hung')) {
          writeFileSync(__filename + '.hung', String(process.pid));
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // as deaf as in a loop, and leaves the processor to others
        }
        process.send({ id, answer: process.pid });
      });`,
      { silentMs: () => limits.shift() ?? 60_000 },
    );
    await ask('first');
    const second = await ask('hangs');
    const hung = readFileSync(path.join(folder, `program-${String(programs)}.js.hung`), 'utf8');
    assert.notEqual(String(second), hung);
    assert.throws(() => process.kill(Number(hung), 0));
    assert.deepEqual(told, []);
  });

  const TELLS_ITS_END = `process.on('exit', () => require('node:fs').appendFileSync(__filename + '.ended', process.pid + ' '));
      process.on('message', (question) => {
        if (question === 'rest') process.disconnect();
        else process.send({ id: question.id, answer: process.pid });
      });`;
  const ended = (): readonly string[] => {
    const file = path.join(folder, `program-${String(programs)}.js.ended`);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : [];
  };
  const untilEnded = async (pid: unknown): Promise<void> => {
    while (!ended().includes(String(pid))) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('ends when nothing is asked for a while, and a new one takes the next question', async () => {
    const { ask, told } = background(TELLS_ITS_END, { idleMs: 1 });
    const first = await ask('a');
    await untilEnded(first);
    assert.notEqual(await ask('b'), first);
    assert.deepEqual(told, []);
  });

  it('ends right behind a look into transcripts that nothing else is asked around', async () => {
    const { fill, told } = background(TELLS_ITS_END, { idleMs: 600_000 });
    await untilEnded(await fill());
    assert.deepEqual(told, []);
  });

  it('a look into transcripts does not end the helper that another question has started', async () => {
    const { ask, fill } = background(TELLS_ITS_END, { idleMs: 600_000 });
    const first = await ask('a');
    assert.equal(await fill(), first);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await ask('b'), first);
  });

  it('the process gets the environment without NODE_OPTIONS and inspector flags', async () => {
    process.env['NODE_OPTIONS'] = '--no-warnings';
    process.env['FOR_GIT'] = 'yes';
    try {
      const { ask } = background(`process.on('message', ({ id }) =>
        process.send({ id, answer: [process.env.NODE_OPTIONS, process.env.FOR_GIT, process.execArgv.filter((flag) => /inspect/.test(flag)).length] }));`);
      assert.deepEqual(await ask('a'), [undefined, 'yes', 0]);
    } finally {
      delete process.env['NODE_OPTIONS'];
      delete process.env['FOR_GIT'];
    }
  });

  it('passes bytes, typed arrays and maps on unchanged', async () => {
    const { ask } = background(`process.on('message', ({ id, question }) =>
      process.send({ id, answer: { bytes: question.content, numbers: Int32Array.of(1, -2), map: new Map([[1, 'a']]), none: undefined } }));`);
    assert.deepEqual(await ask('a', new Uint8Array([0, 255, 10])), {
      bytes: new Uint8Array([0, 255, 10]),
      numbers: Int32Array.of(1, -2),
      map: new Map([[1, 'a']]),
      none: undefined,
    });
  });

  it('a thread does the work, with one notice, when no process can start', async () => {
    const { ask, told, here } = background(ANSWERS_IN_A_THREAD);
    const [first, second] = await Promise.all([ask('a'), ask('b')]);
    assert.match(String(first), /^thread [1-9]/);
    assert.equal(second, first);
    await assert.rejects(ask('breaks'), BackgroundError);
    assert.notEqual(await ask('c'), first);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /^No process .*no processes in this place.* thread/);
    assert.deepEqual(here, []);
  });

  it("the work runs in the extension's own thread, with a notice, when no thread can start", async () => {
    const { ask, told } = background('throw new Error("none in this place")');
    assert.deepEqual(await Promise.all([ask('a'), ask('b')]), ['authored here 1', 'authored here 2']);
    assert.equal(await ask('c'), 'authored here 3');
    assert.equal(told.length, 2);
    assert.match(told[1] ?? '', /^No thread .*none in this place/);
  });

  it('thrown and errorFrom keep class, message and stack of an error', () => {
    for (const error of [
      new GitError('no-git', 'a'),
      new JournalError('not-writable', 'b'),
      new RangeError('c'),
      new Error('d'),
    ]) {
      const again = errorFrom(structuredClone(thrown(error)));
      assert.equal(again.constructor, error.constructor);
      assert.deepEqual([again.message, again.stack], [error.message, error.stack]);
      if (error instanceof GitError) assert.equal(again instanceof GitError && again.reason, error.reason);
    }
  });

  it('compactSplices and splicesFrom give a diff back unchanged, for random texts', () => {
    const text = fc.stringMatching(/^[ab\n]{0,60}$/);
    fc.assert(
      fc.property(text, text, (before, after) =>
        assert.deepEqual(
          splicesFrom(structuredClone(compactSplices(diffChars(before, after)))),
          diffChars(before, after),
        ),
      ),
    );
  });

  it('compactLines and linesFrom give lines back unchanged, for random lines', () => {
    const text = fc.option(fc.constantFrom('a', 'b'), { nil: null });
    const seen: fc.Arbitrary<Seen> = fc.record(
      {
        start: fc.nat(),
        end: fc.nat(),
        author: fc.constantFrom('ai', 'human', 'unknown'),
        edited: fc.boolean(),
        assistant: text,
        model: text,
        session: text,
        evidence: fc.constantFrom('reported', null),
        reason: text,
        time: fc.option(fc.nat(3), { nil: null }),
      },
      { noNullPrototype: true },
    );
    const lines = fc.record({ added: fc.array(seen), removed: fc.array(seen) }, { noNullPrototype: true });
    fc.assert(
      fc.property(lines, (sent) => assert.deepEqual(atOnce(linesFrom(structuredClone(compactLines(sent)))), sent)),
    );
  });
});
