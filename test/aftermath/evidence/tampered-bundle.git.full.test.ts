/**
 * Thirty ways to change a bundle of evidence: by somebody without a key, with a key of their own, and with one that
 * counts. Each is named in the answer.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { verifyBundle, type Evidence, type Signers, type Verification } from '../../../src/aftermath';
import { canonical } from '../../../src/aftermath/evidence/canonical-json-and-duplicate-keys';
import {
  EVIDENCE_NAMESPACE,
  envelopeLine,
  preAuthentication,
  type Envelope,
} from '../../../src/aftermath/evidence/sign-dsse-envelope';
import { countsOf, digestOfRows, rowDigest } from '../../../src/aftermath/evidence/row-ids-and-digests';
import { summaryOf } from '../../../src/aftermath/evidence/in-toto-and-slsa-statements';
import type { Row } from '../../../src/aftermath/evidence/row-fields-by-kind';
import { evidence } from '../../../src/cli/verbs/evidence';
import { armored, signText, unarmored } from '../../../src/base/signatures';
import { playRelease, type Release } from '../../support/release';
import { callVerb } from '../../support/verbs';

type Json = Record<string, unknown>;
interface Statement extends Json {
  subject: Json[];
  predicate: Omit<Evidence, 'rows' | 'counts' | 'digest'> & { rows: (Json & Row)[]; counts: Json; digest: string };
}

describe('linekeeper evidence verify --file-only', function () {
  this.timeout(240_000);
  let release: Release;
  let text: string;
  let signers: Signers;
  before(async () => {
    release = await playRelease();
    const file = release.test.outside('evidence.intoto.jsonl');
    const { code, err } = await callVerb(
      evidence,
      ['v1.4..v1.5', '--out', file, '--key', release.keys.of('ada')],
      release.test.root,
      { now: release.now },
    );
    assert.equal(code, 0, err.join('\n'));
    text = readFileSync(file, 'utf8');
    signers = { text: release.keys.allowed(['ada']), name: 'signers' };
  });
  after(() => release.test.dispose());

  const lines = (): readonly string[] => text.trimEnd().split('\n');
  const envelopes = (): Envelope[] => lines().map((line) => JSON.parse(line) as Envelope);
  const payloadOf = (line: string): string =>
    Buffer.from((JSON.parse(line) as Envelope).payload, 'base64').toString('utf8');
  /** The first line's envelope changed, without a new signature. */
  const envelope = (change: (one: Json) => unknown): string => {
    const [first, ...rest] = envelopes() as readonly object[] as Json[];
    assert.ok(first);
    return [change(first) ?? first, ...rest].map((one) => `${canonical(one)}\n`).join('');
  };
  /** The statement changed; digests, counts and subjects too, if `whole`, as somebody who knows the format does. */
  const statement = (
    change: (one: Statement) => void,
    { by, whole = false }: { readonly by?: string; readonly whole?: boolean } = {},
  ): string => {
    const [first = '', ...rest] = lines();
    const bundle = JSON.parse(payloadOf(first)) as Statement;
    change(bundle);
    if (whole) {
      bundle.predicate.rows = bundle.predicate.rows.map((row) => ({ ...row, digest: rowDigest(row) }));
      bundle.predicate.counts = countsOf(bundle.predicate.rows);
      bundle.predicate.digest = digestOfRows(bundle.predicate.rows);
    }
    const payload = canonical(bundle);
    if (by === undefined)
      return [canonical({ ...envelopes()[0], payload: Buffer.from(payload).toString('base64') }), ...rest, ''].join(
        '\n',
      );
    const summary = whole ? summaryOf(bundle.predicate) : null;
    return `${envelopeLine(payload, { with: 'ssh', key: release.keys.of(by) })}${summary === null ? rest.map((one) => `${one}\n`).join('') : envelopeLine(canonical(summary), { with: 'ssh', key: release.keys.of(by) })}`;
  };
  const rowsIn = (bundle: Statement, kind: Row['kind']): (Json & Row)[] =>
    bundle.predicate.rows.filter((row) => row.kind === kind);
  const removed = (kind: Row['kind']) => (bundle: Statement) => {
    const [gone] = rowsIn(bundle, kind);
    assert.ok(gone, kind);
    bundle.predicate.rows = bundle.predicate.rows.filter((row) => row !== gone);
  };
  const passed = (bundle: Statement): void => {
    for (const row of rowsIn(bundle, 'decision')) (row as Json)['verdict'] = 'pass';
  };

  const found = (changed: string, by: Signers | null = signers): Verification => verifyBundle(changed, by);
  const says = ({ checks, notices }: Verification): string =>
    [
      ...checks.filter(({ answer }) => answer !== 'yes').map(({ what, says: one }) => `${what}: ${one}`),
      ...notices,
    ].join('\n');

  it('says yes to an unchanged file, also reformatted and with a foreign statement', () => {
    assert.deepEqual([found(text).verdict, says(found(text))], ['yes', '']);
    const other = envelopeLine(canonical({ _type: 'x', predicateType: 'https://slsa.dev/provenance/v1' }), null);
    const more = found(`${text}${other}{"mediaType":"else"}\n`);
    assert.equal(more.verdict, 'yes');
    assert.match(says(more), /statement of type "https:\/\/slsa.dev\/provenance\/v1", which is not looked at/);
  });

  const cases: Readonly<Record<string, readonly [() => string, 'no' | 'unknown', RegExp]>> = {
    'a verdict in the payload': [
      () => statement(passed),
      'no',
      /rows: Row \d+ \(decision "[0-9a-f]{40}"\) was changed[^]*signature: The signature of line 1 does not match its payload/,
    ],
    'a verdict, with all digests made again': [
      () => statement(passed, { whole: true }),
      'no',
      /decisions: The decision on "[0-9a-f]{40}" is "pass", which its own requirements contradict[^]*signature/,
    ],
    'a verdict and its requirement, signed again by a stranger': [
      () =>
        statement(
          (bundle) => {
            passed(bundle);
            for (const row of bundle.predicate.rows)
              if (row.kind === 'decision')
                for (const tier of row.tiers)
                  for (const one of tier.required) Object.assign(one, { satisfied: true, by: [], missing: '' });
          },
          { by: 'mallory', whole: true },
        ),
      'no',
      /signer: Line 1 is signed by the key SHA256:\S+, which is not among signers/,
    ],
    'a requirement that nobody met, signed by one who may': [
      () =>
        statement(
          (bundle) => {
            passed(bundle);
            for (const row of bundle.predicate.rows)
              if (row.kind === 'decision')
                for (const tier of row.tiers)
                  for (const one of tier.required)
                    Object.assign(one, { satisfied: true, by: ['grace@example.com'], missing: '' });
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /decisions: The decision on "[0-9a-f]{40}" counts an approval by "grace@example.com" that no row has/,
    ],
    'the signature': [
      () =>
        envelope((one) => {
          const [signature] = one['signatures'] as { sig: string }[];
          assert.ok(signature);
          const bytes = Buffer.from(signature.sig, 'base64');
          bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3);
          signature.sig = bytes.toString('base64');
        }),
      'no',
      /signature: The signature of line 1 does not match its payload/,
    ],
    'a signature of another text by the same key': [
      () =>
        envelope((one) => {
          one['signatures'] = envelopes()[1]?.signatures;
        }),
      'no',
      /signature: The signature of line 1 does not match its payload/,
    ],
    'a signature that is none': [
      () => envelope((one) => void (one['signatures'] = [{ sig: 'AAAA' }])),
      'no',
      /signature: A signature of line 1 is no SSH signature/,
    ],
    'a signature of another shape': [
      () => envelope((one) => void (one['signatures'] = ['AAAA'])),
      'no',
      /signature: Line 1 has a signature that is not written as one/,
    ],
    'a signature that was given for something else': [
      () =>
        envelope((one) => {
          const payload = payloadOf(lines()[0] ?? '');
          const signature = signText(preAuthentication('application/vnd.in-toto+json', payload), {
            key: release.keys.of('ada'),
            namespace: 'linekeeper-sign-off',
          });
          one['signatures'] = [{ sig: unarmored(signature).toString('base64') }];
        }),
      'no',
      /signature: The signature of line 1 was given for "linekeeper-sign-off", not for evidence/,
    ],
    'a signature over the payload without its type': [
      () =>
        envelope((one) => {
          const signature = signText(payloadOf(lines()[0] ?? ''), {
            key: release.keys.of('ada'),
            namespace: EVIDENCE_NAMESPACE,
          });
          one['signatures'] = [{ sig: unarmored(signature).toString('base64') }];
        }),
      'no',
      /signature: The signature of line 1 does not match its payload/,
    ],
    'no signature': [
      () => envelope((one) => void (one['signatures'] = [])),
      'unknown',
      /signature: Nobody signed line 1, so anybody may have written it/,
    ],
    'one more signature, of nothing': [
      () =>
        envelope((one) => {
          one['signatures'] = [...(one['signatures'] as Json[]), ...(envelopes()[1]?.signatures ?? [])];
        }),
      'no',
      /signature: The signature of line 1 does not match its payload/,
    ],
    'the key': [
      () => statement(() => undefined, { by: 'mallory' }),
      'no',
      /signer: Line 1 is signed by the key SHA256:\S+, which is not among signers, or was not valid when it was made/,
    ],
    'the id of the key': [
      () =>
        envelope((one) => {
          for (const signature of one['signatures'] as Json[]) signature['keyid'] = 'SHA256:another';
        }),
      'no',
      /key: Line 1 names the key "SHA256:another", and SHA256:\S+ made the signature/,
    ],
    'the type of the payload': [
      () => envelope((one) => void (one['payloadType'] = 'application/json')),
      'no',
      /payload type: Line 1 says that its payload is "application\/json"/,
    ],
    'a payload that is not base64': [
      () => envelope((one) => void (one['payload'] = `${String(one['payload']).slice(4)}!`)),
      'no',
      /payload: The payload of line 1 is not base64/,
    ],
    'a payload that is not UTF-8': [
      () => envelope((one) => void (one['payload'] = Buffer.from([0x7b, 0xff, 0x7d]).toString('base64'))),
      'no',
      /payload: The payload of line 1 is not UTF-8/,
    ],
    'an envelope without a payload': [
      () => envelope(({ payload: _, ...one }) => one),
      'no',
      /file: Line 1 is no DSSE envelope: payload is missing/,
    ],
    'the digest of a subject': [
      () =>
        statement(
          (bundle) => void (bundle.subject[0] = { ...bundle.subject[0], digest: { gitCommit: '0'.repeat(40) } }),
          {
            by: 'ada',
          },
        ),
      'no',
      /subjects: Subject 1 is .*; by the rows it is "[0-9a-f]{40}"/,
    ],
    'one subject less': [
      () => statement((bundle) => void bundle.subject.pop(), { by: 'ada' }),
      'no',
      /subjects: Subject 4 is "null"/,
    ],
    'one subject more': [
      () =>
        statement((bundle) => void bundle.subject.push({ name: 'x', digest: { gitCommit: '1'.repeat(40) } }), {
          by: 'ada',
        }),
      'no',
      /subjects: Subject 5 is .*; by the rows it is "none"/,
    ],
    'a row removed': [
      () => statement(removed('finding'), { by: 'ada' }),
      'no',
      /rows: It counts "1" rows of kind "finding" and has 0[^]*The digest over all rows is of others/,
    ],
    'a change removed, with all digests made again': [
      () =>
        statement(
          (bundle) => {
            removed('change')(bundle);
            bundle.subject.shift();
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /rows: Row \d+ \(prompt .*\) is about "[0-9a-f]{40}", of which there is no row/,
    ],
    'a decision removed, with all digests made again': [
      () => statement(removed('decision'), { by: 'ada', whole: true }),
      'no',
      /decisions: There is no decision on "[0-9a-f]{40}"/,
    ],
    'a sign-off removed, with all digests made again': [
      () => statement(removed('sign-off'), { by: 'ada', whole: true }),
      'no',
      /approvals: The sign-off by "ada@example.com" on "[0-9a-f]{40}" counts, and its signature is not among the rows/,
    ],
    'a row added': [
      () =>
        statement(
          (bundle) => {
            const [one] = rowsIn(bundle, 'stage');
            bundle.predicate.rows.push({ ...one, id: 'other' } as Json & Row);
          },
          { by: 'ada' },
        ),
      'no',
      /rows: Row \d+ \(stage "other"\) was changed/,
    ],
    'a row twice, with all digests made again': [
      () =>
        statement(
          (bundle) => {
            const at = bundle.predicate.rows.findIndex((row) => row.kind === 'stage');
            const one = bundle.predicate.rows[at];
            assert.ok(one);
            bundle.predicate.rows.splice(at, 0, one);
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /rows: Row \d+ \(stage .*\) is there twice/,
    ],
    'rows in another order': [
      () => statement((bundle) => void bundle.predicate.rows.reverse(), { by: 'ada' }),
      'no',
      /rows: The digest over all rows is of others[^]*is not where Linekeeper writes it/,
    ],
    'changes in another order, with all digests made again': [
      () =>
        statement(
          (bundle) => {
            const rows = rowsIn(bundle, 'change').reverse();
            bundle.predicate.rows = [...rows, ...bundle.predicate.rows.filter(({ kind }) => kind !== 'change')];
            bundle.subject.reverse();
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /rows: Row \d+ \(change .*\) comes before its parents: rows were moved/,
    ],
    'lines of AI that become a person’s, with all digests made again': [
      () =>
        statement(
          (bundle) => {
            for (const row of bundle.predicate.rows)
              if (row.kind === 'change') Object.assign(row, { added: { ai: 0, human: row.added.ai, unknown: 0 } });
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /rows: Row \d+ \(change .*\) has another number of AI lines than its sessions/,
    ],
    'a signed sign-off for another commit': [
      () =>
        statement(
          (bundle) => {
            for (const row of bundle.predicate.rows)
              if (row.kind === 'sign-off')
                Object.assign(row, { text: row.text.replace(/"head":"\w{8}/, '"head":"00000000') });
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /sign-offs: The sign-off on "[0-9a-f]{40}" by "ada@example.com" is for something else/,
    ],
    'the policy in a signed sign-off': [
      () =>
        statement(
          (bundle) => {
            for (const row of bundle.predicate.rows)
              if (row.kind === 'sign-off')
                Object.assign(row, { text: row.text.replace(/"policy":"sha256:\w{8}/, '"policy":"sha256:00000000') });
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /sign-offs: The signature of the sign-off on "[0-9a-f]{40}" by "ada@example.com" is not of its text/,
    ],
    'the approval of a run, which becomes one of another': [
      () =>
        statement(
          (bundle) => {
            for (const row of rowsIn(bundle, 'run')) Object.assign(row, { run: 'ffffffffffff', id: 'ffffffffffff' });
          },
          { by: 'ada', whole: true },
        ),
      'no',
      /sign-offs: The approval of the run "ffffffffffff" by "ada@example.com" is for something else/,
    ],
    'a key that the payload has twice': [
      () => {
        const payload = payloadOf(lines()[0] ?? '').replace('"version":1', '"version":1,"version":1');
        return [
          envelopeLine(payload, { with: 'ssh', key: release.keys.of('ada') }).trimEnd(),
          ...lines().slice(1),
          '',
        ].join('\n');
      },
      'no',
      /payload: The payload of line 1 has the key "version" twice/,
    ],
    'a key that the envelope has twice': [
      () => text.replace('{"payload":', '{"payload":"e30=","payload":'),
      'no',
      /file: Line 1 has the key "payload" twice/,
    ],
    'the form of the payload': [
      () => {
        const payload = JSON.stringify(JSON.parse(payloadOf(lines()[0] ?? '')), null, 1);
        return [
          envelopeLine(payload, { with: 'ssh', key: release.keys.of('ada') }).trimEnd(),
          ...lines().slice(1),
          '',
        ].join('\n');
      },
      'no',
      /payload: The statement of line 1 is not in the form that Linekeeper writes/,
    ],
    'another type of statement': [
      () => statement((bundle) => void (bundle['_type'] = 'https://in-toto.io/Statement/v0.1'), { by: 'ada' }),
      'no',
      /statement: The statement of line 1 is of type "https:\/\/in-toto.io\/Statement\/v0.1"/,
    ],
    'an unknown predicate': [
      () => statement((bundle) => void (bundle['predicateType'] = 'urn:linekeeper:evidence/v9'), { by: 'ada' }),
      'unknown',
      /file: It holds no evidence that this version can read: its predicateType is "urn:linekeeper:evidence\/v9"/,
    ],
    'another version': [
      () => statement((bundle) => void Object.assign(bundle.predicate, { version: 2 }), { by: 'ada' }),
      'unknown',
      /evidence: It is of version "2"/,
    ],
    'a row of an unknown kind': [
      () => statement((bundle) => void Object.assign(bundle.predicate.rows[0] ?? {}, { kind: 'wish' }), { by: 'ada' }),
      'unknown',
      /rows: It has rows of kind "wish", which this Linekeeper does not know/,
    ],
    'a row without a field': [
      () =>
        statement((bundle) => void Reflect.deleteProperty(bundle.predicate.rows[0] ?? {}, 'sessions'), { by: 'ada' }),
      'no',
      /rows: Row 1 \(change "[0-9a-f]{40}"\) has no sessions/,
    ],
    'the summary for SLSA removed': [() => `${lines()[0] ?? ''}\n`, 'no', /summary: Its summary for SLSA was removed/],
    'the result in the summary for SLSA': [
      () => {
        const payload = payloadOf(lines()[1] ?? '').replace('"FAILED"', '"PASSED"');
        return `${lines()[0] ?? ''}\n${envelopeLine(payload, { with: 'ssh', key: release.keys.of('ada') })}`;
      },
      'no',
      /summary: The summary for SLSA says something else than the evidence/,
    ],
    'a second bundle behind the first': [() => `${text}${text}`, 'no', /file: It has 2 statements of evidence/],
    'a file that was cut off': [
      () => text.slice(0, Math.floor(text.length / 3)),
      'no',
      /file: Line 1 is no JSON: it was cut off/,
    ],
    'something else altogether': [() => '[1, 2]\n', 'no', /file: Line 1 is no envelope, but "\[1,2\]"/],
    nothing: [() => '', 'unknown', /file: It is empty, or holds no statement/],
    'very many lines': [() => '{"x":1}\n'.repeat(5_000), 'no', /file: It has 5000 lines; a bundle has one or two/],
    'very deep': [() => `${'['.repeat(200_000)}${']'.repeat(200_000)}\n`, 'no', /file: Line 1 is nested too deep/],
  };

  for (const [title, [change, answer, named]] of Object.entries(cases))
    it(`says ${answer === 'no' ? 'no' : "that it can't be said"}: ${title}`, () => {
      const result = found(change());
      assert.match(says(result), named);
      assert.equal(result.verdict, answer, says(result));
    });

  it('says that the signature is intact but not whose, without allowed signers', () => {
    const result = found(text, null);
    assert.equal(result.verdict, 'unknown');
    assert.match(says(result), /The signature of line 1 is intact\. Whose key SHA256:\S+ is can't be known here/);
  });

  it('refuses a key that was not valid when the file was made', () => {
    const old = { text: release.keys.allowed(['ada'], 'valid-before="20260101"'), name: 'signers' };
    assert.match(says(found(text, old)), /not among signers, or was not valid when it was made/);
  });

  it('exits 1 for a changed file and 2 for one it cannot judge, and prints no control characters', async () => {
    const file = release.test.outside('changed.intoto.jsonl');
    const verify = async (content: string): ReturnType<typeof callVerb> => {
      writeFileSync(file, content);
      return callVerb(
        evidence,
        ['verify', file, '--file-only', '--allowed-signers', release.signers],
        release.test.home,
      );
    };
    const changed = await verify(statement(passed));
    assert.equal(changed.code, 1);
    assert.match(changed.out, /^No: the file was changed[^]* NO {2}rows: Row \d+ \(decision /);
    const hidden = await verify(envelope((one) => void (one['payloadType'] = 'a\u001b[2Jb\u202e')));
    assert.doesNotMatch(hidden.out, /\u001b|\u202e/);
    assert.equal((await verify('')).code, 2);
    assert.equal((await verify(text)).code, 0);
  });

  it("the signature is in OpenSSH's format", () => {
    const [one] = envelopes();
    const [signature] = one?.signatures ?? [];
    assert.match(armored(Buffer.from(signature?.sig ?? '', 'base64')), /^-----BEGIN SSH SIGNATURE-----\n/);
    assert.match(signature?.keyid ?? '', /^SHA256:[\w+/]{43}$/);
  });
});
