/**
 * Which forge a host is, where its name does not say: as a person said once (`--forge`), or as the host answered. Kept in
 * the repository's configuration, under the host.
 */
import {
  askForge,
  forgeNamed,
  forgeOf,
  isForgeId,
  parseRemote,
  ReviewError,
  type ForgeId,
  type Remote,
} from '../forges';
import type { Repository } from '../../git';

/** Set to true, no host is asked. */
const OFFLINE_KEY = 'linekeeper.offline';

const keyOf = ({ host }: Remote): string => `linekeeper.${host}.forge`;

interface Question {
  /** A remote's name and its address as printed by git. */
  readonly remote: { readonly name: string; readonly address: string };
  /** As the person named it. */
  readonly named?: ForgeId | undefined;
  /** The command may use the network. */
  readonly mayAsk: boolean;
}

/**
 * The forge, and where the remote is. Throws a {@link ReviewError} `not-a-web-address` or `unknown-forge`, or a GitError.
 */
export async function whichForge(
  repository: Repository,
  { remote: { name, address }, named, mayAsk }: Question,
): Promise<{ readonly forge: ForgeId; readonly remote: Remote }> {
  const remote = parseRemote(address, name);
  const known = named ?? (await rememberedFor(repository, remote));
  if (known !== undefined) {
    if (named !== undefined && !forgeNamed(named).recognises(remote)) await remember(repository, remote, named);
    return { forge: known, remote };
  }
  try {
    return { forge: forgeOf(remote).id, remote };
  } catch (error) {
    if (!(error instanceof ReviewError) || error.reason !== 'unknown-forge' || !mayAsk || (await isOffline(repository)))
      throw error;
    const forge = await askForge(remote);
    if (forge === undefined) throw error;
    await remember(repository, remote, forge);
    return { forge, remote };
  }
}

/** Which forge a remote is on, when something other than its address or the configuration reveals it. */
export type KnownForge = (remote: Remote) => ForgeId | undefined;

/**
 * The forge that a remote is on as far as this machine knows, and where: no host is asked. Throws a {@link ReviewError}
 * `not-a-web-address` or `unknown-forge`, or a GitError.
 */
export async function locateForge(
  repository: Repository,
  remote: Question['remote'],
  known?: KnownForge,
): Promise<{ readonly forge: ForgeId; readonly remote: Remote }> {
  const parsed = parseRemote(remote.address, remote.name);
  const forge = known?.(parsed);
  return forge === undefined ? whichForge(repository, { remote, mayAsk: false }) : { forge, remote: parsed };
}

async function rememberedFor(repository: Repository, remote: Remote): Promise<ForgeId | undefined> {
  const answer = await repository.git(['config', '--get', keyOf(remote)], { codes: [0, 1] });
  const id = answer.stdout.toString('utf8').trim();
  return isForgeId(id) ? id : undefined;
}

async function remember(repository: Repository, remote: Remote, id: ForgeId): Promise<void> {
  if ((await rememberedFor(repository, remote)) === id) return;
  await repository.git(['config', '--local', keyOf(remote), id], { codes: [0, 3, 4, 255] }); // unwritable: asked again
}

/** Whether no host may be asked, by the configuration. */
export async function isOffline(repository: Repository): Promise<boolean> {
  const answer = await repository.git(['config', '--type=bool', '--get', OFFLINE_KEY], { codes: [0, 1, 128] });
  return answer.stdout.toString('utf8').trim() === 'true';
}
