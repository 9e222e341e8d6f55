/**
 * A change on its way from a junior's machine to the main branch, through every gate, with the real git and the built
 * command line.
 */
import assert from 'node:assert/strict';
import { atTerminal } from '../support/at-terminal';
import { SshKeys } from '../support/ssh-keys';
import { ADA, CARL } from '../support/repository';
import { GRACE } from '../support/gate';
import { Forge, Machine, type Job } from '../support/review-to-merge';

const POLICY = `version: 1
people: { senior: [ada@example.com, grace@example.com], mid: [], junior: [carl@example.com] }
aliases: { ada: [ada@example.com], grace: [grace@example.com], carl: [carl@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { ai: { junior: { from: senior }, mid: { from: senior }, senior: { from: senior } } }
  - name: standard
    paths: ["src/**"]
    review: { ai: { junior: { from: senior } } }
`;

const TOTAL = 'export const total = (prices: number[]): number => {\n  return 0;\n};\n';
const DATABASE = 'resource "db" "main" {\n  name = "orders"\n}\n';

describe("a junior's change with an agent, from push to merge:", function () {
  this.timeout(180_000);
  let forge: Forge;
  let ada: Machine;
  let carl: Machine;
  let grace: Machine;
  let keys: SshKeys;

  before(async () => {
    forge = await Forge.create();
    [ada, carl, grace] = (await Promise.all([ADA, CARL, GRACE].map((who) => Machine.of(who, forge)))) as [
      Machine,
      Machine,
      Machine,
    ];
    keys = new SshKeys(ada.work.home);
    ada.work.write('.linekeeper.yml', POLICY);
    ada.work.write('.github/allowed_signers', keys.allowed(['ada', 'grace', 'carl']));
    ada.work.write('src/total.ts', TOTAL);
    ada.work.write('infra/main.tf', DATABASE);
    await ada.commit('Start');
    await ada.work.git('push', '--quiet', '--set-upstream', 'origin', 'main');
    await Promise.all([carl.clone(), grace.clone(), ada.work.git('remote', 'set-head', 'origin', 'main')]);
    for (const one of [ada, carl, grace]) await one.setUp();
    forge.server.commits = [{ email: CARL.email, login: 'carl' }];
  });
  after(async () => {
    await Promise.all([ada, carl, grace].map((one) => one.dispose()));
    await forge.dispose();
  });
  afterEach(() => {
    assert.deepEqual(forge.server.wrong, []);
  });

  /** The head of our comment, which there is once. */
  const comment = (): string => {
    const { comments } = forge.server;
    assert.deepEqual(
      comments.map(({ id }) => id),
      [1],
    );
    return comments[0]?.body.split('\n')[1] ?? '';
  };
  const told = ({ code, outputs }: Job): readonly unknown[] => [
    code,
    outputs['verdict'],
    outputs['risk'],
    outputs['ai-lines'],
  ];
  const status = (): readonly unknown[] => {
    const last = forge.server.statuses.at(-1);
    return [last?.sha, last?.context, last?.state];
  };

  it("the gate fails when the junior pushes AI's lines", async () => {
    const { work } = carl;
    await work.git('switch', '--quiet', '--create', 'topic');
    await carl.assistant({
      edit: {
        path: 'src/total.ts',
        old: '  return 0;\n',
        new: '  let sum = 0;\n  for (const price of prices) sum += price;\n  return sum;\n',
      },
    });
    await carl.types('README.md', 'The shop.\n');
    await carl.commit('Add prices up');
    await work.git('push', '--quiet', '--set-upstream', 'origin', 'topic');
    assert.match(await work.git('log', '-1', '--format=%B'), /^AI-Lines: \+3 -1 of \+4 -1$/m);
    const head = await forge.received();
    const job = await forge.pullRequestJob('pull_request');
    assert.deepEqual(told(job), [1, 'fail', 'standard', '4'], job.stdout + job.stderr);
    assert.match(job.summary, /^## ❌ Not ready: a senior's sign-off is missing\./);
    assert.match(
      job.summary,
      /\| `standard` \| `src\/total\.ts` \| \+3 −1 \| {2}\| {2}\|\n\| {2}\| `README\.md` \| {2}\| \+1 \| {2}\|/,
    );
    assert.match(job.summary, /You can ask: `ada@example\.com`, `grace@example\.com`/);
    assert.match(job.stdout, /^::warning file=src\/total\.ts,line=2,endLine=4,/m);
    assert.match(comment(), /^## ❌ Not ready: a senior's sign-off is missing\.$/);
    assert.deepEqual(forge.server.labels.sort(), ['ai-assisted', 'risk: standard']);
    assert.deepEqual(status(), [head, 'linekeeper', 'failure']);
  });

  it('the gate passes once a senior approved at the forge', async () => {
    const { server } = forge;
    server.reviews = [{ by: { login: 'ada' }, state: 'APPROVED', commit: server.head, at: new Date().toISOString() }];
    const job = await forge.pullRequestJob('pull_request_review');
    assert.deepEqual(told(job), [0, 'pass', 'standard', '4'], job.stdout + job.stderr);
    assert.match(job.summary, /- \[x\] .*Signed off by `ada`\./);
    assert.match(comment(), /^## ✅ Ready: all required sign-offs/);
    assert.deepEqual(status(), [server.head, 'linekeeper', 'success']);
  });

  it("the gate fails again for AI's line in a higher tier, and the approval holds for the lower one", async () => {
    await carl.assistant({
      edit: { path: 'infra/main.tf', old: '"orders"\n', new: '"orders"\n  encrypted = false\n' },
    });
    await carl.commit('Do not encrypt');
    await carl.work.git('push', '--quiet');
    const head = await forge.received();
    const job = await forge.pullRequestJob('pull_request');
    assert.deepEqual(told(job), [1, 'fail', 'critical', '5'], job.stdout + job.stderr);
    assert.match(job.summary, /- \[x\] .*Signed off by `ada`\./);
    assert.match(job.summary, /- `ada` for `critical`: infra\/main\.tf has changed since/);
    assert.match(comment(), /^## ❌ Not ready/);
    assert.deepEqual(forge.server.labels.sort(), ['ai-assisted', 'risk: critical']);
    assert.deepEqual(status(), [head, 'linekeeper', 'failure']);
  });

  it("the gate passes by a senior's signed sign-off that came with a push", async () => {
    const { work } = ada;
    await work.git('fetch', '--quiet');
    const words = ['sign', 'origin/main..origin/topic', '--tier', 'critical', '--key', keys.of('ada')];
    const signed = await atTerminal(work, words, { answers: 'yes\n' });
    assert.equal(signed.code, 0, signed.stdout);
    assert.match(signed.stdout, /critical: infra\/main\.tf\n {2}added 1 AI/);
    assert.match(signed.stdout, /Signed\. To share it: "git push"\.$/m);
    await work.git('push', '--quiet');
    const job = await forge.pullRequestJob('pull_request');
    assert.deepEqual(told(job), [0, 'pass', 'critical', '5'], job.stdout + job.stderr);
    assert.match(job.summary, /- \[x\] .*Signed off by `ada@example\.com`\./);
    assert.match(comment(), /^## ✅ Ready/);
    assert.deepEqual(status(), [forge.server.head, 'linekeeper', 'success']);
  });

  it('a colleague gets the sign-off with git fetch', async () => {
    await grace.work.git('fetch', '--quiet');
    const { code, stdout } = await grace.ask('sign', '--list', 'origin/topic');
    assert.equal(code, 0);
    assert.match(stdout, /^valid {4}ada@example\.com for critical on /);
  });

  it("the squash merge keeps each line's author after the push job", async () => {
    const push = await forge.squash('Add prices up');
    const job = await forge.pushJob(push);
    assert.equal(job.code, 0, job.stdout + job.stderr);
    assert.match(job.stdout, /^Notes written for 1 of 1 commits, and 1 sent to origin\.$/m);
    await grace.work.git('pull', '--quiet');
    assert.equal(await grace.work.git('rev-parse', 'HEAD'), push.after);
    assert.equal(await grace.blame('src/total.ts'), 'unknown ai ai ai unknown');
    assert.equal(await grace.blame('infra/main.tf'), 'unknown unknown ai unknown');
    assert.equal(await grace.blame('README.md'), 'human');
  });
});
