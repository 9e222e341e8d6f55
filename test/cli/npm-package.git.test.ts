/** The npm package of the command line, installed for an account that has nothing, with no network. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildBundles, bundlesOf } from '../../scripts/build';
import { packFeature } from '../../scripts/dev-container';
import { packCommandLine } from '../../scripts/npm-package';
import { itInFull } from '../support/full';
import { builtCli } from '../support/product';
import { TestRepository } from '../support/repository';
import { version } from '../../package.json';

const ROOT = path.resolve(import.meta.dirname, '../..');
const WINDOWS = process.platform === 'win32';

describe('npm package of the command line', function () {
  this.timeout(300_000);
  let test: TestRepository;
  let programs: string;
  let npmPackage: string;
  let said: string;
  before(async () => {
    await builtCli();
    const missing = bundlesOf('command-line').filter((file) => !existsSync(path.join(ROOT, file)));
    if (missing.length > 0) await buildBundles(missing.map((file) => path.basename(file, '.js'))); // others run the rest
    test = await TestRepository.create();
    const [folder, into, prefix] = ['package', 'packed', 'a prefix'].map((name) => test.outside(name));
    assert.ok(folder !== undefined && into !== undefined && prefix !== undefined);
    mkdirSync(into, { recursive: true });
    npmPackage = await packCommandLine(folder, into);
    const words = ['install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', npmPackage];
    const installed = await start(WINDOWS ? 'npm.cmd' : 'npm', words, WINDOWS);
    assert.equal(installed.code, 0, installed.out);
    said = installed.out;
    programs = WINDOWS ? prefix : path.join(prefix, 'bin');
  });
  after(() => test.dispose());

  /** Output and errors together. */
  function start(program: string, words: readonly string[], shell = false): Promise<{ code: number; out: string }> {
    const PATH = [programs, process.env['PATH']].filter((folder) => folder !== undefined).join(path.delimiter);
    return new Promise((resolve, reject) => {
      const child = spawn(program, words, { cwd: test.root, env: { ...test.env, PATH }, shell });
      let out = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ code: code ?? -1, out });
      });
    });
  }
  const linekeeper = (...words: readonly string[]): Promise<{ code: number; out: string }> =>
    start(WINDOWS ? 'linekeeper.cmd' : 'linekeeper', words, WINDOWS);

  it('npm: installs one package when it is called as the first step of a platform team says', () => {
    const page = readFileSync(path.join(ROOT, 'docs/start-platform.md'), 'utf8');
    assert.ok(page.includes(`\`npm install --global ./linekeeper-${version}.tgz\``));
    assert.match(said, /added 1 package/);
  });

  it('npm package: brings the plugin of Vim when it is packed', () => {
    const listed = execFileSync('tar', ['-tzf', npmPackage], { encoding: 'utf8' });
    assert.match(listed, /^package\/editors\/vim\/linekeeper\.vim$/m);
  });

  itInFull('command line: says its version when npm installed it', async () => {
    assert.deepEqual(await linekeeper('--version'), { code: 0, out: `${version}\n` });
  });

  itInFull('command line: records, marks and shows the lines of an AI when npm installed it', async () => {
    test.write('a.txt', 'one\n');
    await test.commit('start');
    const installed = await linekeeper('install', '--git');
    assert.equal(installed.code, 0, installed.out);
    const launcher = path.join(test.home, '.linekeeper', 'bin', 'linekeeper');
    assert.match(test.read('.git/hooks/prepare-commit-msg'), /\.linekeeper\/bin\/linekeeper/);
    assert.ok(readFileSync(path.join(test.home, '.linekeeper', 'programs'), 'utf8').includes('linekeeper'));
    for (const event of ['before', 'after']) {
      const report = { version: 1, event, id: 'x', author: 'ai', tool: 'some-tool', cwd: test.root, files: ['a.txt'] };
      const { code, stderr } = await test.run(['-c', `alias.lk=!'${launcher}' record generic`, 'lk'], {
        input: JSON.stringify(report),
      });
      assert.equal(code, 0, stderr);
      test.write('a.txt', 'one\ntwo\n');
    }
    await test.git('add', '--all');
    const commit = await test.run(['commit', '--quiet', '-m', 'work']);
    assert.equal(commit.code, 0, commit.stderr);
    assert.match(await test.git('log', '-1', '--format=%B'), /Assisted-by: some-tool/);
    const shown = await linekeeper('show', '--json');
    assert.equal(shown.code, 0, shown.out);
    assert.deepEqual((JSON.parse(shown.out) as { added: object }).added, { ai: 1, human: 0, unknown: 0 });
  });

  it('fleet: lists its questions when npm installed it', async () => {
    const { code, out } = await linekeeper('fleet', '--list');
    assert.equal(code, 0, out);
    assert.match(out, /^reverted/m);
  });

  if (!WINDOWS)
    describe("dev container's feature:", () => {
      let feature: string;
      let metadata: { readonly postCreateCommand: string; readonly installsAfter: readonly string[] } & Readonly<
        Record<'id' | 'version', string>
      >;
      before(() => {
        const extension = test.outside(`linekeeper-${version}.vsix`);
        writeFileSync(extension, 'the extension');
        feature = packFeature(test.outside('.devcontainer'), { version, npmPackage, extension });
        metadata = JSON.parse(readFileSync(path.join(feature, 'devcontainer-feature.json'), 'utf8')) as typeof metadata;
      });
      /** As a container's build runs it, but into folders of the test. */
      const build = (PATH: string): Promise<{ code: number; out: string }> => {
        const places = {
          npm_config_prefix: test.outside('container'),
          LINEKEEPER_SHARE: test.outside('container/share/linekeeper'),
        };
        return start('env', [
          ...Object.entries({ ...places, PATH }).map(([name, value]) => `${name}=${value}`),
          path.join(feature, 'install.sh'),
        ]);
      };

      itInFull('installs the command and records in the clone when a container is made', async () => {
        const bin = test.outside('container/bin');
        const built = await build([bin, process.env['PATH']].join(path.delimiter));
        assert.equal(built.code, 0, built.out);
        assert.ok(built.out.endsWith(`${version}\n`), built.out);
        assert.deepEqual([metadata.id, metadata.version], ['linekeeper', version]);
        assert.equal(readFileSync(test.outside('container/share/linekeeper/linekeeper.vsix'), 'utf8'), 'the extension');
        await test.git('config', '--unset-all', 'core.hooksPath').catch(() => undefined);
        const created = await start('env', [
          `PATH=${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
          'sh',
          '-c',
          metadata.postCreateCommand,
        ]);
        assert.equal(created.code, 0, created.out);
        assert.match(test.read('.git/hooks/prepare-commit-msg'), /\.linekeeper\/bin\/linekeeper/);
      });

      it('page on installing: names the folder and the feature that the release makes', () => {
        const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/install.md'), 'utf8');
        const [, folder, to = ''] = /copy the folder `([^`]+)` to `([^`]+)` of your repository/.exec(page) ?? [];
        assert.deepEqual([folder, to], ['dev-container/linekeeper', '.devcontainer/linekeeper']);
        const [, snippet = ''] = /Add `("features": .+?\})` to `\.devcontainer\/devcontainer\.json`/.exec(page) ?? [];
        const { features } = JSON.parse(`{${snippet}}`) as { readonly features: Readonly<Record<string, object>> };
        assert.deepEqual(features, { [`./${path.basename(feature)}`]: {} });
        assert.equal(path.basename(to), path.basename(feature), 'a feature is looked up beside devcontainer.json');
      });

      it('install.sh: names the feature that brings Node, and waits for it, when the image has none', async () => {
        const { code, out } = await build('/nowhere');
        assert.deepEqual([code, /needs Node 20 or newer/.test(out)], [1, true], out);
        const [, named = ''] = /add the feature "([^":]+)(?::\d+)?" to the same list/.exec(out) ?? [];
        assert.ok(metadata.installsAfter.includes(named), `"${named}" may be installed after it`);
      });
    });
});
