import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { diffChars } from '../../../src/authorship';
import { Background, BackgroundError } from '../../../src/editor/background/background';
import { compactLines, compactSplices, linesFrom, splicesFrom } from '../../../src/editor/background/compact';
import { atOnce } from '../../../src/editor/time-slices';
import { errorFrom, thrown } from '../../../src/editor/background/messages';
import type { Seen } from '../../../src/editor/state/line-hunks';
import { GitError } from '../../../src/git';
import { JournalError } from '../../../src/journal';

describe('the background thread', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-background-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const places = { root: '/r', gitDir: '/r/.git', commonDir: '/r/.git' };
  let programs = 0;
  const made: Background[] = [];
  afterEach(() => made.splice(0).forEach((one) => one.dispose()));

  /** A thread that does as `program` says; `told` is what people hear. */
  function background(
    program: string,
    idleMs?: number,
  ): {
    readonly told: string[];
    readonly here: string[];
    readonly steps: string[];
    readonly listens: { is: boolean };
    readonly ask: (path: string) => Promise<unknown>;
  } {
    const file = path.join(folder, `program-${String(++programs)}.js`);
    writeFileSync(file, program);
    const told: string[] = [];
    const here: string[] = [];
    const steps: string[] = [];
    const listens = { is: false };
    const one = new Background({
      program: file,
      here: () => Promise.resolve((task) => Promise.resolve(`${task} here ${String(here.push(task))}`)),
      tell: (sentence) => told.push(sentence),
      traced: () => (listens.is ? (step, text) => steps.push(`${step} ${text}`) : undefined),
      ...(idleMs === undefined ? {} : { idleMs }),
    });
    made.push(one);
    return { told, steps, listens, here, ask: (name) => one.ask('authored', { places, path: name, content: null }) };
  }
  const ANSWERS = `const { parentPort } = require('node:worker_threads');
    parentPort.on('message', ({ id, task, question }) => {
      if (question.path === 'breaks') process.exit(3);
      if (question.path === 'fails') parentPort.postMessage({ id, error: { name: 'GitError', message: 'git was busy', reason: 'timeout' } });
      else parentPort.postMessage({ id, answer: task + ' of ' + question.path });
    });`;

  it('answers each question once', async () => {
    const { ask, here } = background(ANSWERS);
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(ask)), ['authored of a', 'authored of b', 'authored of c']);
    assert.deepEqual(here, []);
  });

  it('passes on the error of the work with its class, reason and message', async () => {
    await assert.rejects(
      background(ANSWERS).ask('fails'),
      (error) => error instanceof GitError && error.reason === 'timeout' && error.message === 'git was busy',
    );
  });

  it('a thread that breaks down fails its question, and a new one takes the next', async () => {
    const { ask, told } = background(ANSWERS);
    assert.equal(await ask('first'), 'authored of first');
    const broken = ask('breaks');
    await assert.rejects(broken, BackgroundError);
    assert.equal(await ask('next'), 'authored of next');
    assert.deepEqual(told, []);
  });

  it('sends the steps of its work while the trace is shown', async () => {
    const { ask, steps, listens } = background(`const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ id, traced }) => {
        if (traced) parentPort.postMessage({ step: 'git', text: 'asked for ' + id });
        parentPort.postMessage({ id, answer: 'done' });
      });`);
    assert.equal(await ask('a'), 'done');
    listens.is = true;
    assert.equal(await ask('b'), 'done');
    assert.deepEqual(steps, ['git asked for 2']);
  });

  it('ends when nothing is asked for a while, and a new one takes the next question', async () => {
    const { ask, told } = background(
      `const { parentPort, threadId } = require('node:worker_threads');
      const { appendFileSync } = require('node:fs');
      process.on('exit', () => appendFileSync(__filename + '.ended', threadId + ' '));
      parentPort.on('message', (question) => {
        if (question === 'rest') parentPort.close();
        else parentPort.postMessage({ id: question.id, answer: threadId });
      });`,
      1,
    );
    const ended = (): readonly string[] => {
      const file = path.join(folder, `program-${String(programs)}.js.ended`);
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : [];
    };
    const first = await ask('a');
    while (!ended().includes(String(first))) await new Promise((resolve) => setImmediate(resolve));
    assert.notEqual(await ask('b'), first);
    assert.deepEqual(told, []);
  });

  it("the work runs in the extension's own thread, with one notice, when no thread can start", async () => {
    const { ask, told } = background('throw new Error("no threads in this place")');
    assert.deepEqual(await Promise.all([ask('a'), ask('b')]), ['authored here 1', 'authored here 2']);
    assert.equal(await ask('c'), 'authored here 3');
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /no threads in this place/);
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
