/** The manifest as it is packed: what vsce checks before it publishes, and what it leaves out. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npmManifest } from '../../scripts/npm-package';
import { packedManifest, type Manifest } from '../../scripts/package';
import { declareProposals } from '../editor/host/proposals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MANIFEST = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;
const VSCE = path.join(path.dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');

/** Returns what it says. `port`: of a marketplace on this machine; 1: of none. */
const vsce = (cwd: string, port: number, ...words: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = { ...process.env, VSCE_MARKETPLACE_URL: `http://127.0.0.1:${String(port)}` };
    execFile(process.execPath, [VSCE, ...words], { cwd, env }, (_error, out, errors) => {
      resolve(out + errors);
    });
  });

describe('packed manifest', function () {
  this.timeout(120_000);
  let folder: string;
  let marketplace: Server;
  let calls: string[];
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-manifest-'));
    calls = [];
    marketplace = createServer((call, answer) => {
      calls.push(call.url ?? '');
      answer.writeHead(503).end();
    });
    marketplace.listen(0, '127.0.0.1');
    await once(marketplace, 'listening');
  });
  afterEach(() => {
    marketplace.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Lets vsce publish an extension with this manifest to a marketplace that takes nothing; returns what vsce says. */
  async function publish(manifest: Manifest): Promise<string> {
    mkdirSync(path.join(folder, 'dist'));
    for (const [name, text] of [
      ['package.json', JSON.stringify(manifest)],
      ['README.md', '# Page\n'],
      ['.vscodeignore', '*.vsix\n'],
      ['dist/extension.js', ''],
    ] as const)
      writeFileSync(path.join(folder, name), text);
    for (const name of ['media', 'LICENSE', 'package.nls.json'])
      cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    const packagePath = path.join(folder, 'linekeeper.vsix');
    await vsce(folder, 1, 'package', '--out', packagePath, '--no-dependencies', '--allow-missing-repository');
    const { port } = marketplace.address() as AddressInfo;
    return vsce(folder, port, 'publish', '--packagePath', packagePath, '--pat', 'none');
  }

  it("vsce publish: reaches the marketplace, past vsce's own checks", async () => {
    const said = await publish(packedManifest(MANIFEST, false));
    assert.match(said, /Publishing 'linekeeper\.linekeeper v/);
    assert.notEqual(calls.length, 0, said);
  });

  it('vsce publish: refuses the build with proposed APIs, so that nobody publishes it by mistake', async () => {
    const said = await publish(packedManifest(MANIFEST, true));
    assert.match(said, /unallowed proposed API \(enabledApiProposals: \[textDocumentChangeReason\]/);
    assert.deepEqual(calls, []);
  });

  it('packed manifest: names no file that is not packed and nothing for builders', () => {
    const packed = packedManifest(MANIFEST, false);
    for (const key of ['enabledApiProposals', 'l10n', 'devDependencies']) assert.ok(!(key in packed), key);
    assert.deepEqual(packed['scripts'], { 'vscode:uninstall': 'node ./dist/uninstall.js' });
    assert.deepEqual(packed['categories'], ['AI', 'Linters']);
  });

  it('proposals in a test editor: are declared in the installed manifest when the test grants them, else not', () => {
    const installed = path.join(folder, 'linekeeper.linekeeper-1.0.0');
    mkdirSync(installed);
    const declared = (granted: Parameters<typeof declareProposals>[1]): unknown => {
      writeFileSync(path.join(installed, 'package.json'), JSON.stringify(packedManifest(MANIFEST, false)));
      declareProposals(folder, granted);
      return (JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Manifest)[
        'enabledApiProposals'
      ];
    };
    assert.deepEqual(['all' as const, ['linekeeper.linekeeper']].map(declared), [
      MANIFEST['enabledApiProposals'],
      MANIFEST['enabledApiProposals'],
    ]);
    assert.deepEqual([undefined, 'stock' as const, ['linekeeper-test.probe']].map(declared), [
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('npm manifest: runs no script and asks for no other package', () => {
    const manifest = npmManifest(MANIFEST);
    assert.deepEqual(Object.keys(manifest).sort(), [
      'bin',
      'description',
      'engines',
      'keywords',
      'license',
      'name',
      'version',
    ]);
    assert.deepEqual(manifest['engines'], { node: '>=20' });
  });
});
