/** Deployments that a forge knows of, and the Action that decides on one. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildBundles } from '../../../scripts/build';
import { readDeployments } from '../../../src/aftermath';
import { deploy } from '../../../src/cli/verbs/deploy';
import { notes } from '../../../src/cli/verbs/notes';
import { GitHubServer } from '../../support/forge/github-server';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote } from '../../support/history';
import { builtCli } from '../../support/product';
import { ADA, BOB, TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';

const POLICY = `version: 1
unknown: human
tiers:
  - name: critical
    paths: ["infra/**"]
    rollout: { stages: [canary, production], soak: 24h }
`;
const at = (day: number, hour: number): string => `2026-03-0${String(day)}T0${String(hour)}:00:00Z`;
const NOW = Date.parse('2026-03-05T00:00:00Z');

describe('deployments of a forge:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  let server: GitHubServer;
  let start: string;
  let head: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    server = await new GitHubServer().start();
    test.write('.linekeeper.yml', POLICY);
    start = await commitWithNote(test, { message: 'start', files: { 'infra/a.tf': '1\n' }, as: ADA, at: at(1, 1) });
    head = await commitWithNote(test, {
      message: 'widen',
      files: { 'infra/a.tf': '1\n2\n' },
      as: BOB,
      at: at(2, 1),
      by: CLAUDE,
    });
  });
  afterEach(async () => {
    await server.stop();
    await test.dispose();
    assert.deepEqual(server.wrong, []);
  });

  const record = (...words: string[]): Promise<VerbOutcome> =>
    callVerb(deploy, ['record', '--from-forge', ...words], test.root, { env: server.env(), now: () => NOW });

  it("deploy record --from-forge records each to the policy's stages once, and deploy check counts them", async () => {
    server.deployments = [
      { id: 5, sha: head, environment: 'preview/7', statuses: [['success', at(3, 3)]] },
      { id: 4, sha: 'c'.repeat(40), environment: 'production', statuses: [['success', at(3, 2)]] },
      { id: 3, sha: head, environment: 'EU-Canary', statuses: [['success', at(3, 1)]] },
      { id: 2, sha: head, environment: 'Canary', statuses: [['failure', at(2, 2)]] },
      { id: 1, sha: start, environment: 'Production', statuses: [['success', at(1, 2)]] },
      { id: 6, sha: start, environment: 'canary', statuses: [['success', '2030-01-01T00:00:00Z']] },
    ];
    const { code, out, err } = await record('--environment', 'eu-canary=canary');
    assert.equal(code, 0, err.join());
    assert.match(out, /1 deployed commit is not in this clone \("?c{12}/);
    assert.match(out, /1 deployment is dated in the future/);
    assert.match(out, /Left out, as no stage has that name: preview\/7\./);
    const told = async (): Promise<unknown> =>
      (await readDeployments(test.repository())).all.map(({ id, stage, commit, state, by, at: time }) => [
        id,
        stage,
        commit,
        state,
        by,
        new Date(time).toISOString().slice(0, 13),
      ]);
    const expected = [
      ['github:1', 'production', start, 'deployed', 'ada', '2026-03-01T02'],
      ['github:2', 'canary', head, 'failed', 'ada', '2026-03-02T02'],
      ['github:3', 'canary', head, 'deployed', 'ada', '2026-03-03T01'],
    ];
    assert.deepEqual(await told(), expected);
    const again = await record('--environment', 'eu-canary=canary');
    assert.match(again.out, /^The Git host knows of no deployment that is not recorded\./);
    assert.deepEqual(await told(), expected, 'never twice');
    const check = (time: string): Promise<VerbOutcome> =>
      callVerb(deploy, ['check', '--base', 'main', '--stage', 'production', '--ref', head], test.root, {
        now: () => Date.parse(time),
      });
    assert.match((await check(at(3, 5))).out, /must stay in canary until 2026-03-04T01:00:00Z/);
    assert.equal((await check(at(4, 1))).code, 0);
  });

  it('deploy record --from-forge fails when the forge does not answer, and takes no hand-written record', async () => {
    server.fail(500, /deployments/);
    const { code, err } = await callVerb(deploy, ['record', '--from-forge'], test.root, { env: {}, now: () => NOW });
    assert.deepEqual([code, /not a CI job that Linekeeper knows/.test(err.join())], [2, true]);
    assert.equal((await record()).code, 2);
    assert.match((await record('--stage', 'canary')).err.join(), /--from-forge takes no --stage/);
    assert.match((await record('--environment', 'x')).err.join(), /--environment takes NAME=STAGE/);
    assert.match((await record('--environment', 'x=y')).err.join(), /The policy has no stage y\./);
    assert.deepEqual((await readDeployments(test.repository())).all, []);
  });

  describe('the Action with mode: deploy', () => {
    const ENTRY = path.resolve(import.meta.dirname, '../../../dist/action.js');
    const EXAMPLE = path.resolve(import.meta.dirname, '../../fixtures/events/github-deployment.json');
    let job: string;
    before(async () => {
      await builtCli();
      if (!existsSync(ENTRY)) await buildBundles(['action']);
    });
    beforeEach(async () => {
      const bare = test.outside('forge.git');
      job = test.outside('job');
      await test.git('init', '--quiet', '--bare', bare);
      await test.git('remote', 'add', 'origin', bare);
      await test.git('push', '--quiet', 'origin', 'main');
      for (const [stage, ref, time] of [
        ['production', start, at(1, 2)],
        ['canary', start, at(1, 2)],
      ] as const)
        await callVerb(deploy, ['record', '--stage', stage, '--ref', ref, '--at', time], test.root);
      assert.equal((await callVerb(notes, ['push'], test.root)).code, 0);
      await test.git('clone', '--quiet', `file://${bare}`, job);
    });

    const run = (
      inputs: Readonly<Record<string, string>>,
      { name = 'deployment', environment = 'Production', sha = head, more = {} } = {},
    ): Promise<{ readonly code: number; readonly out: string; readonly outputs: string; readonly summary: string }> => {
      const event = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as {
        deployment: Record<string, unknown>;
        repository: Record<string, unknown>;
      };
      Object.assign(event.deployment, { sha, environment });
      event.repository['default_branch'] = 'main';
      const file = (word: string): string => test.outside(word);
      writeFileSync(file('event.json'), JSON.stringify(event));
      for (const word of ['output', 'summary']) writeFileSync(file(word), '');
      const env = {
        ...test.env,
        CI: 'true',
        GITHUB_EVENT_NAME: name,
        GITHUB_EVENT_PATH: file('event.json'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        GITHUB_SHA: head,
        GITHUB_ACTOR: 'carl',
        INPUT_TOKEN: 'ghs_secretsecretsecret',
        ...more,
        ...Object.fromEntries(Object.entries(inputs).map(([word, value]) => [`INPUT_${word.toUpperCase()}`, value])),
      };
      return new Promise((resolve) => {
        const child = spawn(process.execPath, [ENTRY], { cwd: job, env });
        let out = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (data: Buffer) => (out += data.toString()));
        child.on('close', (code) => {
          const read = (word: string): string => readFileSync(file(word), 'utf8');
          resolve({ code: code ?? -1, out, outputs: read('output'), summary: read('summary') });
        });
      });
    };

    it("fails by the remote's notes and records, and passes once the change has soaked", async () => {
      const no = await run({ mode: 'deploy' });
      assert.equal(no.code, 1, no.out);
      assert.match(
        no.out,
        /^::error title=Linekeeper deployment::critical: 1 commit with AI lines has not been in canary/m,
      );
      assert.equal(no.outputs, 'verdict=fail\nuntil=\n');
      assert.match(no.summary, /may not go to production yet/);
      await callVerb(deploy, ['record', '--stage', 'canary', '--ref', head, '--at', at(3, 1)], test.root);
      await callVerb(notes, ['push'], test.root);
      const yes = await run({ mode: 'deploy' });
      assert.deepEqual([yes.code, yes.outputs], [0, 'verdict=pass\nuntil=\n'], yes.out);
    });

    itInFull('takes the stage from its input when the event names none, and refuses an unknown stage', async () => {
      assert.equal((await run({ mode: 'deploy', stage: 'canary' }, { name: 'push' })).code, 0);
      const none = await run({ mode: 'deploy' }, { name: 'push' });
      assert.deepEqual([none.code, none.outputs], [2, 'verdict=undecided\nuntil=\n']);
      assert.match(none.out, /Which stage is deployed to\?/);
      const odd = await run({ mode: 'deploy' }, { environment: '````\n# Deployed\n::stop-commands::x' });
      assert.equal(odd.code, 2);
      assert.doesNotMatch(odd.out, /^(?:::stop|# D)/m);
      assert.doesNotMatch(odd.summary.split('````text')[1] ?? '', /^````\n./m);
      const sha = await run({ mode: 'deploy' }, { sha: '--all' });
      assert.match(sha.out, /not what GitHub sends for deployment \(deployment\.sha\)/);
    });

    it('exits 2 when records or history are missing', async () => {
      await test.git('-C', job, 'remote', 'set-url', 'origin', test.outside('gone.git'));
      const gone = await run({ mode: 'deploy' });
      assert.deepEqual([gone.code, gone.outputs], [2, 'verdict=undecided\nuntil=\n'], gone.out);
    });
  });
});
