/**
 * Programs called `cosign`: the real one, where it is at hand, and one that stands in for it. That one signs as the real
 * one does with a key; as a job it has a certificate that nothing stands behind.
 */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The job that the certificate of the one that stands in is for. */
export const JOB = {
  identity: 'https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/main',
  issuer: 'https://token.actions.githubusercontent.com',
};
/** Self-signed; its key is lost. */
const CERTIFICATE =
  'MIIB1zCCAXygAwIBAgIUZLMe0SeVWrO/fFqesQtTPkyhWjwwCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIc3RhbmQtaW4wIBcNMjYxMTI2MTY1MDEwWhgPMjEyNjExMDIxNjUwMTBaMBMxETAPBgNVBAMMCHN0YW5kLWluMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE3HxcEaAR1DW+lS6xuE20JET0WJNT8Y3uZrY9wS/NAZ/LfQGbIhuykVx+mUtQkpyC3cpuWysrfoqs6SCBD2K3i6OBqzCBqDAdBgNVHQ4EFgQUB6O3SKrPiepc3OPpCDD+ExyfCxswHwYDVR0jBBgwFoAUB6O3SKrPiepc3OPpCDD+ExyfCxswDwYDVR0TAQH/BAUwAwEB/zBVBgNVHREETjBMhkpodHRwczovL2dpdGh1Yi5jb20vYWNtZS9zaG9wLy5naXRodWIvd29ya2Zsb3dzL3JlbGVhc2UueW1sQHJlZnMvaGVhZHMvbWFpbjAKBggqhkjOPQQDAgNJADBGAiEAhuiRTAbzjRJavQ2ezR12K4g7dc5NOSs1ESPDvagCB8ECIQC8R3hyxREWlqwq4Mi3WmKhUC//5PO7zw8FAPaT/Vh5EQ==';

/** What the one that stands in runs. Words that it does not know end it, as cosign. */
const SCRIPT = `
const { readFileSync, writeFileSync, appendFileSync } = require('node:fs');
const { sign } = require('node:crypto');
const [verb, ...words] = process.argv.slice(2);
appendFileSync(__dirname + '/words.jsonl', JSON.stringify([verb, ...words]) + '\\n');
const SWITCHES = ['--yes', '--new-bundle-format'];
const options = {};
while (words.length > 0) {
  const [name, value] = words.shift().split('=');
  if (!KNOWN[verb].includes(name)) { console.error('Error: unknown flag: ' + name + '\\nerror during command execution: unknown flag: ' + name); process.exit(1); }
  options[name] = value ?? (SWITCHES.includes(name) ? 'true' : words.shift());
}
if (verb === 'attest-blob') {
  const payload = readFileSync(options['--statement']);
  const type = 'application/vnd.in-toto+json';
  const text = Buffer.concat([Buffer.from('DSSEv1 ' + type.length + ' ' + type + ' ' + payload.length + ' '), payload]);
  const key = options['--key'];
  if (key === undefined && process.env.NO_JOB) { console.error('Error: signing: getting signer: no identity token'); process.exit(1); }
  const sig = key === undefined ? Buffer.alloc(70, 1) : sign('sha256', text, readFileSync(key));
  writeFileSync(options['--bundle'], JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: key === undefined ? { certificate: { rawBytes: CERTIFICATE } } : { publicKey: { hint: '' } },
    dsseEnvelope: { payload: payload.toString('base64'), payloadType: type, signatures: [{ sig: sig.toString('base64') }] },
  }));
} else {
  const { verificationMaterial } = JSON.parse(readFileSync(options['--bundle'], 'utf8'));
  if (verificationMaterial.certificate.rawBytes !== CERTIFICATE || options['--certificate-identity'] !== JOB.identity || options['--certificate-oidc-issuer'] !== JOB.issuer) {
    console.error('Error: no matching CertificateIdentity found'); process.exit(1);
  }
}
`;
const VERIFY = [
  '--new-bundle-format',
  '--bundle',
  '--type',
  '--check-claims',
  '--certificate-identity',
  '--certificate-oidc-issuer',
  '--trusted-root',
];
const SIGN = [
  '--yes',
  '--new-bundle-format',
  '--statement',
  '--bundle',
  '--key',
  '--tlog-upload',
  '--use-signing-config',
];

export interface Cosign {
  /** A folder for PATH. */
  readonly folder: string;
  /** A new pair of keys: the files of the private and of the public one. */
  readonly pair: (name: string) => { readonly key: string; readonly pub: string };
}

/** One that stands in, in a new folder. `old`: of before 2.6. */
export function standIn(folder: string, { old = false } = {}): Cosign {
  mkdirSync(folder, { recursive: true });
  const known = {
    'attest-blob': old ? SIGN.filter((name) => name !== '--statement') : SIGN,
    'verify-blob-attestation': VERIFY,
  };
  const script = path.join(folder, 'cosign.cjs');
  writeFileSync(
    script,
    `const KNOWN = ${JSON.stringify(known)}, JOB = ${JSON.stringify(JOB)}, CERTIFICATE = '${CERTIFICATE}';${SCRIPT}`,
  );
  writeFileSync(path.join(folder, 'cosign'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(path.join(folder, 'cosign'), 0o755);
  writeFileSync(path.join(folder, 'cosign.cmd'), `@"${process.execPath}" "${script}" %*\r\n`);
  const pair: Cosign['pair'] = (name) => {
    const made = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const [key, pub] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pub`)];
    writeFileSync(key, made.privateKey, { mode: 0o600 });
    writeFileSync(pub, made.publicKey);
    return { key, pub };
  };
  return { folder, pair };
}

/** The real one (2.6 or later) from `$LINEKEEPER_COSIGN` or PATH, or why it isn't at hand. It is never downloaded. */
export function realCosign(folder: string): (Cosign & { readonly program: string }) | string {
  const named = process.env['LINEKEEPER_COSIGN'];
  const program =
    named ??
    foldersOnPath()
      .map((each) => path.join(each, 'cosign'))
      .find((file) => existsSync(file));
  if (program === undefined) return 'cosign is not installed (nor named by LINEKEEPER_COSIGN).';
  const { stdout } = spawnSync(program, ['attest-blob', '--help'], { encoding: 'utf8' });
  if (!stdout.includes('--statement')) return `${program} is not cosign 2.6 or later.`;
  mkdirSync(folder, { recursive: true });
  symlinkSync(program, path.join(folder, 'cosign'));
  return {
    folder,
    program,
    pair: (name) => {
      const prefix = path.join(folder, name);
      const made = spawnSync(program, ['generate-key-pair', '--output-key-prefix', prefix], {
        encoding: 'utf8',
        env: { ...process.env, COSIGN_PASSWORD: '' },
      });
      if (made.status !== 0) throw new Error(made.stderr);
      return { key: `${prefix}.key`, pub: `${prefix}.pub` };
    },
  };
}

export const foldersOnPath = (): readonly string[] =>
  (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
