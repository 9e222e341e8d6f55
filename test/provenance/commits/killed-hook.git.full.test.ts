/**
 * A hook that is ended while it writes, at each of its writes. Git
 * makes the commit, with the message that was typed.
 */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../../../src/provenance/commits';
import { builtCli, CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

/**
 * Loaded into the program first: it stands still in its nth change of a file, of a hook. Where a file is opened to be
 * written, it is open already: what that empties is empty.
 */
const STAND_STILL = `
const fs = require('node:fs');
const [hook, at, mark, how] = process.env.STAND_STILL.split('|');
const real = { ...fs };
let count = 0;
let isInside = false;
function replaced(name) {
  fs[name] = (...words) => {
    if (isInside || (name === 'openSync' && !/[wa+]/.test(String(words[1] ?? 'r'))) || ++count !== Number(at)) {
      const outer = isInside;
      isInside = true;
      try {
        return real[name](...words);
      } finally {
        isInside = outer;
      }
    }
    if (name === 'writeFileSync') real.openSync(words[0], words[2]?.flag ?? 'w');
    real.writeFileSync(mark, name + ' ' + words.join(' ').slice(0, 300));
    if (how === 'killed') process.kill(process.pid, 'SIGKILL');
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
}
if (process.argv[2] === 'hook' && process.argv[3] === hook)
  for (const name of ['writeFileSync', 'appendFileSync', 'openSync', 'renameSync', 'linkSync', 'rmSync', 'unlinkSync'])
    replaced(name);
`;

describe('a git hook that is killed while it writes', function () {
  this.timeout(240_000);
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    mkdirSync(test.outside('bin'));
    const script = (name: string, text: string): string => {
      const file = path.join(test.outside('bin'), name);
      writeFileSync(file, text);
      chmodSync(file, 0o755);
      return file;
    };
    const first = script('stand-still.cjs', STAND_STILL);
    const node = script('node', `#!/bin/sh\nexec '${process.execPath}' --require '${first}' "$@"\n`);
    script(
      'editor',
      '#!/bin/sh\n{ echo "An important message"; cat "$1"; echo; echo "typed below"; } >"$1.new" && mv "$1.new" "$1"\n',
    );
    test.write('a.txt', 'one\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: node, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  const MARK = 'stands';
  const mark = (): string | undefined =>
    existsSync(test.outside(MARK)) ? readFileSync(test.outside(MARK), 'utf8') : undefined;

  /** Commits an assistant's line. */
  async function commit(
    turn: number,
    hook: string,
    at: number,
    args: readonly string[],
    how = 'killed',
  ): Promise<string> {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}line ${String(turn)}\n`));
    await test.git('add', '-A');
    const { code, stderr } = await test.run(['commit', '-q', ...args], {
      env: {
        STAND_STILL: `${hook}|${String(at)}|${test.outside(MARK)}|${how}`,
        LINEKEEPER_HOOK_MS: how === 'killed' ? '60000' : '3000',
        GIT_EDITOR: path.join(test.outside('bin'), 'editor'),
      },
    });
    assert.equal(code, 0, stderr);
    return test.git('log', '-1', '--format=%B');
  }
  const withoutTrailers = (message: string): string =>
    message
      .replaceAll(/^(?:AI-|Assisted-by: ).*\n?/gm, '')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();

  for (const [hook, args, typed] of [
    [
      'prepare-commit-msg',
      ['-m', 'An important message', '-m', 'With: a trailer'],
      'An important message\n\nWith: a trailer',
    ],
    ['prepare-commit-msg', [], 'An important message\n\ntyped below'],
    ['commit-msg', [], 'An important message\n\ntyped below'],
  ] as const)
    it(`the typed message stays whole: ${hook} of git commit ${args.join(' ')}`, async () => {
      const whole = await commit(0, hook, 0, args);
      assert.match(whole, /^AI-Lines: /m);
      assert.equal(withoutTrailers(whole), typed);
      const trailers = (message: string): number => message.match(/^(?:AI-|Assisted-by: )/gm)?.length ?? 0;
      let at = 0;
      const stood: string[] = [];
      for (let stands = true; stands;) {
        writeFileSync(test.outside(MARK), '');
        const message = await commit(++at, hook, at, args);
        stands = mark() !== '';
        if (stands) stood.push(mark() ?? '');
        assert.equal(withoutTrailers(message), typed, mark());
        assert.ok(trailers(message) === 0 || trailers(message) === trailers(whole), `${message} ${mark() ?? ''}`);
        if (!stands) assert.equal(trailers(message), trailers(whole));
        assert.ok(at < 60);
      }
      assert.ok(
        stood.some((where) => where.includes('COMMIT_EDITMSG')),
        `it stood still at no write of the message: ${stood.join(', ')}`,
      );
      const shown = JSON.parse((await linekeeper(test, ['show', 'HEAD~1', '--json'])).stdout) as { added: unknown };
      assert.deepEqual(shown.added, { ai: 1, human: 0, unknown: 0 });
      const left = readdirSync(test.at('.git')).filter((name) => name.startsWith('COMMIT_EDITMSG.'));
      assert.deepEqual(left, [], 'nothing is left beside the message');
    });

  it('the typed message stays whole when the hook stalls until its time limit', async () => {
    const args = ['-m', 'An important message', '-m', 'With: a trailer'];
    let at = 0;
    do {
      writeFileSync(test.outside(MARK), '');
      await commit(++at, 'prepare-commit-msg', at, args);
      assert.ok(at < 60 && mark() !== '');
    } while (mark()?.includes('COMMIT_EDITMSG') !== true);
    const message = await commit(0, 'prepare-commit-msg', at, args, 'stands');
    assert.match(mark() ?? '', /COMMIT_EDITMSG/);
    assert.equal(message.trim(), 'An important message\n\nWith: a trailer');
    assert.deepEqual(
      readdirSync(test.at('.git')).filter((name) => name.startsWith('COMMIT_EDITMSG.')),
      [],
    );
  });
});
