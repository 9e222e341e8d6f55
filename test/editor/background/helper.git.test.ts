/** What the editor starts beside itself, as it is built: with its host, and without. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtCli, CLI } from '../../support/product';

describe("the editor's helper", function () {
  this.timeout(60_000);
  const program = path.join(path.dirname(CLI), 'helper.js');
  before(builtCli);

  it('ends when its host is killed', async () => {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const host = spawn(
        process.execPath,
        [
          '-e',
          `const child = require('node:child_process').fork(process.argv[1], [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
          child.on('message', ({ answer }) => console.log(child.pid, answer.length));
          child.send({ id: 1, task: 'compare', question: { before: 'a', after: 'b' }, traced: false });`,
          program,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const said = await new Promise<string>((resolve) =>
        host.stdout.once('data', (data: Buffer) => resolve(String(data))),
      );
      const [pid, numbers] = said.trim().split(' ').map(Number);
      assert.equal(numbers, 4, 'one place differs');
      assert.ok(pid !== undefined && lives(pid));
      host.kill(signal);
      while (lives(pid)) await sleep(20);
    }
  });

  it('refuses to run when no editor has started it', () => {
    const { status, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
    assert.notEqual(status, 0);
    assert.match(stderr, /only the editor starts this program/);
  });
});

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
