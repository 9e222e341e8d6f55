import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { buildBundles } from '../../../scripts/build';
import { actionCall } from '../../../src/cli/ci/action-inputs';
import { builtCli } from '../../support/product';
import { PullRequest } from '../../support/forge/ci-job';

const ENTRY = path.resolve(import.meta.dirname, '../../../dist/action.js');

describe('the GitHub Action, dist/action.js', function () {
  this.timeout(240_000);
  let request: PullRequest;
  before(async () => {
    await builtCli();
    if (!existsSync(ENTRY)) await buildBundles(['action']); // other tests run the bundles meanwhile, so none is made anew
    request = await PullRequest.open();
    await request.clone();
  });
  after(() => request.dispose());

  const run = (
    inputs: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number; readonly out: string; readonly outputs: string }> => {
    const file = (name: string): string => request.work.outside(name);
    writeFileSync(
      file('event.json'),
      JSON.stringify({
        action: 'opened',
        pull_request: { number: 7, title: '$(touch owned)', head: { sha: request.server.head } },
      }),
    );
    writeFileSync(file('output'), '');
    const { GITHUB_TOKEN: token = '', ...server } = request.server.env();
    const env = {
      ...request.work.env,
      ...server,
      CI: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_OUTPUT: file('output'),
      INPUT_TOKEN: token,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    };
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [ENTRY], { cwd: request.job, env });
      let out = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()));
      child.on('close', (code) => {
        resolve({ code: code ?? -1, out, outputs: readFileSync(file('output'), 'utf8') });
      });
    });
  };

  it('fails a pull request without sign-off, using the token it was given', async () => {
    const { code, out, outputs } = await run({ comment: 'false', labels: 'false', status: 'false' });
    assert.equal(code, 1, out);
    assert.match(out, /Fail: 1 sign-off missing\./);
    assert.equal(outputs, 'ai-lines=1\nrisk=critical\nverdict=fail\n');
    assert.doesNotMatch(out, /secret/);
    assert.deepEqual([...request.server.tokens], ['Bearer ghs_secretsecretsecret']);
  });

  it("lets git send the job's token to the forge's server only, instead of one kept by the checkout", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((call, answer) => {
      seen.push(call.headersDistinct['authorization']?.join(' and '));
      answer.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const at = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      const call = actionCall({ INPUT_TOKEN: 'ghs_secret', GITHUB_SERVER_URL: at });
      assert.ok('env' in call);
      await request.work.git('config', `http.${at}/.extraheader`, 'AUTHORIZATION: basic kept');
      for (const [url, env] of [
        [at, {}],
        [at, call.env],
        [at.replace('127.0.0.1', 'localhost'), call.env],
      ] as const)
        assert.equal((await request.work.run(['ls-remote', `${url}/acme/app.git`], { env })).code, 128);
      const basic = Buffer.from('x-access-token:ghs_secret').toString('base64');
      assert.deepEqual(seen, ['basic kept', `basic ${basic}`, undefined]);
    } finally {
      server.close();
    }
  });

  it('exits 2 without a verdict for an input that it does not take', async () => {
    const { code, out, outputs } = await run({ comment: 'false --approvals=x' });
    assert.deepEqual([code, outputs], [2, '']);
    assert.match(out, /^::error title=Linekeeper::The input "comment" takes true or false\.\n$/);
  });
});
