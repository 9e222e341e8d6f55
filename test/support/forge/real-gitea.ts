/**
 * A real Gitea on this machine, where LINEKEEPER_GITEA names its binary: built from `code.gitea.io/gitea` with
 * `go build -tags 'sqlite sqlite_unlock_notify'` (1.27.3 needs no tags, and no C). LINEKEEPER_GITEA_SOURCE names the
 * folder of its sources, whose templates it shows; by default the folder `src` beside the binary. It listens on the
 * loopback address only.
 */
import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DescribedServer, type Asked, type Reply } from './described-server';
import { ApiDescription } from './openapi';
import { removeFolder } from '../folders';

export const GITEA_BINARY = process.env['LINEKEEPER_GITEA'] ?? '';
const SOURCE = process.env['LINEKEEPER_GITEA_SOURCE'] ?? path.join(path.dirname(GITEA_BINARY), 'src');

const ADMIN = 'keeper';
const PASSWORD = 'a-long-password-7';

export class RealGitea {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-gitea-'));
  private server: ChildProcess | undefined;
  private port = 0;

  get origin(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  async start(): Promise<this> {
    this.port = await freePort();
    const conf = path.join(this.folder, 'app.ini');
    mkdirSync(path.join(this.folder, 'data'));
    writeFileSync(
      conf,
      `I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
RUN_MODE = prod
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${String(this.port)}
ROOT_URL = ${this.origin}/
STATIC_ROOT_PATH = ${SOURCE}
DISABLE_SSH = true
OFFLINE_MODE = true
[database]
DB_TYPE = sqlite3
PATH = ${path.join(this.folder, 'data/gitea.db')}
[indexer]
ISSUE_INDEXER_TYPE = db
[repository]
ROOT = ${path.join(this.folder, 'repositories')}
[security]
INSTALL_LOCK = true
SECRET_KEY = for-a-test-only
[service]
DISABLE_REGISTRATION = true
[log]
LEVEL = Error
[actions]
ENABLED = true
`,
    );
    const env = { ...process.env, HOME: this.folder, GITEA_WORK_DIR: this.folder };
    this.server = spawn(GITEA_BINARY, ['web', '-c', conf], { env, cwd: this.folder, stdio: 'ignore' });
    for (let tries = 0; !(await this.answers()); tries++) {
      assert.ok(tries < 240, 'Gitea does not start');
      await sleep(250);
    }
    await promisify(execFile)(
      GITEA_BINARY,
      [
        'admin',
        'user',
        'create',
        '-c',
        conf,
        '--username',
        ADMIN,
        '--password',
        PASSWORD,
        '--email',
        `${ADMIN}@example.com`,
        '--admin',
        '--must-change-password=false',
      ],
      { env, cwd: this.folder },
    );
    return this;
  }

  private answers(): Promise<boolean> {
    return fetch(`${this.origin}/api/v1/version`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async stop(): Promise<void> {
    const server = this.server;
    if (server) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
    }
    removeFolder(this.folder);
  }

  /** A request as a person. Throws when it is refused. */
  async ask(method: string, place: string, body?: object, as = ADMIN): Promise<unknown> {
    const answer = await fetch(`${this.origin}/api/v1${place}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${as}:${PASSWORD}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${place} as ${as}: ${String(answer.status)} ${text.slice(0, 300)}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  async addPerson(login: string): Promise<void> {
    await this.ask('POST', '/admin/users', {
      username: login,
      email: `${login}@example.com`,
      password: PASSWORD,
      must_change_password: false,
    });
  }

  async tokenOf(login: string, ...scopes: readonly string[]): Promise<string> {
    const made = await this.ask('POST', `/users/${login}/tokens`, { name: `t${String(Date.now())}`, scopes }, login);
    return (made as { sha1: string }).sha1;
  }

  /** Its repository's address for git, as a person. */
  remoteOf(repository: string, as: string): string {
    return `http://${as}:${PASSWORD}@127.0.0.1:${String(this.port)}/${repository}.git`;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Hands requests on to the real server, and checks both sides against its description. */
export class GiteaWitness extends DescribedServer {
  constructor(private readonly real: RealGitea) {
    super(new ApiDescription('gitea'), '/api/v1');
  }

  protected async reply({ url, name, body, headers }: Asked): Promise<Reply> {
    const answer = await fetch(`${this.real.origin}${url.pathname}${url.search}`, {
      method: name.split(' ')[0]?.toUpperCase() ?? 'GET',
      headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, ...(text === '' ? {} : { value: JSON.parse(text) as unknown }) };
  }
}
