/** What a release says of itself: the bill of materials and the checksums. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checksums } from '../../scripts/release';
import { billOf, licenseTexts } from '../../scripts/sbom';

const component = (name: string, version: string): { 'bom-ref': string; name: string; version: string } => ({
  'bom-ref': `${name}@${version}`,
  name,
  version,
});
const ALL = {
  serialNumber: 'urn:uuid:1',
  metadata: { timestamp: '2026-01-01T00:00:00Z', component: component('a-folder', '1.0.0') },
  components: [component('zod', '4.0.0'), component('mocha', '11.0.0'), component('ms', '2.0.0')],
  dependencies: [
    { ref: 'a-folder@1.0.0', dependsOn: ['zod@4.0.0', 'mocha@11.0.0'] },
    { ref: 'mocha@11.0.0', dependsOn: ['ms@2.0.0'] },
    { ref: 'zod@4.0.0', dependsOn: [] },
  ],
};

describe('bill of materials', () => {
  it('bill of materials: lists what is in the bundles and no tool, and is the same for the same sources', () => {
    const bill = JSON.parse(JSON.stringify(billOf(ALL, new Set(['zod@4.0.0']), 'linekeeper'))) as object;
    assert.deepEqual(bill, {
      metadata: { component: { ...component('linekeeper', '1.0.0'), 'bom-ref': 'a-folder@1.0.0' } },
      components: [{ ...component('zod', '4.0.0'), scope: 'required' }],
      dependencies: [
        { ref: 'a-folder@1.0.0', dependsOn: ['zod@4.0.0'] },
        { ref: 'zod@4.0.0', dependsOn: [] },
      ],
    });
  });

  it('bill of materials: fails when a bundle has what the lock file does not', () => {
    assert.throws(() => billOf(ALL, new Set(['left-pad@1.0.0']), 'linekeeper'), /does not have left-pad@1\.0\.0/);
  });
});

describe('licenses of others', () => {
  it('licenses of others: names every package, and says an equal text once', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-licenses-'));
    try {
      const packageWith = (name: string, files: Readonly<Record<string, string>>): string => {
        mkdirSync(path.join(folder, name));
        for (const [file, text] of Object.entries({ 'package.json': '{"license":"ISC"}', ...files }))
          writeFileSync(path.join(folder, name, file), text);
        return path.join(folder, name);
      };
      const text = licenseTexts(
        new Map([
          ['b@1.0.0', packageWith('b', { 'LICENSE.md': 'Copyright B\r\n' })],
          ['a@1.0.0', packageWith('a', { license: 'Copyright B' })],
          ['c@2.0.0', packageWith('c', { 'licenses.js': 'code' })],
        ]),
      );
      const line = '-'.repeat(80);
      assert.equal(text, `a@1.0.0, b@1.0.0\n\nCopyright B\n\n${line}\n\nc@2.0.0\n\nLicense: ISC\n`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('checksums of a release', () => {
  it('checksums: hold for sha256sum, and fail it when a file was changed', function () {
    const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-sums-'));
    try {
      mkdirSync(path.join(folder, 'action'));
      writeFileSync(path.join(folder, 'action/a b.js'), '1');
      writeFileSync(path.join(folder, 'x.tgz'), '2');
      const lines = checksums(folder);
      assert.deepEqual(
        lines.map((line) => line.replace(/^[0-9a-f]{64} {2}/, '')),
        ['action/a b.js', 'x.tgz'],
      );
      if (process.platform !== 'linux') this.skip();
      const check = (): string =>
        execFileSync('sha256sum', ['--check', '--status'], { cwd: folder, input: `${lines.join('\n')}\n` }).toString();
      check();
      writeFileSync(path.join(folder, 'x.tgz'), '3');
      assert.throws(check);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
