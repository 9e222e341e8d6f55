/** Evidence that cosign signs, with a key or as the job of a CI, and who may say that it is right. */
import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { evidence } from '../../../src/cli/verbs/evidence';
import { foldersOnPath, JOB, realCosign, standIn, type Cosign } from '../../support/cosign';
import { itInFull } from '../../support/full';
import { playRelease, type Release } from '../../support/release';
import { callVerb, type VerbOutcome } from '../../support/verbs';

interface Answer {
  readonly verdict: string;
  readonly checks: readonly { readonly what: string; readonly answer: string; readonly says: string }[];
}

describe('evidence signed by cosign', function () {
  this.timeout(240_000);
  let release: Release;
  let cosign: Cosign;
  const { PATH: earlier, COSIGN_PASSWORD: password } = process.env;
  const others = foldersOnPath().filter((folder) => !existsSync(path.join(folder, 'cosign')));
  const use = (folder: string | null): void => {
    process.env['PATH'] = [...(folder === null ? [] : [folder]), ...others].join(path.delimiter);
  };
  before(async () => {
    release = await playRelease();
    cosign = standIn(release.test.outside('cosign'));
    process.env['COSIGN_PASSWORD'] = '';
  });
  beforeEach(() => {
    use(cosign.folder);
  });
  after(async () => {
    process.env['PATH'] = earlier;
    if (password === undefined) delete process.env['COSIGN_PASSWORD'];
    await release.test.dispose();
  });

  const run = (...words: string[]): Promise<VerbOutcome> =>
    callVerb(evidence, words, release.test.root, { now: release.now });
  const verify = async (...words: string[]): Promise<Answer & { readonly code: number }> => {
    const { code, out, err } = await run('verify', ...words, '--json');
    assert.notEqual(out, '', err.join('\n'));
    return { code, ...(JSON.parse(out) as Answer) };
  };
  const make = async (name: string, ...words: string[]): Promise<string> => {
    const file = release.test.outside(`${name}.intoto.jsonl`);
    const { code, err } = await run('v1.4..v1.5', '--out', file, '--sign', 'cosign', ...words);
    assert.equal(code, 0, err.join('\n'));
    return file;
  };
  const wrong = ({ checks }: Answer): readonly string[] =>
    checks.filter(({ answer }) => answer !== 'yes').map(({ what, answer }) => `${what}: ${answer}`);
  const changed = (file: string, name: string, edit: (lines: string[]) => readonly string[]): string => {
    const to = release.test.outside(`${name}.intoto.jsonl`);
    writeFileSync(to, `${edit(readFileSync(file, 'utf8').trimEnd().split('\n')).join('\n')}\n`);
    return to;
  };

  const withKey = async (program: Cosign): Promise<string> => {
    const [mine, other] = [program.pair('mine'), program.pair('other')];
    const file = await make('by-key', '--key', mine.key);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, 2);
    for (const line of lines)
      assert.match(line, /^\{"mediaType":"application\/vnd\.dev\.sigstore\.bundle\.v0\.3\+json"/);
    use(null);
    // Whoever verifies needs no cosign.
    const right = await verify(file, '--cosign-key', mine.pub);
    assert.deepEqual([right.code, right.verdict, wrong(right)], [0, 'yes', []]);
    const unknown = await verify(file);
    assert.deepEqual([unknown.code, wrong(unknown)], [2, ['signer: unknown', 'signer: unknown']]);
    const stranger = await verify(file, '--cosign-key', other.pub);
    assert.deepEqual([stranger.code, wrong(stranger)], [1, ['signature: no', 'signature: no']]);
    const swapped = changed(file, 'swapped', ([first = '', second = '']) => {
      const sig = /"sig":"([^"]+)"/;
      return [first.replace(sig, sig.exec(second)?.[0] ?? ''), second];
    });
    assert.deepEqual(wrong(await verify(swapped, '--file-only', '--cosign-key', mine.pub)), ['signature: no']);
    const edited = changed(file, 'edited', ([first = '', second = '']) => [
      first.replace(/"payload":"([^"]+)"/, (_, payload: string) => {
        const text = Buffer.from(payload, 'base64').toString('utf8').replace('"verdict":"fail"', '"verdict":"pass"');
        return `"payload":"${Buffer.from(text).toString('base64')}"`;
      }),
      second,
    ]);
    const found = await verify(edited, '--file-only', '--cosign-key', mine.pub);
    assert.equal(found.code, 1);
    assert.ok(wrong(found).includes('signature: no'), wrong(found).join(', '));
    const bare = changed(file, 'bare', (all) =>
      all.map((line) => JSON.stringify({ ...(JSON.parse(line) as { dsseEnvelope: object }).dsseEnvelope })),
    );
    assert.equal((await verify(bare, '--file-only', '--cosign-key', mine.pub)).code, 1, 'it is no SSH signature');
    return file;
  };

  itInFull('verifies with the public key, and fails for another key, signature or payload', () => withKey(cosign));

  it('verifies with the real cosign', async function () {
    const real = realCosign(release.test.outside('real-cosign'));
    if (typeof real === 'string') {
      process.stdout.write(`      skipped: ${real}\n`);
      this.skip();
    }
    use(real.folder);
    const file = await withKey(real);
    const root = release.test.outside('no-roots.json');
    writeFileSync(root, '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}\n');
    for (const [at, line] of readFileSync(file, 'utf8').trimEnd().split('\n').entries()) {
      const bundle = release.test.outside(`line-${String(at)}.json`);
      writeFileSync(bundle, line);
      const words = ['verify-blob-attestation', '--key', path.join(real.folder, 'mine.pub'), '--bundle', bundle];
      const type = at === 0 ? 'urn:linekeeper:evidence/v1' : 'https://slsa.dev/verification_summary/v1';
      const how = ['--new-bundle-format', '--insecure-ignore-tlog', '--trusted-root', root, '--type', type];
      const of = ['--digest', release.head, '--digestAlg', 'gitCommit'];
      const ended: SpawnSyncReturns<string> = spawnSync(real.program, [...words, ...how, ...of], { encoding: 'utf8' });
      assert.equal(ended.status, 0, ended.stderr);
    }
  });

  itInFull("signed by a job, verifies only with that job's identity and issuer, and needs cosign", async () => {
    const file = await make('by-job');
    const right = await verify(file, '--identity', JOB.identity, '--issuer', JOB.issuer);
    assert.deepEqual([right.code, wrong(right)], [0, []]);
    const unsaid = await verify(file);
    assert.deepEqual([unsaid.code, wrong(unsaid)], [2, ['signer: unknown', 'signer: unknown']]);
    assert.match(
      unsaid.checks.find(({ what }) => what === 'signer')?.says ?? '',
      /acme\/shop.*release\.yml.*--identity/,
    );
    const other = await verify(file, '--identity', `${JOB.identity}s`, '--issuer', JOB.issuer);
    assert.deepEqual([other.code, wrong(other)], [1, ['signer: no', 'signer: no']]);
    assert.match(other.checks.find(({ what }) => what === 'signer')?.says ?? '', /no matching CertificateIdentity/);
    const key = await verify(file, '--cosign-key', cosign.pair('unused').pub);
    assert.equal(key.code, 2, 'a key says nothing of a job');
    const words = readFileSync(path.join(cosign.folder, 'words.jsonl'), 'utf8');
    assert.doesNotMatch(
      words.split('\n').find((line) => line.includes('attest-blob') && !line.includes('--key')) ?? '',
      /tlog/,
    );
    use(null);
    const without = await run('verify', file, '--identity', JOB.identity, '--issuer', JOB.issuer);
    assert.deepEqual([without.code, without.out], [2, '']);
    assert.match(without.err.join('\n'), /cosign is not installed\. Install cosign 2\.6/);
  });

  itInFull('is sent to no transparency log when signed with a key', async () => {
    await make('quiet', '--key', cosign.pair('quiet').key);
    const [last = ''] = readFileSync(path.join(cosign.folder, 'words.jsonl'), 'utf8').trimEnd().split('\n').slice(-1);
    assert.match(last, /"--tlog-upload=false"/);
  });

  itInFull('says what is missing, and leaves no file', async () => {
    const file = release.test.outside('never.intoto.jsonl');
    const expectNo = async (text: RegExp, ...words: string[]): Promise<void> => {
      const { code, err } = await run('v1.4..v1.5', '--out', file, ...words);
      assert.deepEqual([code, existsSync(file)], [2, false], err.join('\n'));
      assert.match(err.join('\n'), text);
    };
    await expectNo(/--sign takes cosign or ssh, not gpg/, '--sign', 'gpg');
    await expectNo(/--sign and --unsigned exclude each other/, '--sign', 'cosign', '--unsigned');
    use(null);
    await expectNo(/cosign is not installed\. Install cosign 2\.6 or later/, '--sign', 'cosign');
    use(standIn(release.test.outside('old-cosign'), { old: true }).folder);
    await expectNo(/unknown flag: --statement\. Install cosign 2\.6 or later/, '--sign', 'cosign');
    use(cosign.folder);
    process.env['NO_JOB'] = '1';
    await expectNo(
      /cosign could not sign: Error: signing: getting signer: no identity token/,
      '--sign',
      'cosign',
    ).finally(() => delete process.env['NO_JOB']);
    const alone = await run('verify', 'x.jsonl', '--identity', JOB.identity);
    assert.equal(alone.code, 2);
    const keyFile = release.test.outside('no-key.pem');
    writeFileSync(keyFile, 'not a key\n');
    const made = await make('for-no-key', '--key', cosign.pair('k').key);
    const noKey = await run('verify', made, '--cosign-key', keyFile);
    assert.deepEqual([noKey.code, /The public key is none/.test(noKey.err.join('\n'))], [2, true]);
  });
});
