/** Evidence of a range, a deployment and an incident: what is in it, what is missing, and what another clone says. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Evidence } from '../../../src/aftermath';
import { rowsOf } from '../../../src/aftermath/evidence/row-ids-and-digests';
import { DEBTS_REF, DEPLOYMENTS_REF, PROMPTS_REF, RUNS_REF, SIGN_OFFS_REF } from '../../../src/provenance/commits';
import { evidence } from '../../../src/cli/verbs/evidence';
import { itInFull } from '../../support/full';
import { CLAUDE, commitWithNote } from '../../support/history';
import { INCIDENT_ID, playRelease, RUN_ID, type Release } from '../../support/release';
import { BOB, TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';

interface Statement {
  readonly _type: string;
  readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly predicateType: string;
  readonly predicate: Evidence;
}
const NOTES = ['refs/notes/ai', SIGN_OFFS_REF, DEBTS_REF, DEPLOYMENTS_REF, PROMPTS_REF, RUNS_REF];

describe('linekeeper evidence', function () {
  this.timeout(240_000);
  let release: Release;
  let file: string;
  before(async () => {
    release = await playRelease();
    file = release.test.outside('evidence.intoto.jsonl');
    const { code, err } = await run('v1.4..v1.5', '--out', file, '--key', release.keys.of('ada'));
    assert.equal(code, 0, err.join('\n'));
  });
  after(() => release.test.dispose());

  const run = (...words: string[]): Promise<VerbOutcome> =>
    callVerb(evidence, words, release.test.root, { now: release.now });
  const made = async (...words: string[]): Promise<Statement> => {
    const { code, out, err } = await run(...words, '--json');
    assert.equal(code, 0, err.join('\n'));
    return JSON.parse(out) as Statement;
  };
  const whats = ({ predicate }: Statement): readonly string[] =>
    rowsOf(predicate.rows, 'missing').map(({ what }) => what);
  /** Another clone, as an auditor makes one, with these notes. */
  const clone = async (name: string, refs: readonly string[], ...words: string[]): Promise<string> => {
    const folder = release.test.outside(name);
    const origin = `file://${release.test.root}`;
    await release.test.git('clone', '--quiet', ...words, origin, folder);
    for (const ref of refs) await release.test.run(['fetch', '--quiet', 'origin', `${ref}:${ref}`], { cwd: folder });
    return folder;
  };

  itInFull(
    'has every change of a range with authors, decision, approvals, findings, stages, incidents and debts',
    async () => {
      const { _type, subject, predicateType, predicate } = await made('v1.4..v1.5');
      const { signed, merge, unsigned, head, start } = release;
      assert.deepEqual([_type, predicateType], ['https://in-toto.io/Statement/v1', 'urn:linekeeper:evidence/v1']);
      assert.deepEqual(
        subject.map(({ name, digest }) => [name, digest]),
        [signed, merge, unsigned, head].map((commit) => [`git.example.com/acme/shop@${commit}`, { gitCommit: commit }]),
      );
      const { scope, rows } = predicate;
      assert.deepEqual(
        [scope.base, scope.head, scope.repository, scope.branch, scope.baseNames, scope.headNames],
        [start, head, 'git.example.com/acme/shop', 'main', ['refs/tags/v1.4'], ['refs/tags/v1.5']],
      );
      assert.deepEqual(
        rowsOf(rows, 'change').map(({ commit, broughtBy, added, sessions }) => [commit, broughtBy, added, sessions]),
        [
          [
            signed,
            merge,
            { ai: 2, human: 0, unknown: 0 },
            [{ ...CLAUDE, evidence: ['reported'], added: 2, removed: 2 }],
          ],
          [merge, merge, { ai: 0, human: 0, unknown: 0 }, []],
          [
            unsigned,
            unsigned,
            { ai: 4, human: 0, unknown: 0 },
            [{ assistant: 'kiro', model: 'kiro-1', session: 'k-1', evidence: ['reported'], added: 4, removed: 0 }],
          ],
          [head, head, { ai: 0, human: 1, unknown: 0 }, []],
        ],
      );
      const digests = new Set(rowsOf(rows, 'decision').map(({ policy }) => policy?.digest));
      assert.equal(digests.size, 1);
      assert.match([...digests][0] ?? '', /^sha256:[0-9a-f]{64}$/);
      assert.deepEqual(
        rowsOf(rows, 'decision').map(({ commit, verdict, tiers }) => [commit, verdict, tiers.map(({ name }) => name)]),
        [
          [merge, 'pass', ['critical']],
          [unsigned, 'fail', ['critical']],
          [head, 'pass', ['standard']],
        ],
      );
      assert.deepEqual(
        rowsOf(rows, 'approval').map(({ change, by, source, counts }) => [change, by, source, counts]),
        [
          [merge, 'ada@example.com', 'signed', true],
          [merge, 'Grace <grace@example.com>', 'message', false],
          [unsigned, 'Nobody', 'message', false],
        ],
      );
      assert.deepEqual(
        rowsOf(rows, 'sign-off').map(({ commit, by, valid }) => [commit, by, valid]),
        [[signed, ['ada@example.com'], true]],
      );
      assert.deepEqual(
        rowsOf(rows, 'finding').map(({ change, commit, rule }) => [change, commit, rule]),
        [[merge, signed, 'destructive/tf-address-changed']],
      );
      assert.deepEqual(
        rowsOf(rows, 'prompt').map(({ commit, session, prompt, excerpt }) => [commit, session, prompt, excerpt]),
        [[signed, 'c-1', `sha256:${'1'.repeat(64)}`, 'rename the table <b>now</b>']],
      );
      assert.deepEqual(
        rowsOf(rows, 'stage').map(({ stage, commit, at }) => [stage, commit, at]),
        [
          ['canary', head, '2026-03-07T09:00:00Z'],
          ['production', head, '2026-03-09T09:00:00Z'],
        ],
      );
      assert.deepEqual(
        rowsOf(rows, 'incident').map(({ incident, suspects, lessons }) => [incident, suspects, lessons]),
        [
          [
            INCIDENT_ID,
            [{ commit: signed, contribution: 'contributed' }],
            ['A table that is renamed is a new, empty one.'],
          ],
        ],
      );
      assert.deepEqual(
        rowsOf(rows, 'debt').map(({ commit, tiers, paid }) => [commit, tiers, paid]),
        [[unsigned, ['critical'], false]],
      );
      assert.deepEqual(
        rowsOf(rows, 'run').map(({ run: id, commit, relation, outcome, verb, requested, approvals, ended }) => [
          [id, commit, relation, outcome, verb, requested?.by],
          approvals.map(({ by, valid }) => [by, valid]),
          ended,
        ]),
        [
          [
            [RUN_ID, start, 'session', 'ran', 'destroy', 'bob@example.com'],
            [[['ada@example.com'], true]],
            { at: '2026-03-02T11:06Z', failed: false, exit: 0 },
          ],
        ],
      );
      assert.deepEqual(
        rowsOf(rows, 'exception').map(({ by, relation, minutes, tier }) => [by, relation, minutes, tier]),
        [['ada@example.com', 'time', 15, 'critical']],
      );
      assert.deepEqual(whats({ predicate } as Statement), ['forge', 'openers']);
    },
  );

  itInFull('made twice differs in nothing but the time', async () => {
    const [one, two] = [await made('v1.4..v1.5'), await made('v1.4..v1.5')];
    assert.deepEqual(one, two);
    const later = await callVerb(evidence, ['v1.4..v1.5', '--json'], release.test.root, {
      now: () => release.now() + 3_600_000,
    });
    assert.deepEqual((JSON.parse(later.out) as Statement).predicate.rows, one.predicate.rows);
    const again = release.test.outside('again.intoto.jsonl');
    await run('v1.4..v1.5', '--out', again, '--unsigned');
    await run('v1.4..v1.5', '--out', file, '--unsigned');
    assert.equal(readFileSync(again, 'utf8'), readFileSync(file, 'utf8'));
    await run('v1.4..v1.5', '--out', file, '--key', release.keys.of('ada'));
  });

  itInFull('takes a deployment by id or stage, and an incident by id or a part of it', async () => {
    for (const [word, kind] of [
      ['run-3', 'deployment'],
      ['production', 'deployment'],
      [INCIDENT_ID, 'incident'],
      ['orders-cannot', 'incident'],
    ] as const) {
      const { scope } = (await made(word)).predicate;
      assert.deepEqual([word, scope.kind, scope.base, scope.head], [word, kind, release.start, release.head]);
    }
    const first = await run('run-1');
    assert.equal(first.code, 2);
    assert.match(first.err.join(), /Nothing is recorded in production before .* Say what ran before with --from REV/);
    assert.match(
      (await run('nothing-like-it')).err.join(),
      /is no range A\.\.B, and no recorded deployment, stage or incident/,
    );
    assert.match((await run('v1.4..v9')).err.join(), /v9 is not a commit in this clone/);
  });

  itInFull('counts approvals from a file of the forge', async () => {
    const approvals = release.test.outside('approvals.json');
    writeFileSync(
      approvals,
      JSON.stringify([
        {
          by: 'grace@example.com',
          email: 'grace@example.com',
          commit: release.unsigned,
          state: 'approved',
          at: '2026-03-04T12:00:00Z',
        },
      ]),
    );
    const statement = await made('v1.4..v1.5', '--approvals', approvals);
    assert.deepEqual(
      rowsOf(statement.predicate.rows, 'decision').map(({ verdict }) => verdict),
      ['pass', 'pass', 'pass'],
    );
    assert.deepEqual(
      rowsOf(statement.predicate.rows, 'approval')
        .filter(({ source }) => source === 'forge')
        .map(({ change, by, counts }) => [change, by, counts]),
      [[release.unsigned, 'grace@example.com', true]],
    );
    assert.ok(!whats(statement).includes('forge'));
    const signed = release.test.outside('reviewed.intoto.jsonl');
    await run('v1.4..v1.5', '--approvals', approvals, '--out', signed, '--key', release.keys.of('ada'));
    const { code, out } = await run('verify', signed);
    assert.equal(code, 0, out);
    const [, summary = ''] = readFileSync(signed, 'utf8').split('\n');
    const { payload } = JSON.parse(summary) as { payload: string };
    assert.deepEqual(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')), {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        {
          uri: `https://git.example.com/acme/shop/commit/${release.head}`,
          digest: { gitCommit: release.head },
          annotations: { sourceRefs: ['refs/tags/v1.5'] },
        },
      ],
      predicateType: 'https://slsa.dev/verification_summary/v1',
      predicate: {
        verifier: { id: 'urn:linekeeper:gate' },
        timeVerified: '2026-03-20T09:00:00Z',
        resourceUri: 'git+https://git.example.com/acme/shop',
        policy: {
          uri: `git+https://git.example.com/acme/shop@${release.unsigned}#.linekeeper.yml`,
          digest: {
            sha256: rowsOf(statement.predicate.rows, 'decision').at(-1)?.policy?.digest.replace('sha256:', ''),
          },
        },
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_SOURCE_LEVEL_0', 'ORG_SOURCE_LINEKEEPER_POLICY'],
        slsaVersion: '1.2',
      },
    });
  });

  itInFull('verify says yes in another clone with the notes, and writes nothing there', async () => {
    const folder = await clone('audit', NOTES);
    const { code, out } = await callVerb(evidence, ['verify', file], folder);
    assert.equal(code, 0, out);
    assert.match(
      out,
      /ok {2}signature: Line 1 is signed by "ada@example.com", by the allowed signers of origin\/main here/,
    );
    assert.match(out, /ok {2}repository: This clone says the same, \d+ rows/);
  });

  itInFull('verify says what a clone without notes lacks, and does not call the file changed', async () => {
    const folder = await clone('bare-of-notes', []);
    const { code, out } = await callVerb(evidence, ['verify', file], folder);
    assert.equal(code, 2, out);
    for (const what of ['kept prompts', 'records of deployments', 'notes on who wrote what'])
      assert.match(out, new RegExp(`\\? {3}repository: \\d+ rows? can't be compared: this clone lacks ${what}`));
    assert.doesNotMatch(out, /NO /);
    const here = JSON.parse((await callVerb(evidence, ['v1.4..v1.5', '--json'], folder)).out) as Statement;
    for (const what of ['notes', 'sign-offs', 'stages', 'forge', 'runs']) assert.ok(whats(here).includes(what), what);
  });

  it("verify: takes the base branch's signers, and none of the branch here, when origin/HEAD is not known", async () => {
    const folder = await clone('one-branch', NOTES);
    for (const words of [
      ['remote', 'set-head', 'origin', '--delete'],
      ['rm', '--quiet', '.github/allowed_signers'],
      ['commit', '--quiet', '--message', 'No signers'],
    ])
      await release.test.run(words, { cwd: folder });
    const { out } = await callVerb(evidence, ['verify', file], folder);
    assert.match(out, /signed by "ada@example.com", by the allowed signers of origin\/main here/);
  });

  it('verify exits 2 in a clone with cut-off history', async () => {
    const folder = await clone('shallow', NOTES, '--depth', '3');
    const statement = JSON.parse((await callVerb(evidence, ['HEAD~1..HEAD', '--json'], folder)).out) as Statement;
    assert.ok(whats(statement).includes('history'));
    assert.deepEqual(
      rowsOf(statement.predicate.rows, 'decision').map(({ verdict, policy }) => [verdict, policy]),
      [['undecided', null]],
    );
    assert.match(
      rowsOf(statement.predicate.rows, 'missing').find(({ what }) => what === 'decisions')?.says ?? '',
      /For 1 change of 1 nothing could be decided, and dangers were not looked for/,
    );
    const { code, out } = await callVerb(evidence, ['verify', file, '--repo', folder], release.test.home);
    assert.equal(code, 2, out);
    assert.match(out, /is not in this clone, so nothing can be compared/);
  });

  itInFull('verify names a row that the repository no longer has', async () => {
    const folder = await clone('drifted', NOTES);
    const test = { cwd: folder };
    await release.test.run(['notes', '--ref', DEPLOYMENTS_REF, 'remove', release.head], test);
    const gone = await callVerb(evidence, ['verify', file], folder);
    assert.equal(gone.code, 1, gone.out);
    assert.match(
      gone.out,
      /NO {2}repository: The row stage "[0-9a-f]{40} canary .*" is in the file and not in this repository/,
    );
    await release.test.run(['fetch', '--quiet', 'origin', `+${DEPLOYMENTS_REF}:${DEPLOYMENTS_REF}`], test);
    await release.test.run(['notes', '--ref', 'ai', 'remove', release.signed], test);
    const other = await callVerb(evidence, ['verify', file], folder);
    assert.equal(other.code, 2, other.out); // its notes may be at the remote
    assert.match(other.out, /3 rows can't be compared: this clone lacks notes on who wrote what/);
  });

  it('verify names a row that was changed in the file, also with its digest kept', async () => {
    const folder = await clone('one-word', NOTES);
    const [line = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    const envelope = JSON.parse(line) as { readonly payload: string };
    const payload = Buffer.from(envelope.payload, 'base64').toString('utf8');
    const changed = payload.replace(/("requested":\{[^{}]*"by":")bob@/, '$1rob@');
    assert.notEqual(changed, payload);
    const other = release.test.outside('one-word.intoto.jsonl');
    writeFileSync(
      other,
      [JSON.stringify({ ...envelope, payload: Buffer.from(changed).toString('base64') }), ...rest].join('\n'),
    );
    const { code, out } = await callVerb(evidence, ['verify', other], folder);
    assert.equal(code, 1, out);
    assert.match(
      out,
      /NO {2}repository: The row run "[0-9a-f]+" differs from this repository: it has another requested/,
    );
    assert.doesNotMatch(out, /This clone says the same/);
  });

  itInFull('verify names a row of the repository that was left out of the file', async () => {
    const folder = await clone('left-out', NOTES);
    const at = Date.parse('2026-03-08T00:00:00Z');
    await release.test.run(
      [
        'notes',
        '--ref',
        DEPLOYMENTS_REF,
        'append',
        '-m',
        JSON.stringify({ v: 1, stage: 'canary', at: new Date(at).toISOString(), state: 'failed', id: 'run-9' }),
        release.head,
      ],
      { cwd: folder },
    );
    const { code, out } = await callVerb(evidence, ['verify', file], folder);
    assert.equal(code, 1, out);
    assert.match(
      out,
      /The row stage "[0-9a-f]{40} canary .* failed run-9" is in this repository and was left out of the file/,
    );
  });

  it('verify looks at the file alone in an unrelated repository', async () => {
    const other = await TestRepository.create();
    await other.commit('Else', { args: ['--allow-empty'] });
    const { code, out } = await callVerb(evidence, ['verify', file, '--allowed-signers', release.signers], other.root);
    await other.dispose();
    assert.equal(code, 0, out);
    assert.match(out, /The repository here has none of these commits, so only the file was looked at/);
  });

  it('--html writes a page with the statement and how to check it, without scripts', async () => {
    const page = release.test.outside('evidence.html');
    const { code, err } = await run('v1.4..v1.5', '--out', file, '--html', page, '--key', release.keys.of('ada'));
    assert.equal(code, 0, err.join());
    const text = readFileSync(page, 'utf8');
    for (const part of [
      'git.example.com/acme/shop, branch main',
      'asked for as v1.4..v1.5',
      'Made 2026-03-20T09:00:00Z',
      'ada@example.com',
      `linekeeper evidence verify ${path.basename(file)} --allowed-signers`,
      'rename the table &lt;b&gt;now&lt;/b&gt;',
      '@media print',
    ])
      assert.ok(text.includes(part), part);
    assert.doesNotMatch(text, /<script|user:secret|src=|href="http/);
    assert.match(text, /default-src 'none'; style-src 'nonce-[0-9a-f]{24}'/);
  });

  itInFull('asks for a signing key, and refuses one it cannot use', async () => {
    const out = release.test.outside('no.intoto.jsonl');
    assert.match(
      (await run('v1.4..v1.5', '--out', out)).err.join(),
      /No signing key is named\. Name an SSH key with --key FILE/,
    );
    const wrong = await run('v1.4..v1.5', '--out', out, '--key', release.test.outside('absent'));
    assert.equal(wrong.code, 2);
    assert.match(wrong.err.at(-1) ?? '', /could not sign/);
    assert.match((await run('verify', file, '--out', out)).err.join(), /--out is for making evidence/);
    assert.match(
      (await run('verify', release.test.outside('absent'))).err.join(),
      /can't be read: there is no such file/,
    );
  });

  itInFull('shows names and messages from outside as text', async () => {
    await release.test.git('checkout', '--quiet', '-b', 'odd', 'v1.5');
    await commitWithNote(release.test, {
      message: 'Odd \u001b[31m<script>alert(1)</script>\u202e',
      files: { 'src/<b>.ts': 'export const b = 1;\n' },
      as: { name: 'A <img src=x>', email: BOB.email },
      at: '2026-03-21T09:00:00Z',
      by: { assistant: 'kiro', model: '"><i>', session: '\u2066x' },
    });
    const page = release.test.outside('odd.html');
    const odd = release.test.outside('odd.intoto.jsonl');
    const { code, out } = await run('v1.5..odd', '--html', page, '--out', odd, '--key', release.keys.of('ada'));
    await release.test.git('checkout', '--quiet', 'main');
    assert.equal(code, 0);
    assert.doesNotMatch(out, /[\u001b\u202e\u2066]/);
    assert.doesNotMatch(readFileSync(page, 'utf8'), /<script|<img|<i>|[\u001b\u202e\u2066]/);
    assert.equal((await run('verify', odd)).code, 0);
  });
});
