/** A forge that does not exist, added as any other is: a folder and a line. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  connectForge,
  FORGE_IDS,
  forgeOf,
  forgeOfJob,
  FORGES,
  parseRemote,
  readEvent,
  readDeploymentEvent,
  type Forge,
} from '../../../src/review/forges';
import type { ForgeApi } from '../../../src/review/forges/client-parts';

const SRC = path.resolve(import.meta.dirname, '../../../src');

const anvil: Forge = {
  id: 'anvil',
  name: 'Anvil',
  recognises: ({ host }) => host.startsWith('anvil.'),
  takesText: false,
  reviewPage: ({ webUrl }) => `${webUrl}/sparks`,
  address: ({ webUrl }, { head }) => `${webUrl}/sparks/new/${head}`,
  jobs: {
    runner: 'Anvil Hammers',
    isHere: (env) => env['ANVIL'] === 'hot',
    numbersIn: () => [],
    wholeClone: 'depth = all',
  },
  client: () =>
    Promise.resolve({
      readEvent: () => ({ kind: 'change', number: 3, head: null, statusOf: null, queued: false }),
      connect: () => ({ kind: 'anvil', host: 'anvil.example' }) as unknown as ForgeApi,
    }),
};

describe('a forge added to the table of forges', () => {
  const forges = [...FORGES, anvil];

  it("is found by its remote's address, and its jobs by their variables", async () => {
    assert.equal(forgeOf(parseRemote('https://anvil.example.com/a/b'), forges).id, 'anvil');
    assert.equal(forgeOfJob({ ANVIL: 'hot' }, forges).id, 'anvil');
    assert.deepEqual(await readEvent({ ANVIL: 'hot' }, forges), {
      kind: 'change',
      number: 3,
      head: null,
      statusOf: null,
      queued: false,
    });
    assert.equal((await connectForge({ LINEKEEPER_FORGE: 'anvil' }, undefined, forges)).host, 'anvil.example');
  });

  it('refuses what it does not implement, with its name', async () => {
    await assert.rejects(readDeploymentEvent({ ANVIL: 'hot' }, forges), /Anvil Hammers does not say what is deployed/);
    assert.throws(() => forgeOfJob({ LINEKEEPER_FORGE: 'anvil' }), /LINEKEEPER_FORGE names "anvil"/);
    assert.throws(() => forgeOfJob({}, forges), /not a CI job that .*Anvil Hammers/);
  });

  /** Programs (gh, glab), the editor's own sign-in and its extension for GitHub, and a format of that name. */
  const ALLOWED = [
    'cli/review/create-pull-request-by-program.ts',
    'editor/request-review/forge-access.ts',
    'editor/request-review/open-pull-request-page.ts',
    'cli/verbs/deploy.ts',
  ];

  it("needs no change elsewhere: no code outside src/review/forges compares a forge's id", () => {
    const asks = new RegExp(`(?:===|!==|case) '(?:${FORGE_IDS.join('|')})'`);
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !/^review[\\/]forges[\\/]\w/.test(name),
    );
    assert.ok(files.length > 100);
    assert.deepEqual(
      files
        .map((name) => name.replaceAll('\\', '/'))
        .filter((name) => !ALLOWED.includes(name) && asks.test(readFileSync(path.join(SRC, name), 'utf8'))),
      [],
    );
  });
});
