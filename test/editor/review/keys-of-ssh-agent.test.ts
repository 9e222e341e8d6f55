/** The keys of a real SSH agent: they are named, and sign without a file. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signTextSoon } from '../../../src/base/signatures/ssh-signatures';
import { keysOfAgent } from '../../../src/editor/review/keys-of-ssh-agent';
import { until } from '../../support/editor-window';
import { SshKeys } from '../../support/ssh-keys';

describe('keys of an SSH agent', () => {
  let folder = '';
  let agent: ChildProcess | undefined;
  let before: string | undefined;
  beforeEach(async function () {
    if (process.platform === 'win32' || spawnSync('ssh-agent', ['-h']).error !== undefined) this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'agent-'));
    const socket = path.join(folder, 'socket');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await until(() => existsSync(socket), { what: 'the socket of the agent' });
    before = process.env['SSH_AUTH_SOCK'];
    process.env['SSH_AUTH_SOCK'] = socket;
  });
  afterEach(() => {
    agent?.kill();
    if (before === undefined) delete process.env['SSH_AUTH_SOCK'];
    else process.env['SSH_AUTH_SOCK'] = before;
    rmSync(folder, { recursive: true, force: true });
  });

  it('a forwarded key: is offered and signs when no file holds it', async () => {
    assert.deepEqual(await keysOfAgent(), [], 'an agent without keys');
    const file = new SshKeys(folder).of('sue');
    const publicKey = readFileSync(`${file}.pub`, 'utf8').trim();
    execFileSync('ssh-add', ['-q', file], { stdio: 'ignore' });
    rmSync(file);
    rmSync(`${file}.pub`);
    const [found] = await keysOfAgent();
    assert.deepEqual(found, { key: `key::${publicKey}`, name: 'sue' });
    const signed = await signTextSoon('a change', { key: found.key, namespace: 'test', patience: 10_000 });
    assert.match(signed, /^-----BEGIN SSH SIGNATURE-----/);
  });

  it('an agent: offers no keys when it does not run', async () => {
    assert.deepEqual(await keysOfAgent({ ...process.env, SSH_AUTH_SOCK: path.join(folder, 'nothing') }), []);
  });
});
