import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PART = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../src/entry/code-cache/load-bundle.ts');

describe("loadBundle, with V8's compiled code kept on disk", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-part-'));
    await build({
      stdin: {
        contents: `const { part } = require(${JSON.stringify(PART)}); console.log(part(__dirname, './answer.js', require).answer(), part(__dirname, 'answer.js', require) === part(__dirname, './answer.js', require));`,
        resolveDir: folder,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: path.join(folder, 'main.js'),
    });
    answer('40 + 2', '0123456789abcdef');
  });
  afterEach(() => {
    chmodSync(folder, 0o755);
    rmSync(folder, { recursive: true, force: true });
  });

  const answer = (what: string, id?: string): void =>
    writeFileSync(
      path.join(folder, 'answer.js'),
      `exports.answer = () => ${what};\n${id === undefined ? '' : `// ${id}\n`}`,
    );
  const run = (): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'main.js')], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  const kept = (): string[] =>
    existsSync(path.join(folder, 'compiled')) ? readdirSync(path.join(folder, 'compiled')) : [];
  const keptFile = (): string => path.join(folder, 'compiled', kept()[0] ?? 'nothing was kept');

  it('twelve runs load the same kept code, and most do not write it again', () => {
    const made = [];
    for (let call = 0; call < 12; call++) {
      assert.equal(run(), '42 true');
      assert.equal(kept().length, 1);
      made.push(statSync(keptFile()).mtimeMs);
    }
    assert.ok(new Set(made).size < made.length / 2, 'what was kept is good and was not made again by each call');
  });

  it('functions that a later run compiles are added to the kept code', () => {
    writeFileSync(
      path.join(folder, 'answer.js'),
      readFileSync(path.join(folder, 'answer.js'), 'utf8')
        .replace('40 + 2', '(process.env.MORE ? later() : 1)')
        .replace('//', `function later() { return ${'Math.abs(1) + '.repeat(2000)}1; }\n//`),
    );
    run();
    const first = readFileSync(keptFile()).length;
    process.env['MORE'] = '1';
    try {
      assert.equal(run(), '2001 true');
    } finally {
      delete process.env['MORE'];
    }
    const grown = readFileSync(keptFile()).length;
    assert.ok(grown > first + 2000, `${String(first)} grew to ${String(grown)}`);
    run();
    assert.ok(readFileSync(keptFile()).length >= grown, 'and they stay');
  });

  it('a part that its program asks to keep is kept, and rarely written again', async () => {
    const main = path.join(folder, 'main.js');
    const call = (options: string): Promise<unknown> =>
      build({
        stdin: {
          contents: `const { part } = require(${JSON.stringify(PART)}); part(__dirname, './answer.js', require, ${options}); console.log(require('node:fs').existsSync(__dirname + '/compiled'));`,
          resolveDir: folder,
        },
        bundle: true,
        platform: 'node',
        format: 'cjs',
        outfile: main,
      });
    await call('{ learnsFrom: 1, when: () => {} }');
    assert.equal(run(), 'false');
    assert.deepEqual(kept(), [], 'it was never told to');
    await call('{ learnsFrom: 1, when: (keep) => keep() }');
    assert.equal(run(), 'true');
    const made = [];
    for (let later = 0; later < 12; later++) {
      run();
      made.push(statSync(keptFile()).ino);
    }
    assert.ok(new Set(made).size < made.length / 3, 'one call in many makes it again');
  });

  it('another bundle of the same length is compiled again', () => {
    run();
    const [old] = kept();
    answer('50 + 3', 'fedcba9876543210');
    assert.equal(run(), '53 true');
    assert.equal(kept().length, 1);
    assert.notEqual(kept()[0], old);
  });

  it('empty, broken or zeroed kept code is compiled again', () => {
    run();
    const good = readFileSync(keptFile()).length;
    for (const rubbish of [Buffer.alloc(0), Buffer.from('rubbish'), Buffer.alloc(good)]) {
      writeFileSync(keptFile(), rubbish);
      assert.equal(run(), '42 true');
      assert.equal(readFileSync(keptFile()).length, good);
    }
  });

  it('bundles that it requires are kept too, and loaded once', () => {
    writeFileSync(path.join(folder, 'made.js'), 'exports.made = {};\n// 00112233445566ff\n');
    for (const name of ['one', 'two'])
      writeFileSync(
        path.join(folder, `${name}.js`),
        `exports.made = require('./made.js').made;\n// 0123456789abcd${name.startsWith('o') ? '01' : '02'}\n`,
      );
    answer(
      "require('./one.js').made === require('./two.js').made && require('node:os').EOL.length > 0",
      '0123456789abcdef',
    );
    assert.equal(run(), 'true true');
    assert.deepEqual(
      kept()
        .map((file) => file.split('-')[0])
        .sort(),
      ['answer', 'made', 'one', 'two'],
    );
  });

  it('the bundle runs when nothing can be kept, and when it has no content id', () => {
    writeFileSync(path.join(folder, 'compiled'), 'a file where the folder would be');
    assert.equal(run(), '42 true');
    answer('7');
    assert.equal(run(), '7 true');
    assert.equal(readFileSync(path.join(folder, 'compiled'), 'utf8'), 'a file where the folder would be');
  });
});
