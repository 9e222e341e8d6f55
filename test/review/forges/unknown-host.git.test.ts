/** Which forge a host is whose name does not say: as a person said once, or as the host answers. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { locateForge, whichForge } from '../../../src/review/pull-request';
import { reviewBase } from '../../../src/review/request';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';

type Answers = Readonly<
  Record<
    string,
    { readonly status?: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  >
>;

/** What servers of each forge answer to who is not signed in. */
const SERVERS: Readonly<Record<string, Answers>> = {
  gitea: { '/api/v1/version': { body: { version: '1.23.8' } } },
  forgejo: {
    '/api/v1/version': { body: { version: '11.0.1+gitea-1.22.0' } },
    '/api/forgejo/v1/version': { body: { version: '11.0.1+gitea-1.22.0' } },
  },
  gitlab: { '/api/v4/version': { status: 401, body: { message: '401 Unauthorized' } } },
  github: { '/api/v3/meta': { body: {}, headers: { 'x-github-enterprise-version': 'enterprise-server@3.17.0' } } },
  'bitbucket-dc': {
    '/rest/api/latest/application-properties': { body: { displayName: 'Bitbucket', version: '9.4.0' } },
  },
};

describe('the forge of a host whose name does not tell', () => {
  let test: TestRepository;
  let server: Server;
  let answers: Answers;
  let asked: string[];
  beforeEach(async () => {
    test = await TestRepository.create();
    answers = {};
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const { status = 200, body, headers = {} } = answers[request.url ?? ''] ?? { status: 404, body: 'no' };
      response.writeHead(status, headers).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await test.dispose();
  });
  const ask = async (given?: string, mayAsk = true): Promise<string> => {
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/acme/shop.git`;
    return (await whichForge(test.repository(), { remote: { name: 'origin', address }, named: given, mayAsk })).forge;
  };

  for (const [forge, given] of Object.entries(SERVERS))
    itInFull(`is ${forge} by the host's answer, asked for once`, async () => {
      answers = given;
      assert.equal(await ask(), forge);
      const first = asked.length;
      assert.ok(first > 0);
      assert.equal(await ask(undefined, false), forge);
      assert.equal(asked.length, first);
    });

  it('is what --forge says, from then on', async () => {
    answers = SERVERS['gitlab'] ?? {};
    assert.equal(await ask('gitea', false), 'gitea');
    assert.equal(await ask(), 'gitea');
    assert.equal(await ask('forgejo'), 'forgejo');
    assert.equal(await ask(), 'forgejo');
    assert.deepEqual(asked, []);
  });

  it('is unknown when the host answers otherwise, redirects, or may not be asked', async () => {
    answers = { '/api/v1/version': { status: 302, body: { version: '1' }, headers: { location: '/x' } } };
    await assert.rejects(ask(), /doesn't say which Git host it is/);
    answers = { '/api/v1/version': { body: 'x'.repeat(100_000) } };
    await assert.rejects(ask(), /doesn't say which Git host it is/);
    answers = SERVERS['gitea'] ?? {};
    await assert.rejects(ask(undefined, false), /doesn't say which Git host it is/);
    const before = asked.length;
    await test.git('config', 'linekeeper.offline', 'true');
    await assert.rejects(ask(), /doesn't say which Git host it is/);
    assert.equal(asked.length, before);
  });

  itInFull('is remembered, for the editor too', async () => {
    await test.commit('Start', { args: ['--allow-empty'] });
    const address = 'https://code.acme.example/acme/shop.git';
    await test.git('remote', 'add', 'origin', address);
    await test.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await test.git('switch', '-qc', 'topic');
    await test.commit('Work', { args: ['--allow-empty'] });
    const remote = { name: 'origin', address };
    await assert.rejects(reviewBase(test.repository()), { name: 'ReviewError', reason: 'unknown-forge' });
    await test.git('config', 'linekeeper.code.acme.example.forge', 'forgejo');
    assert.equal((await locateForge(test.repository(), remote)).forge, 'forgejo');
    assert.equal((await reviewBase(test.repository())).address, address);
    assert.equal((await locateForge(test.repository(), remote, () => 'github')).forge, 'github');
    assert.deepEqual(asked, []);
  });
});
