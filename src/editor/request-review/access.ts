/**
 * Whether the person is signed in at the forge of a remote: in the editor (`vscode.authentication`), else with the
 * forge's own command. A token goes to the server that it belongs to and nowhere else: variables of the environment,
 * which name no server, are not used.
 */
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { RequestApi } from '../../forge-api';
import { githubAddress, gitlabAddress } from '../../forge-api/addresses';
import { runProgram } from '../../forge-api/run-program';
import { locateForge, type ForgeId, type KnownForge, type Remote } from '../../review';

export interface Place {
  readonly forge: ForgeId;
  readonly remote: Remote;
}

export interface Access {
  readonly api: RequestApi;
  /** The account's name; null where only the forge's command knows it. */
  readonly as: string | null;
  /** Asks the person to sign in anew. Left out where that is done outside of the editor: then `command` says how. */
  readonly renew?: () => Promise<void>;
  readonly command?: string;
}

/** What the editor's own GitHub support asks for: one sign-in serves both. */
const SCOPES = ['read:user', 'repo', 'user:email', 'workflow'];

/**
 * An editor without the provider waits for it; a command that asks something at a terminal never ends. Milliseconds.
 */
const PATIENCE_MS = 4_000;

/** GitHub Enterprise by the setting of the editor's own GitHub support, since its host may have any name. */
export const knownForge: KnownForge = ({ host }) => (enterprise()?.hostname === host ? 'github' : undefined);

function enterprise(): URL | undefined {
  const address = vscode.workspace.getConfiguration('github-enterprise').get('uri');
  return typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
}

/** Throws a ReviewError `not-a-web-address` or `unknown-forge`. */
export function placeOf(address: string, name: string): Place {
  const { remote } = locateForge({ name, address }, 'github'); // whichever: its own is told below
  return { remote, forge: knownForge(remote) ?? locateForge({ name, address }).forge };
}

/** Undefined where nobody is signed in, or the forge's interface is not known here. Never asks the person. */
export async function accessTo({ forge, remote }: Place): Promise<Access | undefined> {
  if (forge !== 'github' && forge !== 'gitlab') return undefined;
  const { requestsAt } = await import('../../forge-api'); // brings the client, which nothing else here needs
  const by = (token: string, origin = remote.origin): RequestApi =>
    requestsAt({
      kind: forge,
      address: forge === 'github' ? githubAddress({ ...remote, origin }) : gitlabAddress(remote),
      token,
      repository: remote.path,
    });
  const provider = forge === 'github' ? providerFor(remote) : undefined;
  const session = provider && (await sessionOf(provider, { silent: true }));
  if (provider && session) {
    return {
      api: by(session.accessToken, provider === 'github' ? undefined : enterprise()?.origin),
      as: session.account.label,
      renew: async () => {
        await vscode.authentication.getSession(provider, SCOPES, { forceNewSession: true });
      },
    };
  }
  const [program, words] =
    forge === 'github'
      ? (['gh', ['auth', 'token', '--hostname', remote.host]] as const)
      : (['glab', ['config', 'get', 'token', '--host', remote.host]] as const);
  const token = await tokenBy(program, words);
  return token === undefined ? undefined : { api: by(token), as: null, command: `${program} auth login` };
}

/** The quiet way to sign in: an entry in the editor's *Accounts* menu, with a number on its icon. */
export async function offerSignIn({ forge, remote }: Place): Promise<void> {
  const provider = forge === 'github' ? providerFor(remote) : undefined;
  if (provider) await sessionOf(provider, { createIfNone: false });
}

function providerFor({ host }: Remote): 'github' | 'github-enterprise' | undefined {
  if (host === 'github.com') return 'github';
  return enterprise()?.hostname === host ? 'github-enterprise' : undefined;
}

async function sessionOf(
  provider: string,
  options: vscode.AuthenticationGetSessionOptions,
): Promise<vscode.AuthenticationSession | undefined> {
  const asked = vscode.authentication.getSession(provider, SCOPES, options).then(
    (session) => session,
    () => undefined, // an editor without this provider
  );
  return Promise.race([asked, sleep(PATIENCE_MS, undefined, { ref: false })]);
}

/** Variables that would stand for any server. */
const TOKENS = /^(?:GH|GITHUB|GH_ENTERPRISE|GITHUB_ENTERPRISE|GITLAB|LINEKEEPER_GITLAB|OAUTH|GITLAB_ACCESS)_TOKEN$/;

/** In the person's home, so that no program of a repository is taken for it. */
async function tokenBy(program: string, words: readonly string[]): Promise<string | undefined> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !TOKENS.test(name)));
  const answer = await Promise.race([
    runProgram(program, words, { cwd: homedir(), env }),
    sleep(PATIENCE_MS, undefined, { ref: false }),
  ]);
  const token = answer?.code === 0 ? answer.out.trim() : '';
  return /^[\w.-]{10,400}$/.test(token) ? token : undefined;
}
