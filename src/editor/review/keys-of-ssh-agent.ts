/** The public keys that a running SSH agent holds, as Git's `user.signingKey` names one. */
import { execFile } from 'node:child_process';
import { startOf } from '../../base/platform';

export interface AgentKey {
  /** As `signText` takes it: `key::ssh-ed25519 AAAA… comment`. */
  readonly key: string;
  /** Its comment, else its kind. */
  readonly name: string;
}

/** An agent that does not answer must not keep a person waiting. */
const PATIENCE_MS = 2_000;
const KEYS_AT_MOST = 50;

/** From `ssh-add -L` (ssh-add(1)); none when no agent runs, or it holds nothing. */
export function keysOfAgent(env: NodeJS.ProcessEnv = process.env): Promise<readonly AgentKey[]> {
  const { program, words, ...how } = startOf('ssh-add', ['-L'], env);
  return new Promise((resolve) => {
    execFile(program, [...words], { ...how, env, timeout: PATIENCE_MS, windowsHide: true }, (error, stdout) => {
      resolve(error ? [] : stdout.split(/\r?\n/).flatMap(keyOf).slice(0, KEYS_AT_MOST));
    });
  });
}

/** A certificate signs nothing that Git's allowed signers know by its key: only plain keys are named. */
function keyOf(line: string): readonly AgentKey[] {
  const [, kind, comment = ''] = /^((?:ssh|ecdsa|sk)-\S+) [A-Za-z0-9+/=]+(?: (.*))?$/.exec(line) ?? [];
  return kind === undefined || kind.includes('-cert-') ? [] : [{ key: `key::${line}`, name: comment || kind }];
}
