import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askedBy, bundlesOf, contentsOf, GRAMMAR_FILES } from '../../scripts/build';

/** Packages that a hook must not wait for: alone, some of them cost it half of Node's own start. */
const SLOW = ['zod', 'yaml', 'jsonc-parser', 'simple-git', 'diff', 'debug', '@vscode/tree-sitter-wasm'];

const packagesIn = (files: readonly string[]): string[] => [
  ...new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])),
];

describe('the bundles of the extension', function () {
  this.timeout(60_000);

  it('all are in the packed extension, without source maps and other programs', async () => {
    const { listFiles, PackageManager } = await import('@vscode/vsce');
    const root = path.resolve(import.meta.dirname, '../..');
    const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-packed-'));
    try {
      for (const name of ['package.json', '.vscodeignore'])
        copyFileSync(path.join(root, name), path.join(folder, name));
      const bundles = bundlesOf('extension');
      const grammars = GRAMMAR_FILES.map(({ to }) => to);
      mkdirSync(path.join(folder, 'dist', 'grammars'), { recursive: true });
      for (const name of [...bundles, ...bundlesOf('action'), ...grammars, 'dist/main.js.map', 'dist/compiled'])
        writeFileSync(path.join(folder, name), '');
      const packed = await listFiles({ cwd: folder, packageManager: PackageManager.Npm });
      assert.deepEqual(packed.filter((name) => name.startsWith('dist/')).sort(), [...bundles, ...grammars].sort());
      assert.ok(!bundles.includes('dist/action.js') && bundlesOf('action').includes('dist/action.js'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('those that every hook loads hold no parser and no schema library', async () => {
    const files = (await Promise.all(['cli', 'record', 'hook', 'settle'].map(contentsOf))).flat();
    assert.ok(
      files.includes('src/cli/main.ts') &&
        files.includes('src/provenance/assistants/record/write-report-to-journal.ts'),
    );
    assert.deepEqual(
      packagesIn(files).filter((name) => SLOW.includes(name)),
      [],
    );
    assert.deepEqual(
      files.filter((file) =>
        /^src\/(?:provenance\/assistants\/setup|policy\/file\/(?:parse|schema|read-yaml-with-positions)|review|editor)\b/.test(
          file,
        ),
      ),
      [],
    );
  });

  it('the detector of secrets is in a bundle of its own', async () => {
    const isDetector = (name: string): boolean => name.startsWith('@secretlint/');
    for (const bundle of ['cli', 'main', 'record', 'hook', 'read', 'prompt', 'verbs', 'editor'])
      assert.deepEqual(packagesIn(await contentsOf(bundle)).filter(isDetector), [], bundle);
    assert.ok(packagesIn(await contentsOf('secrets')).some(isDetector));
  });

  it('each large library is in one bundle only', async () => {
    for (const [library, bundle] of [
      ['zod', 'zod'],
      ['yaml', 'yaml'],
    ] as const) {
      for (const other of ['cli', 'main', 'read', 'policy', 'verbs', 'review-request', 'editor', 'background'])
        assert.ok(!packagesIn(await contentsOf(other)).includes(library), `${library} in ${other}`);
      assert.ok(packagesIn(await contentsOf(bundle)).includes(library), bundle);
    }
  });

  it('record holds nothing of the git hook, and hook nothing of the assistants', async () => {
    assert.deepEqual(
      (await contentsOf('record')).filter((file) =>
        /^src\/provenance\/(?:authorship|commits\/(?:settle\/index|message\/prepare-commit-msg|notes|authors\/show))\b/.test(
          file,
        ),
      ),
      [],
    );
    assert.deepEqual(
      (await contentsOf('hook')).filter((file) => /^src\/provenance\/assistants\b|^src\/guard\/hook\b/.test(file)),
      [],
    );
  });

  it('the reader of shell commands is in one bundle, which record does not hold', async () => {
    const isReader = (file: string): boolean => file.startsWith('src/danger/shell/words/invocations-in-shell-text');
    for (const bundle of ['record', 'read', 'verbs', 'editor', 'background'])
      assert.deepEqual((await contentsOf(bundle)).filter(isReader), [], bundle);
    assert.ok((await contentsOf('command')).some(isReader));
  });

  it('record holds no danger rule', async () => {
    assert.deepEqual(
      (await contentsOf('record')).filter((file) => file.startsWith('src/danger/rules')),
      [],
    );
    assert.ok((await contentsOf('command')).some((file) => file.startsWith('src/danger/rules')));
  });

  it('the danger rules and the parser are in one bundle each', async () => {
    for (const bundle of ['record', 'hook', 'read', 'verbs', 'editor', 'background', 'review-request', 'command'])
      assert.deepEqual(
        (await contentsOf(bundle)).filter((file) => file.startsWith('src/danger/analyzers')),
        [],
        bundle,
      );
    const rules = await contentsOf('danger');
    assert.ok(rules.includes('src/danger/analyzers/index.ts'));
    assert.ok(!packagesIn(rules).some((name) => name.includes('tree-sitter')));
    assert.ok(
      packagesIn(await contentsOf('syntax')).some((name) => name.includes('tree-sitter')),
      'the parser is nowhere: is this test still looking at the right place?',
    );
  });

  it('those of the command line require each module of Node once', async () => {
    for (const bundle of ['cli', 'record', 'hook', 'read']) {
      const asked = (await askedBy(bundle)).filter((name) => /^node:(?:fs|path)$/.test(name));
      assert.ok(
        asked.includes('node:fs'),
        `${bundle} asks for no files: is this test still looking at the right place?`,
      );
      assert.deepEqual(asked, [...new Set(asked)], bundle);
    }
  });

  it('those loaded on demand hold the libraries that the others leave out', async () => {
    const packages = packagesIn((await Promise.all(['policy', 'verbs', 'zod', 'yaml'].map(contentsOf))).flat());
    for (const name of ['zod', 'yaml', 'jsonc-parser', 'simple-git'])
      assert.ok(packages.includes(name), `${name} is nowhere: is this test still looking at the right place?`);
  });
});
