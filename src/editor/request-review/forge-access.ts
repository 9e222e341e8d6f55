/**
 * Whether the person is signed in at the forge of a remote: in the editor (`vscode.authentication`), else with the
 * forge's own command-line client. A token is only sent to the server that it belongs to: environment variables, which
 * name no server, are not used.
 */
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ForgeApi, RequestApi } from '../../review/forges/client-parts';
import { runProgram } from '../../review/forges/client-parts/run-program';
import { locateForge, type KnownForge } from '../../review/pull-request';
import type { Repository } from '../../git';
import { connectForge, forgeNamed, requestsAt, type ForgeId, type Remote } from '../../review/forges';

export interface ForgeRemote {
  readonly forge: ForgeId;
  readonly remote: Remote;
}

export interface Access {
  readonly api: RequestApi;
  /** The account's name; null when only the forge's client knows it. */
  readonly as: string | null;
  /** Asks the person to sign in again. Left out when that is done outside the editor: then `command` says how. */
  readonly renew?: () => Promise<void>;
  readonly command?: string;
}

/** The scopes of the editor's own GitHub support: one sign-in serves both. */
const SCOPES = ['read:user', 'repo', 'user:email', 'workflow'];

/** For the members of an organization's teams. */
const TEAM_SCOPES = [...SCOPES, 'read:org'];

/**
 * An editor without the provider would wait for it, and a command that prompts at a terminal would never end.
 * Milliseconds.
 */
const PATIENCE_MS = 4_000;

/** GitHub Enterprise, by the setting of the editor's own GitHub support, since its host may have any name. */
export const knownForge: KnownForge = ({ host }) => (enterprise()?.hostname === host ? 'github' : undefined);

function enterprise(): URL | undefined {
  const address = vscode.workspace.getConfiguration('github-enterprise').get('uri');
  return typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
}

/** Throws a ReviewError `not-a-web-address` or `unknown-forge`, or a GitError. */
export const placeOf = (repository: Repository, address: string, name: string): Promise<ForgeRemote> =>
  locateForge(repository, { name, address }, knownForge);

/** Undefined when nobody is signed in, or the forge's API is not supported here. Never prompts the person. */
export async function accessTo({ forge, remote }: ForgeRemote): Promise<Access | undefined> {
  const { program: ownProgram, apiAddress } = forgeNamed(forge);
  if (ownProgram === undefined || apiAddress === undefined) return undefined;
  const by = (token: string, origin = remote.origin): Promise<RequestApi> =>
    requestsAt({ kind: forge, address: apiAddress({ ...remote, origin }), token, repository: remote.path });
  const provider = forge === 'github' ? providerFor(remote) : undefined;
  const session = provider && (await sessionOf(provider, { silent: true }));
  if (provider && session) {
    return {
      api: await by(session.accessToken, provider === 'github' ? undefined : enterprise()?.origin),
      as: session.account.label,
      renew: async () => {
        await vscode.authentication.getSession(provider, SCOPES, { forceNewSession: true });
      },
    };
  }
  const token = await tokenBy(ownProgram.name, ownProgram.tokenWords(remote.host));
  return token === undefined ? undefined : { api: await by(token), as: null, command: ownProgram.signIn };
}

/**
 * The same for reading who is in a team, which at GitHub needs a right of its own (`read:org`): the person may be asked
 * to grant it. Undefined when nobody is signed in, or the forge's API is not supported here. Throws a ForgeError.
 */
export async function teamAccess({
  forge,
  remote,
}: ForgeRemote): Promise<Pick<ForgeApi, 'host' | 'teams'> | undefined> {
  const { program: ownProgram, jobs } = forgeNamed(forge);
  const environmentFor = jobs?.environmentFor;
  if (ownProgram === undefined || environmentFor === undefined) return undefined;
  const connect = async (secrets: Readonly<Record<string, string>>, origin = remote.origin): Promise<ForgeApi> => {
    const ask = async (program: string, words: readonly string[]): Promise<string> =>
      (await tokenBy(program, words)) ?? '';
    return connectForge({ ...(await environmentFor({ ...remote, origin }, secrets, ask)), LINEKEEPER_FORGE: forge });
  };
  const provider = forge === 'github' ? providerFor(remote) : undefined;
  const origin = provider === 'github' ? undefined : enterprise()?.origin;
  const known = provider && (await sessionOf(provider, { silent: true }, TEAM_SCOPES));
  if (known) return connect({ GITHUB_TOKEN: known.accessToken }, origin);
  if ((await tokenBy(ownProgram.name, ownProgram.tokenWords(remote.host))) !== undefined) return connect({});
  const session =
    provider &&
    (await vscode.authentication.getSession(provider, TEAM_SCOPES, { createIfNone: true }).then(
      (one) => one,
      () => undefined, // refused, or an editor without this provider
    ));
  return session && connect({ GITHUB_TOKEN: session.accessToken }, origin);
}

/** The unobtrusive way to sign in: an entry in the editor's *Accounts* menu, with a badge on its icon. */
export async function offerSignIn({ forge, remote }: ForgeRemote): Promise<void> {
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
  scopes: readonly string[] = SCOPES,
): Promise<vscode.AuthenticationSession | undefined> {
  const signedIn = vscode.authentication.getSession(provider, scopes, options).then(
    (session) => session,
    () => undefined, // an editor without this provider
  );
  return Promise.race([signedIn, sleep(PATIENCE_MS, undefined, { ref: false })]);
}

/** Variables that would apply to any server. */
const TOKENS = /^(?:GH|GITHUB|GH_ENTERPRISE|GITHUB_ENTERPRISE|GITLAB|LINEKEEPER_GITLAB|OAUTH|GITLAB_ACCESS)_TOKEN$/;

/** In the person's home folder, so that no program from a repository is run instead. */
async function tokenBy(program: string, words: readonly string[]): Promise<string | undefined> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !TOKENS.test(name)));
  const answer = await Promise.race([
    runProgram(program, words, { cwd: homedir(), env }),
    sleep(PATIENCE_MS, undefined, { ref: false }),
  ]);
  const token = answer?.code === 0 ? answer.out.trim() : '';
  return /^[\w.-]{10,400}$/.test(token) ? token : undefined;
}
