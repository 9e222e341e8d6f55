/** The image for jobs: what it is made of works by itself, and it is built where an engine is at hand. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { packImage } from '../../../scripts/image';
import { itInFull } from '../../support/full';
import { builtCli } from '../../support/product';
import { TestRepository } from '../../support/repository';

const ENGINES = ['docker', 'podman', 'buildah'];
/** For as long as a registry may take. */
const PATIENCE = 600_000;

interface Done {
  readonly code: number;
  readonly out: string;
}

const run = (program: string, words: readonly string[], cwd: string): Promise<Done> =>
  new Promise((resolve) => {
    const child = spawn(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()));
    child.on('error', (error) => {
      resolve({ code: -1, out: error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? -1, out });
    });
  });

describe('the container image for CI jobs', function () {
  this.timeout(PATIENCE);
  let test: TestRepository;
  let folder: string;
  before(async () => {
    await builtCli();
    test = await TestRepository.create();
    folder = test.outside('image');
    await packImage(folder, false); // other tests run the bundles meanwhile, so none is made anew
    await test.commit('Start', { args: ['--allow-empty'] });
  });
  after(() => test.dispose());

  itInFull('its command works with nothing else beside it', async () => {
    const cli = path.join(folder, 'dist/cli.js');
    test.write('new.txt', 'x\n');
    const status = await run(process.execPath, [cli, 'status'], test.root);
    assert.deepEqual([status.code, /new\.txt/.test(status.out)], [0, true], status.out);
    const ci = await run(process.execPath, [cli, 'ci'], test.root);
    assert.equal(ci.code, 2, ci.out);
    assert.match(ci.out, /This is not a CI job that Linekeeper knows/);
  });

  it('builds, and has git and the command', async function () {
    const engine = ENGINES.find((name) => spawnSync(name, ['info'], { timeout: 30_000 }).status === 0);
    if (engine === undefined) {
      process.stdout.write('No docker, podman or buildah runs here, so the image is not built.\n');
      this.skip();
    }
    const tag = `linekeeper-test-${String(process.pid)}`;
    const built = await run(engine, ['build', '--tag', tag, folder], folder);
    if (
      built.code !== 0 &&
      /resolve|registry|toomanyrequests|timeout|no such host|unauthorized|lookup/i.test(built.out)
    ) {
      process.stdout.write('The base of the image could not be fetched, so it is not built.\n');
      this.skip();
    }
    assert.equal(built.code, 0, built.out);
    if (engine === 'buildah') return; // it runs nothing by a tag
    try {
      const done = await run(engine, ['run', '--rm', tag, 'sh', '-c', 'git --version && linekeeper --version'], folder);
      assert.equal(done.code, 0, done.out);
      assert.match(done.out, /^git version .*\n\d+\.\d+\.\d+/m);
    } finally {
      await run(engine, ['image', 'rm', '--force', tag], folder);
    }
  });
});
