/** `linekeeper evidence A..B | DEPLOYMENT | INCIDENT`, `evidence verify FILE`: what an auditor can take along. */
import { OBJECT_ID } from '../../base/patterns';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isCi } from '../ci/is-ci';
import { whyUnread } from '../../base/files';
import { version } from '../../../package.json';
import type { Cosigners, Evidence, Signer, Signers, Verification } from '../../aftermath';
import { readApprovals, attributionByNotes } from '../../review/gate';
import { allowedSignersAt } from '../../review/gate/sign-offs';
import type { Repository } from '../../git';
import { jsonText, printable } from '../../policy';
import { baseName, baseCommit, knownTeams } from '../../policy/load';
import { fillFirst, settleNotes } from '../backfill-and-settle-notes';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { optionText } from '../arguments/option-text';
import { repositoryAround } from '../arguments/repository-around';
import { progressTo } from '../output/progress';
import { writeAnswer } from '../output/write-output-file';
import { fileOf, signersKey } from '../review/signing-key';

export const evidence: Verb = {
  name: 'evidence',
  summary: 'Write a signed file on a release for an auditor, or verify one',
  example: 'linekeeper evidence v1.4..v1.5 --out v1.5.intoto.jsonl',
  exits: '0 written or, with verify, intact. 1 if the verified file was changed.',
  more: '\nDEPLOYMENT: its id, or a stage for its latest, such as production. INCIDENT: an id, such as INC-7.\n',
  usage:
    'A..B|DEPLOYMENT|INCIDENT [--out FILE] [--html FILE] [--key FILE] [--sign cosign|--unsigned] [--approvals FILE] [--from REV] | verify FILE [--allowed-signers FILE | --cosign-key FILE | --identity NAME --issuer ADDRESS [--trusted-root FILE]] [--file-only]',
  options: {
    out: { type: 'string', value: 'FILE', says: 'write the signed file, with the ending .intoto.jsonl' },
    html: { type: 'string', value: 'FILE', says: 'write a page for people, ready to print' },
    key: { type: 'string', value: 'FILE', says: "the SSH key to sign with; default: git's user.signingKey" },
    sign: { type: 'string', value: 'cosign', says: 'sign with cosign: with --key, or as the CI job' },
    unsigned: { type: 'boolean', says: 'write the file without a signature' },
    approvals: { type: 'string', value: 'FILE', says: 'approvals as JSON, outside of the checked-out tree' },
    from: { type: 'string', value: 'REV', says: 'the commit that ran before, if no deployment is recorded' },
    'allowed-signers': {
      type: 'string',
      value: 'FILE',
      says: "verify: the allowed signers, in the format of ssh-keygen; default: the base branch's file",
    },
    'cosign-key': {
      type: 'string',
      value: 'FILE',
      says: "verify: cosign's public key (PEM). You do not need cosign itself",
    },
    identity: {
      type: 'string',
      value: 'NAME',
      says: "verify, with cosign: the expected signer, such as the CI's workflow",
    },
    issuer: { type: 'string', value: 'ADDRESS', says: 'verify, with cosign: the issuer of that identity' },
    'trusted-root': { type: 'string', value: 'FILE', says: 'verify, with cosign: the roots of your own Sigstore' },
    'file-only': { type: 'boolean', says: 'verify: check only the file, even in a clone' },
  },
  words: 2,
  async run(call): Promise<ExitCode> {
    return call.positionals[0] === 'verify' ? verify(call) : make(call);
  },
};

async function make(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const [query, more] = call.positionals;
  if (query === undefined || more !== undefined)
    throw new CannotSay(
      `A range, a deployment or an incident is missing, such as v1.4..v1.5. "linekeeper help evidence" shows its usage.`,
    );
  onlyFor(call, 'verify', ['allowed-signers', 'cosign-key', 'identity', 'issuer', 'trusted-root', 'file-only']);
  const repository = call.repository().beside();
  const [out, page, approvals] = [optionText(call, 'out'), optionText(call, 'html'), optionText(call, 'approvals')];
  const isUnsigned = call.values['unsigned'] === true;
  for (const option of isUnsigned ? ['key', 'sign'] : [])
    if (optionText(call, option) !== undefined) throw new CannotSay(`--${option} and --unsigned exclude each other.`);
  const signer = out === undefined || isUnsigned ? null : await signerOf(call);
  const isJob = isCi(terminal.env);
  if (!isJob) {
    fillFirst(repository, terminal);
    await settleNotes(repository, terminal);
  }
  const { bundleText, evidencePage, evidenceText, fileDigest, makeEvidence, statementOf } =
    await import('../../aftermath');
  const made = await makeEvidence({
    repository,
    query,
    from: optionText(call, 'from') ?? null,
    now: terminal.now(),
    made: {
      by: (await repository.text(['config', '--get', 'user.email'], { codes: [0, 1] })).trim(),
      job: jobOf(terminal.env),
      tool: `linekeeper ${version}`,
    },
    approvals: approvals === undefined ? null : readApprovals(repository, path.resolve(terminal.cwd, approvals)),
    teams: knownTeams(repository, terminal.now()),
    attributionOf: attributionByNotes(repository, terminal.now, isJob),
    progress: progressTo(terminal)('changes decided again'),
  });
  const text = out === undefined ? '' : bundleText(made, signer);
  if (out !== undefined) writeAnswer(call.terminal, out, text);
  if (page !== undefined)
    writeAnswer(
      call.terminal,
      page,
      evidencePage(made, {
        nonce: randomBytes(12).toString('hex'),
        file: out === undefined ? null : { name: path.basename(out), digest: fileDigest(text), signers: whose(signer) },
      }),
    );
  terminal.out(call.json ? jsonText(statementOf(made)) : evidenceText(made));
  return 0;
}

/** With an SSH key, unless cosign is asked for. */
async function signerOf(call: Call): Promise<Signer> {
  const by = optionText(call, 'sign') ?? 'ssh';
  if (by === 'ssh') return { with: 'ssh', key: await signersKey(call) };
  if (by !== 'cosign') throw new CannotSay(`--sign takes cosign or ssh, not ${printable(by)}.`);
  const key = optionText(call, 'key');
  // Keys of a key service have addresses.
  return { with: 'cosign', key: key === undefined || key.includes('://') ? (key ?? null) : fileOf(call, key) };
}

/** The options with which the file is verified. */
const whose = (signer: Signer | null): string =>
  signer?.with !== 'cosign'
    ? '--allowed-signers SIGNERS'
    : signer.key === null
      ? '--identity NAME --issuer ADDRESS'
      : '--cosign-key FILE';

/** The address of the CI job, as its variables name it. */
function jobOf(env: Call['terminal']['env']): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: project, GITHUB_RUN_ID: run, CI_JOB_URL: job } = env;
  if (server !== undefined && project !== undefined && run !== undefined)
    return printable(`${server}/${project}/actions/runs/${run}`);
  return job === undefined ? null : printable(job);
}

async function verify(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const [, name] = call.positionals;
  if (name === undefined) throw new CannotSay(`A file is missing. "linekeeper help evidence" shows its usage.`);
  onlyFor(call, 'making evidence', ['out', 'html', 'key', 'sign', 'unsigned', 'approvals', 'from']);
  const { BUNDLE_AT_MOST, verdictOf, verifyBundle, compareWith, verificationText } = await import('../../aftermath');
  const text = read(call, name, BUNDLE_AT_MOST);
  const repository = repositoryFor(call);
  const found = verifyBundle(text, await signersFor(call, repository), cosignersFor(call));
  let result: Verification = found;
  if (repository !== undefined && found.evidence !== null) {
    if (typeof call.values['repo'] === 'string' || (await isOf(repository, found.evidence))) {
      const compared = await compareWith(
        {
          repository,
          attributionOf: attributionByNotes(repository, terminal.now, true),
          teams: knownTeams(repository, terminal.now()),
        },
        found.evidence,
      );
      const checks = [...found.checks, ...compared];
      result = { ...found, checks, verdict: verdictOf(checks) };
    } else
      result = {
        ...found,
        notices: [...found.notices, 'The repository here has none of these commits, so only the file was looked at.'],
      };
  }
  terminal.out(
    call.json
      ? jsonText({
          version: 1,
          verdict: result.verdict,
          checks: result.checks,
          notices: result.notices,
          scope: result.evidence?.scope ?? null,
          made: result.evidence?.made ?? null,
        })
      : verificationText(result),
  );
  return result.verdict === 'yes' ? 0 : result.verdict === 'no' ? 1 : 2;
}

/** Undefined outside of one: the file can be looked at all the same. */
function repositoryFor(call: Call): Repository | undefined {
  if (call.values['file-only'] === true) return undefined;
  if (typeof call.values['repo'] === 'string') return call.repository().beside();
  return repositoryAround(call)?.beside();
}

const isOf = async (repository: Repository, { scope }: Evidence): Promise<boolean> =>
  OBJECT_ID.test(scope.head) && (await repository.commitId(scope.head)) !== undefined;

/** The file that is named, else that of the base branch here: never one that the bundle itself names. */
async function signersFor(call: Call, repository: Repository | undefined): Promise<Signers | null> {
  const name = optionText(call, 'allowed-signers');
  if (name !== undefined) return { text: read(call, name, 1024 * 1024), name: printable(name) };
  if (repository === undefined) return null;
  const base = baseName(repository);
  for (const [commit, ref] of [
    [await baseCommit(repository), base],
    [await repository.commitId('HEAD'), 'HEAD'],
  ] as const) {
    const text = commit === undefined ? null : await allowedSignersAt(repository, commit);
    if (text !== null) return { text, name: `the allowed signers of ${printable(ref)} here` };
  }
  return null;
}

/** Who may have signed with cosign. */
function cosignersFor(call: Call): Cosigners {
  const [key, identity, issuer, root] = ['cosign-key', 'identity', 'issuer', 'trusted-root'].map((name) =>
    optionText(call, name),
  );
  if ((identity === undefined) !== (issuer === undefined))
    throw new CannotSay('--identity and --issuer go together: a name counts only by who vouches for it.');
  return {
    key: key === undefined ? null : { text: read(call, key, 64 * 1024), name: printable(key) },
    identity:
      identity === undefined || issuer === undefined
        ? null
        : { identity, issuer, trustedRoot: root === undefined ? null : path.resolve(call.terminal.cwd, root) },
  };
}

function onlyFor(call: Call, subject: string, options: readonly string[]): void {
  const misplaced = options.find((option) => call.values[option] !== undefined);
  if (misplaced !== undefined)
    throw new CannotSay(`--${misplaced} is for ${subject}. "linekeeper help evidence" shows its usage.`);
}

function read(call: Call, name: string, atMost: number): string {
  const file = path.resolve(call.terminal.cwd, name);
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new CannotSay(`${printable(name)} is no plain file.`);
    if (found.size > atMost)
      throw new CannotSay(
        `${printable(name)} has ${String(found.size)} bytes; larger files than ${String(atMost)} are not read.`,
      );
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof CannotSay) throw error;
    throw new CannotSay(`${printable(name)} can't be read: ${whyUnread(error)}.`, { cause: error });
  }
}
