/**
 * The notes of a fork, whose branch is to be merged. Whoever owns the fork writes there what they like, so its notes stay
 * on a ref of their own, are asked about this change's commits only, and can make lines AI's and nothing else.
 */
import type { Repository } from '../../git';
import { fetchRefs, reasonIn } from './fetch-missing-history-and-notes';
import { NOTES_REF } from '../../provenance/commits';
import { listIf } from '../../policy';

/** Where they are kept while a job decides: never merged with this repository's notes, and never pushed. */
export const FORK_NOTES = 'refs/linekeeper/ci/fork-notes';

/** `git ls-remote --exit-code` for a ref that is not there. */
const NO_SUCH_REF = 2;

/**
 * Fetches them from the address that the forge names. Returns a sentence where that fails: it decides nothing, since the
 * lines that it would make AI's are unknown without them. Throws a GitError.
 */
export async function fetchForkNotes(
  repository: Repository,
  remote: string,
  address: string | undefined,
): Promise<readonly string[]> {
  // A machine that runs many jobs may still have another fork's.
  if (await repository.hasRef(FORK_NOTES)) await repository.git(['update-ref', '-d', FORK_NOTES]);
  if (address === undefined) return [];
  const origin = (await repository.text(['ls-remote', '--get-url', '--', remote])).trim();
  if (!isBeside(address, origin))
    return [
      "The fork's notes were not read: the Git host gives an address that is not on the server of this repository.",
    ];
  const listed = await repository.git(['ls-remote', '--quiet', '--exit-code', '--', address, NOTES_REF], {
    codes: [0, 1, NO_SUCH_REF, 128],
    env: { GIT_TERMINAL_PROMPT: '0' },
    timeout: LISTING_MS,
  });
  if (listed.code === NO_SUCH_REF) return [];
  const fetched =
    listed.code === 0 ? await fetchRefs(repository, address, [`+${NOTES_REF}:${FORK_NOTES}`], false) : listed;
  return listIf(fetched.code !== 0, [
    `The fork's notes could not be fetched (${reasonIn(fetched.stderr)}). Lines that only they know are unknown.`,
  ]);
}

const LISTING_MS = 60_000;

/**
 * Whether an address is on the server that this clone is from: the job's git may send that server's password there, and
 * to no other. It must name no user itself, and be no less safe.
 */
export function isBeside(address: string, origin: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  const here = serverOf(origin);
  if (username !== '' || password !== '' || host !== here.host) return false;
  return protocol === 'https:' ? here.protocol !== 'file:' : protocol === here.protocol && PLAIN.has(protocol);
}

/** Where encryption is not the server's way; a folder is the server of a test, or of a mounted disk. */
const PLAIN: ReadonlySet<string> = new Set(['http:', 'file:']);

function serverOf(origin: string): { readonly protocol: string; readonly host: string } {
  if (URL.canParse(origin)) {
    const { protocol, hostname, host } = new URL(origin);
    return { protocol, host: protocol === 'ssh:' ? hostname : host }; // a port of ssh says nothing of https
  }
  const host = /^(?:[^@/:]+@)?([A-Za-z0-9.-]+):(?!\/\/)/.exec(origin)?.[1]; // as ssh has it: git@HOST:PATH
  return host === undefined ? { protocol: 'file:', host: '' } : { protocol: 'ssh:', host: host.toLowerCase() };
}
