import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { attributionByNotes, readDeployments } from '../../../src/aftermath';
import { deploy } from '../../../src/cli/verbs/deploy';
import { checkRange, noFindings, type Emergency } from '../../../src/review/gate';
import { addLineNotes, DEPLOYMENTS_REF, fetchLineNotes, pushLineNotes } from '../../../src/provenance/commits';
import { Repository } from '../../../src/git';
import { recordDebt, signOff } from '../../../src/review/gate/sign-offs';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote } from '../../support/history';
import { ADA, BOB, TestRepository, type Person } from '../../support/repository';
import { atTerminal } from '../../support/at-terminal';
import { SshKeys } from '../../support/ssh-keys';
import { callVerb, type VerbOutcome } from '../../support/verbs';

const GRACE: Person = { name: 'Grace', email: 'grace@example.com' };
const POLICY = `version: 1
people: { senior: [ada@example.com, grace@example.com], mid: [bob@example.com] }
aliases: { ada: [ada@example.com], bob: [bob@example.com], grace: [grace@example.com] }
unknown: human
tiers:
  - name: critical
    paths: ["infra/**"]
    rollout: { stages: [canary, staging, production], soak: 24h }
  - { name: standard, paths: ["**"] }
`;
const INCIDENT = `version: 1
title: Orders were down
began: 2026-03-01T10:00:00Z
state: open
paths: ["infra/orders/**"]
`;

describe('linekeeper deploy check', () => {
  let test: TestRepository;
  let start: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    start = await commitWithNote(test, {
      message: 'start',
      files: { 'infra/a.tf': 'one\n', 'src/a.ts': 'a\n' },
      as: ADA,
      at: '2026-03-01T08:00:00Z',
    });
  });
  afterEach(() => test.dispose());

  const at = (time: string): { readonly now: () => number } => ({ now: () => Date.parse(time) });
  const run = (time: string, ...words: string[]): Promise<VerbOutcome> => callVerb(deploy, words, test.root, at(time));
  const record = async (stage: string, ref: string, time: string): Promise<void> => {
    const { code, err } = await run('2026-03-30T00:00:00Z', 'record', '--stage', stage, '--ref', ref, '--at', time);
    assert.equal(code, 0, err.join());
  };
  const ai = (files: Readonly<Record<string, string>> = { 'infra/a.tf': 'one\ntwo\n' }): Promise<string> =>
    commitWithNote(test, { message: 'widen', files, as: BOB, at: '2026-03-02T08:00:00Z', by: CLAUDE });
  const check = (time: string, ...words: string[]): Promise<VerbOutcome> =>
    run(time, 'check', '--base', 'main', '--stage', 'production', ...words);

  itInFull('does not call unknown lines AI lines when the policy counts them as such', async () => {
    test.write('.linekeeper.yml', POLICY.replace('unknown: human', 'unknown: ai'));
    await test.commit('count unknown lines');
    await record('production', 'HEAD', '2026-03-01T09:00:00Z');
    test.write('infra/a.tf', 'one\nnobody knows\n');
    const unknown = await test.commit('unrecorded');
    const { out } = await check('2026-03-03T00:00:00Z', '--ref', unknown);
    assert.match(out, /1 commit with lines of unknown author, which the policy counts as AI's, has not been in canary/);
    const head = await ai({ 'infra/b.tf': 'by AI\n' });
    const both = await check('2026-03-03T00:00:00Z', '--ref', head);
    assert.match(
      both.out,
      /2 commits with lines that are AI's, or of unknown author and counted as AI's, have not been/,
    );
  });

  it("a deployment: waits for no commit without a recorder when the policy counts its lines as a person's", async () => {
    test.write('.linekeeper.yml', POLICY.replace('unknown: human', 'unknown: { default: ai, no-recorder: human }'));
    await test.commit('count unknown lines');
    await record('production', 'HEAD', '2026-03-01T09:00:00Z');
    test.write('infra/a.tf', 'one\nnobody knows\n');
    const unknown = await test.commit('unrecorded');
    const { code, out } = await check('2026-03-03T00:00:00Z', '--ref', unknown);
    assert.equal(code, 0, out);
  });

  const calendar = (more: string): string =>
    `freeze: [{from: 2026-03-03, to: 2026-03-05, tiers: [critical], ${more}reason: holidays}]\n`;

  itInFull('a deployment: held back while a freeze lasts, with its end, reason and what it lets pass', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    test.write('.linekeeper.yml', POLICY.replace('unknown:', `${calendar('except: [emergency], ')}unknown:`));
    await test.commit('freeze');
    const head = await commitWithNote(test, {
      message: 'by hand',
      files: { 'infra/a.tf': 'one\ntwo\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    const frozen = await check('2026-03-04T00:00:00Z', '--ref', head);
    assert.equal(frozen.code, 1, frozen.out);
    assert.match(frozen.out, /2026-03-05/);
    assert.match(frozen.out, /holidays/);
    const { frozen: tiers } = JSON.parse((await check('2026-03-04T00:00:00Z', '--ref', head, '--json')).out) as {
      readonly frozen: readonly unknown[];
    };
    assert.equal(tiers.length, 1);
    assert.equal((await check('2026-03-04T00:00:00Z', '--ref', head, '--emergency', 'outage')).code, 0);
    assert.equal((await check('2026-03-07T00:00:00Z', '--ref', head)).code, 0);
  });

  it('a deployment: let through in a freeze when only AI is held back and a person wrote it', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    test.write('.linekeeper.yml', POLICY.replace('unknown:', `${calendar('only: ai, ')}unknown:`));
    await test.commit('freeze');
    const byHand = await commitWithNote(test, {
      message: 'by hand',
      files: { 'infra/a.tf': 'one\ntwo\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    assert.equal((await check('2026-03-04T00:00:00Z', '--ref', byHand)).code, 0);
    const byAi = await ai({ 'infra/b.tf': 'by AI\n' });
    const { code, out } = await check('2026-03-04T00:00:00Z', '--ref', byAi);
    assert.equal(code, 1, out);
    assert.match(out, /holidays/);
  });

  it('a plan: what it destroys needs the approval of its tier before a deployment, and one that nobody can read is refused', async () => {
    const asks = POLICY.replace(
      'rollout:',
      'detect: [destructive]\n    review: { any: { from: senior, approvals: 1 } }\n    rollout:',
    );
    test.write('.linekeeper.yml', asks);
    const base = await test.commit('ask');
    await record('production', base, '2026-03-02T07:00:00Z');
    const head = await commitWithNote(test, {
      message: 'by hand',
      files: { 'infra/a.tf': 'one\ntwo\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    const put = (name: string, text: string): string => {
      test.write(`../${name}`, text);
      return `../${name}`;
    };
    const set = (action: string): string =>
      JSON.stringify({
        Changes: [
          { ResourceChange: { Action: action, LogicalResourceId: 'Orders', ResourceType: 'AWS::DynamoDB::Table' } },
        ],
      });
    const deployed = (...words: string[]): Promise<VerbOutcome> =>
      check('2026-03-04T00:00:00Z', '--ref', head, '--actor', 'bob', ...words);
    assert.equal((await deployed()).code, 0);
    const destroys = await deployed('--plan', put('change-set.json', set('Remove')));
    assert.equal(destroys.code, 1, destroys.out);
    assert.match(destroys.out, /The plan destroys Orders/);
    assert.equal((await deployed('--plan', put('change-set.json', set('Add')))).code, 0);
    assert.equal((await deployed('--plan', put('other.txt', 'Stack overflow\n'))).code, 2);
    const approvals = put('approvals.json', JSON.stringify([{ by: 'ada', commit: head, state: 'approved' }]));
    const approved = await deployed('--plan', put('change-set.json', set('Remove')), '--approvals', approvals);
    assert.equal(approved.code, 0, approved.out);
  });

  it('refuses a tag with the name of the base branch', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    const head = await ai();
    test.write('.linekeeper.yml', POLICY.replace('infra/**', 'elsewhere/**'));
    await test.git('tag', 'main', await test.commit('ask for nothing'));
    await test.git('reset', '--quiet', '--hard', head);
    const refused = await check('2026-03-03T00:00:00Z', '--ref', head);
    assert.equal(refused.code, 2, refused.out);
    assert.match(refused.err.join(), /refs\/heads\/main.*refs\/tags\/main/);
    assert.equal((await check('2026-03-03T00:00:00Z', '--ref', head, '--base', 'refs/heads/main')).code, 1);
  });

  itInFull('asks for the stages in order and the soak time, and says which commits wait until when', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    const head = await ai();
    const none = await check('2026-03-03T00:00:00Z', '--ref', head);
    assert.equal(none.code, 1, none.err.join());
    assert.match(none.out, /1 commit with AI lines has not been in canary: [0-9a-f]{10} widen \(claude-code\)\./);
    await record('canary', head, '2026-03-02T09:00:00Z');
    await record('staging', head, '2026-03-03T10:00:00Z');
    const soaking = await check('2026-03-03T12:00:00Z', '--ref', head);
    assert.equal(soaking.code, 1);
    assert.match(soaking.out, /must stay in staging until 2026-03-04T10:00:00Z/);
    assert.doesNotMatch(soaking.out, /canary/, 'its time there is over');
    assert.match(soaking.out, /It may from 2026-03-04T10:00:00Z\./);
    const passed = await check('2026-03-04T10:00:00Z', '--ref', head, '--json');
    assert.equal(passed.code, 0, passed.out);
    const json = JSON.parse(passed.out) as Record<string, unknown>;
    assert.deepEqual(
      [json['verdict'], json['stage'], json['ref'], json['from'], json['waiting']],
      ['pass', 'production', head, start, []],
    );
  });

  itInFull("asks nothing of people's commits, and nothing outside tiers with a rollout", async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    await commitWithNote(test, {
      message: 'by hand',
      files: { 'infra/a.tf': 'one\nmine\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    const head = await ai({ 'src/a.ts': 'a\nb\n' });
    assert.equal((await check('2026-03-02T09:00:00Z', '--ref', head)).code, 0);
  });

  itInFull('counts the soak from the last deployment without a rollback', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    const head = await ai();
    await record('staging', head, '2026-03-02T09:00:00Z');
    await record('canary', head, '2026-03-02T09:00:00Z');
    await record('canary', head, '2026-03-02T09:30:00Z');
    await record('canary', start, '2026-03-02T20:00:00Z');
    assert.match((await check('2026-03-04T00:00:00Z', '--ref', head)).out, /has not been in canary/);
    await record('canary', head, '2026-03-03T20:00:00Z');
    assert.match((await check('2026-03-04T00:00:00Z', '--ref', head)).out, /canary until 2026-03-04T20:00:00Z/);
  });

  itInFull('lets every rollback pass', async () => {
    const head = await ai();
    await record('production', head, '2026-03-02T09:00:00Z');
    assert.equal((await check('2026-03-02T10:00:00Z', '--ref', start)).code, 0);
  });

  itInFull('reports duplicate, disordered, future, unreadable and missing records', async () => {
    const head = await ai();
    await record('production', start, '2026-03-01T09:00:00Z');
    await run(
      '2026-03-30T00:00:00Z',
      'record',
      '--stage',
      'canary',
      '--ref',
      head,
      '--id',
      'run-7',
      '--at',
      '2026-03-02T10:00:00Z',
    );
    const twice = await run(
      '2026-03-30T00:00:00Z',
      'record',
      '--stage',
      'canary',
      '--ref',
      head,
      '--id',
      'run-7',
      '--at',
      '2026-03-02T11:00:00Z',
    );
    assert.match(twice.out, /^Recorded before/);
    assert.equal((await readDeployments(test.repository())).all.filter(({ stage }) => stage === 'canary').length, 1);
    assert.equal(
      (await run('2026-03-02T00:00:00Z', 'record', '--stage', 'canary', '--ref', head, '--at', '2026-03-03T00:00:00Z'))
        .code,
      2,
    );
    await addLineNotes(
      test.repository(),
      DEPLOYMENTS_REF,
      [
        {
          commit: head,
          text: JSON.stringify({ v: 1, stage: 'staging', at: '2030-01-01T00:00:00Z', state: 'deployed' }),
        },
        { commit: head, text: 'nonsense' },
        { commit: head, text: JSON.stringify({ v: 1, stage: '../x', at: '2026-03-01T00:00:00Z' }) },
      ],
      0,
    );
    const { code, out } = await check('2026-03-20T00:00:00Z', '--ref', head);
    assert.equal(code, 1);
    assert.match(out, /has not been in staging/);
    assert.match(out, /still to come: a clock is wrong somewhere/);
    assert.match(out, /2 deployment records can't be read/);
    await record('production', head, '2026-03-01T20:00:00Z');
    assert.match(
      (await check('2026-03-20T00:00:00Z', '--ref', head)).out,
      /before .*canary.*: the records are out of order/,
    );
  });

  itInFull("counts the soak from the commit's time when the record is older", async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    const head = await ai();
    for (const stage of ['canary', 'staging']) await record(stage, head, '2026-03-01T10:00:00Z');
    const { code, out } = await check('2026-03-02T12:00:00Z', '--ref', head);
    assert.equal(code, 1);
    assert.match(out, /until 2026-03-03T08:00:00Z/);
    assert.match(out, /a clock is wrong somewhere/);
  });

  it('exits 2 without a policy, a known stage or revision, or a record of what runs', async () => {
    const head = await ai();
    for (const words of [
      ['--ref', 'nowhere'],
      ['--ref', head, '--base', 'nowhere'],
    ])
      assert.equal((await check('2026-03-03T00:00:00Z', ...words)).code, 2);
    const wrong = await run('2026-03-03T00:00:00Z', 'check', '--base', 'main', '--stage', 'prod', '--ref', head);
    assert.deepEqual([wrong.code, /It has: canary, staging, production/.test(wrong.err.join())], [2, true]);
    const typo = await run('2026-03-03T00:00:00Z', 'record', '--stage', 'canery', '--ref', head);
    assert.deepEqual([typo.code, /Did you mean "canary"/.test(typo.err.join())], [2, true]);
    await test.git('rm', '-q', '.linekeeper.yml');
    await test.commit('no policy');
    assert.equal((await check('2026-03-03T00:00:00Z', '--ref', head)).code, 2);
  });

  itInFull('asks for one more sign-off while an incident is open', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    test.write('.linekeeper/incidents/2026-03-01-orders.yml', INCIDENT);
    await commitWithNote(test, {
      message: 'open the incident',
      files: { 'infra/b.tf': 'b\n' },
      as: ADA,
      at: '2026-03-01T11:00:00Z',
    });
    const other = await test.git('rev-parse', 'HEAD');
    assert.equal((await check('2026-03-02T00:00:00Z', '--ref', other)).code, 0, 'another path');
    const head = await commitWithNote(test, {
      message: 'mend',
      files: { 'infra/orders/db.tf': 'x\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    const no = await check('2026-03-02T10:00:00Z', '--ref', head);
    assert.equal(no.code, 1, no.err.join());
    assert.match(
      no.out,
      /critical: INC-2026-03-01-orders \("Orders were down"\) is open on infra\/orders\/db\.tf until \.linekeeper\/incidents\/2026-03-01-orders\.yml says "state: closed" on the base branch\. This needs a senior's sign-off\. A senior's sign-off is missing, because INC-2026-03-01-orders is open\. Sign with "linekeeper sign /,
    );
    const file = test.outside('approvals.json');
    const approve = (by: string): void => {
      writeFileSync(
        file,
        JSON.stringify([
          { by, email: `${by}@example.com`, commit: head, state: 'approved', at: '2026-03-02T09:00:00Z' },
        ]),
      );
    };
    approve('bob');
    assert.equal(
      (await check('2026-03-02T10:00:00Z', '--ref', head, '--actor', 'bob', '--approvals', file)).code,
      1,
      'not by whoever made it',
    );
    approve('grace');
    const yes = await check('2026-03-02T10:00:00Z', '--ref', head, '--actor', 'bob', '--approvals', file);
    assert.equal(yes.code, 0, yes.out + yes.err.join());
    assert.match(yes.out, /signed off by "?grace"?/);
  });

  itInFull('counts a signed sign-off, but not by the person who deploys', async () => {
    const keys = new SshKeys(test.home);
    test.write('.github/allowed_signers', keys.allowed(['ada', 'grace', 'bob']));
    const from = await commitWithNote(test, { message: 'signers', files: {}, as: ADA, at: '2026-03-01T08:30:00Z' });
    await record('production', from, '2026-03-01T09:00:00Z');
    test.write('.linekeeper/incidents/2026-03-01-orders.yml', INCIDENT);
    const head = await commitWithNote(test, {
      message: 'mend',
      files: { 'infra/orders/db.tf': 'x\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    const repository = test.repository();
    const signAs = async (who: string): Promise<void> => {
      const result = await checkRange({
        repository,
        base: from,
        head,
        actor: null,
        beforehand: true,
        approvals: [],
        policyAt: head,
        teams: {},
        attributionOf: attributionByNotes(repository, Date.now),
        findingsOf: noFindings,
        floors: [],
      });
      await signOff(repository, { result, tiers: ['critical'], key: keys.of(who), now: Date.now() });
    };
    const now = new Date().toISOString();
    await signAs('bob');
    const own = await check(now, '--ref', head, '--actor', 'bob');
    assert.equal(own.code, 1, own.err.join());
    assert.match(own.out, /bob@example\.com"?'s does not count: it is by/);
    await signAs('grace');
    const nobody = await check(now, '--ref', head);
    assert.deepEqual([nobody.code, /person who asks for this deployment/.test(nobody.err.join())], [2, true]);
    const yes = await check(now, '--ref', head, '--actor', 'bob');
    assert.equal(yes.code, 0, yes.out + yes.err.join());
    assert.match(yes.out, /INC-2026-03-01-orders is open; signed off by "?grace@example\.com/);
    assert.equal((await check(now, '--ref', head, '--actor', 'grace')).code, 1, 'not by whoever asks for it');
  });

  itInFull("counts a sign-off by the incident file's author, unless that person also wrote the fix", async () => {
    const keys = new SshKeys(test.home);
    test.write('.github/allowed_signers', keys.allowed(['ada', 'grace', 'bob']));
    const strict = POLICY.replace('    rollout', '    review: { any: { from: senior, approvals: 3 } }\n    rollout');
    test.write('.linekeeper.yml', strict);
    const from = await commitWithNote(test, { message: 'signers', files: {}, as: ADA, at: '2026-03-01T08:30:00Z' });
    await record('production', from, '2026-03-01T09:00:00Z');
    await commitWithNote(test, {
      message: 'mend',
      files: { 'infra/orders/db.tf': 'b\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    const head = await commitWithNote(test, {
      message: 'write the outage down',
      files: { '.linekeeper/incidents/2026-03-01-orders.yml': INCIDENT },
      as: GRACE,
      at: '2026-03-02T09:00:00Z',
    });
    await test.git('config', 'user.signingKey', keys.of('grace'));
    const words = ['sign', `${from}..${head}`, '--base', 'main'];
    const signed = await atTerminal(test, words, { answers: 'yes\n' });
    assert.match(signed.stdout, /Signed\./);
    assert.match(signed.stdout, /requires a senior's sign-off/);
    assert.doesNotMatch(signed.stdout, /Still missing/, 'what the change itself needed was given when it was merged');
    const now = new Date().toISOString();
    const yes = await check(now, '--ref', head, '--actor', 'bob');
    assert.equal(yes.code, 0, yes.out + yes.err.join());
    assert.match(yes.out, /is open; signed off by "?grace@example\.com/);
    test.write('infra/orders/db.tf', 'c\n');
    test.write('.linekeeper/incidents/2026-03-01-orders.yml', `${INCIDENT}summary: S\n`);
    const both = await test.commit('mend and write down', { as: GRACE });
    const no = await check(now, '--ref', both, '--actor', 'bob');
    assert.equal(no.code, 1, 'who also mended it has a hand in it');
  });

  it('asks for more when an incident file cannot be read', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    test.write('.linekeeper/incidents/2026-03-01-orders.yml', 'state: [');
    const head = await commitWithNote(test, {
      message: 'mend',
      files: { 'docs/a.md': 'x\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    const no = await check('2026-03-02T10:00:00Z', '--ref', head);
    assert.equal(no.code, 1, no.err.join());
    assert.match(no.out, /standard: \.linekeeper\/incidents\/2026-03-01-orders\.yml can't be read \(line 1/);
  });

  itInFull("fails while an emergency's sign-off is owed, except for a rollback", async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    const head = await commitWithNote(test, {
      message: 'mend',
      files: { 'src/a.ts': 'b\n' },
      as: BOB,
      at: '2026-03-02T08:00:00Z',
    });
    await recordDebt(test.repository(), {
      base: start,
      head,
      emergency: {
        tiers: ['critical'],
        reason: 'orders are down',
        by: ['ada'],
        people: ['bob@example.com'],
      } as unknown as Emergency,
      now: Date.parse('2026-03-02T08:00:00Z'),
    });
    const { code, out } = await check('2026-03-05T10:00:00Z', '--ref', head);
    assert.equal(code, 1, out);
    assert.match(out, /A senior's sign-off for critical/);
    assert.equal((await check('2026-03-05T10:00:00Z', '--ref', start)).code, 0);
    const due = await check('2026-03-02T10:00:00Z', '--ref', head);
    assert.equal(due.code, 1, 'not overdue, and in this deployment');
    assert.match(due.out, /is due on .*Sign with "linekeeper sign .*Until then --emergency REASON lets it go out\./);
    const out2 = await check('2026-03-02T10:00:00Z', '--ref', head, '--emergency', 'orders are still down');
    assert.equal(out2.code, 0, out2.out);
    assert.match(out2.out, /The emergency \("orders are still down"\) does not wait for this: A senior's sign-off/);
    assert.equal((await check('2026-03-05T10:00:00Z', '--ref', head, '--emergency', 'x')).code, 1, 'overdue ones stay');
  });

  describe('an emergency', () => {
    const owe = (head: string): Promise<unknown> =>
      recordDebt(test.repository(), {
        base: start,
        head,
        emergency: { tiers: ['critical'], reason: 'orders are down', by: ['ada'], people: [] } as unknown as Emergency,
        now: Date.parse('2026-03-02T08:30:00Z'),
      });
    const outage = (head: string): Promise<VerbOutcome> =>
      check('2026-03-02T09:00:00Z', '--ref', head, '--emergency', 'orders are down');

    it('a deployment: goes out without its soak time when it has only what the emergency merged', async () => {
      await record('production', start, '2026-03-01T09:00:00Z');
      await ai();
      const head = await ai({ 'infra/b.tf': 'by AI\n' });
      assert.equal((await outage(head)).code, 1, 'nothing was let through by the check');
      await owe(head);
      assert.equal((await check('2026-03-02T09:00:00Z', '--ref', head)).code, 1, 'nobody says that it is an outage');
      const { code, out } = await outage(head);
      assert.equal(code, 0, out);
      assert.match(out, /^Pass: /);
      assert.match(out, /The emergency does not wait for the soak time of [0-9a-f]{10} widen, [0-9a-f]{10} widen\./);
    });

    it('a deployment: waits for other commits when the emergency did not merge them', async () => {
      await record('production', start, '2026-03-01T09:00:00Z');
      const head = await ai();
      await owe(head);
      const next = await commitWithNote(test, {
        message: 'tune',
        files: { 'infra/c.tf': 'by AI\n' },
        as: BOB,
        at: '2026-03-02T08:40:00Z',
        by: CLAUDE,
      });
      const { code, out } = await outage(next);
      assert.equal(code, 1, out);
      assert.match(out, /1 commit with AI lines has not been in canary: [0-9a-f]{10} tune/);
      assert.doesNotMatch(out, /not been in canary: .*widen/);
      assert.match(
        out,
        /The emergency waits for the soak time of [0-9a-f]{10} tune: no "linekeeper check --emergency" let that through/,
      );
    });

    itInFull('a deployment: goes out without its soak time when the emergency was rebased', async () => {
      await test.git('checkout', '--quiet', '-b', 'topic');
      await ai();
      const head = await ai({ 'infra/b.tf': 'by AI\n' });
      await owe(head);
      await test.git('checkout', '--quiet', 'main');
      const before = await commitWithNote(test, {
        message: 'n',
        files: { 'src/b.ts': 'b\n' },
        as: BOB,
        at: '2026-03-01T08:30:00Z',
      });
      await record('production', before, '2026-03-01T09:00:00Z');
      await ai();
      const rebased = await ai({ 'infra/b.tf': 'by AI\n' });
      const { code, out } = await outage(rebased);
      assert.equal(code, 0, out);
    });
  });

  itInFull("finds an emergency's change in a squash, and fails when its commit is not in the clone", async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    const owe = (base: string, head: string): Promise<unknown> =>
      recordDebt(test.repository(), {
        base,
        head,
        emergency: { tiers: ['critical'], reason: 'orders are down', by: ['ada'], people: [] } as unknown as Emergency,
        now: Date.parse('2026-03-02T08:00:00Z'),
      });
    const by = (message: string, files: Readonly<Record<string, string>>): Promise<string> =>
      commitWithNote(test, { message, files, as: BOB, at: '2026-03-02T07:00:00Z' });
    await test.git('checkout', '--quiet', '-b', 'topic');
    await by('half', { 'src/a.ts': 'a\nb\n' });
    const topic = await by('mend', { 'src/a.ts': 'a\nb\nc\n' });
    await owe(start, topic);
    await test.git('checkout', '--quiet', 'main');
    const other = await by('other', { 'src/b.ts': 'b\n' });
    assert.equal((await check('2026-03-02T10:00:00Z', '--ref', other)).code, 0, 'another change');
    const squashed = await by('mend (#7)', { 'src/a.ts': 'a\nb\nc\n' });
    const { code, out } = await check('2026-03-02T10:00:00Z', '--ref', squashed);
    assert.deepEqual([code, /A senior's sign-off for critical/.test(out)], [1, true], out);
    await record('production', squashed, '2026-03-02T10:10:00Z');
    const next = await by('next', { 'src/b.ts': 'c\n' });
    assert.equal((await check('2026-03-02T10:20:00Z', '--ref', next)).code, 0, 'it is there already');
    await test.git('branch', '-qD', 'topic');
    await test.git('reflog', 'expire', '--expire=now', '--all');
    await test.git('gc', '--quiet', '--prune=now');
    const gone = await check('2026-03-02T10:20:00Z', '--ref', next);
    assert.equal(gone.code, 1, gone.out);
    assert.match(gone.out, /is not in this clone, so it isn't known whether this deployment has it/);
  });

  itInFull('prints annotations for GitHub Actions', async () => {
    await record('production', start, '2026-03-01T09:00:00Z');
    const head = await ai();
    assert.match(
      (await check('2026-03-03T00:00:00Z', '--ref', head, '--format', 'github')).out,
      /^::error title=Linekeeper deployment::critical: 1 commit/m,
    );
  });

  itInFull('records of several processes and clones are merged without loss', async () => {
    const head = await ai();
    const lines = Array.from({ length: 6 }, (_, n) => ({
      commit: head,
      text: JSON.stringify({ v: 1, stage: 'canary', at: `2026-03-0${String(n + 1)}T00:00:00Z`, state: 'deployed' }),
    }));
    await Promise.all(lines.map((line) => addLineNotes(test.repository(), DEPLOYMENTS_REF, [line], 0)));
    assert.equal((await readDeployments(test.repository())).all.length, 6);
    const remote = test.outside('remote.git');
    await test.git('init', '--quiet', '--bare', remote);
    await test.git('remote', 'add', 'origin', remote);
    await test.git('push', '--quiet', 'origin', 'main');
    await pushLineNotes(test.repository(), [DEPLOYMENTS_REF], 'origin');
    const clone = test.outside('clone');
    await test.git('clone', '--quiet', remote, clone);
    const other = Repository.find(clone) ?? assert.fail('no clone');
    await addLineNotes(
      other,
      DEPLOYMENTS_REF,
      [{ commit: head, text: JSON.stringify({ v: 1, stage: 'staging', at: '2026-03-09T00:00:00Z' }) }],
      0,
    );
    assert.equal((await fetchLineNotes(other, [DEPLOYMENTS_REF], 'origin')).received, 6);
    assert.deepEqual(await pushLineNotes(other, [DEPLOYMENTS_REF], 'origin'), { received: 0, sent: 1 });
    assert.deepEqual(await fetchLineNotes(test.repository(), [DEPLOYMENTS_REF], 'origin'), { received: 1, sent: 0 });
    assert.equal((await readDeployments(test.repository())).all.length, 7);
  });
});
