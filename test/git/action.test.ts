import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildBundles } from '../../scripts/build';
import { builtCli } from '../support/product';
import { PullRequest } from './ci-support';

const ENTRY = path.resolve(import.meta.dirname, '../../dist/action.js');

describe('the Action', function () {
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

  it('decides in a process of its own, with the token that it was given', async () => {
    const { code, out, outputs } = await run({ comment: 'false', labels: 'false', status: 'false' });
    assert.equal(code, 1, out);
    assert.match(out, /Fail: 1 sign-off missing\./);
    assert.equal(outputs, 'ai-lines=1\nrisk=critical\nverdict=fail\n');
    assert.doesNotMatch(out, /secret/);
    assert.deepEqual([...request.server.tokens], ['Bearer ghs_secretsecretsecret']);
  });

  it('decides nothing with an input that it does not take', async () => {
    const { code, out, outputs } = await run({ comment: 'false --approvals=x' });
    assert.deepEqual([code, outputs], [2, '']);
    assert.match(out, /^::error title=Linekeeper::The input "comment" takes true or false\.\n$/);
  });
});
