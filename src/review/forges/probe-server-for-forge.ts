/** Asking a server which forge it is: for hosts of companies, whose names don't say. */
import { FORGES } from './forges';
import type { Forge, ForgeId } from './forge-interface';
import type { Remote } from './parse-remote';
import type { ServerAnswer } from './forge-probe-answer';
import { isAnything, parsedAs } from '../../base/shapes';

const PATIENCE_MS = 5_000;
/** Longest answer that is read (bytes). */
const LONGEST = 64 * 1024;
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The forge at a remote's host; undefined when none of them answers as it does. No token is sent, no redirect followed,
 * and nothing asked without encryption.
 */
export async function askForge(remote: Remote, forges: readonly Forge[] = FORGES): Promise<ForgeId | undefined> {
  const { protocol, hostname } = new URL(remote.origin);
  if (protocol !== 'https:' && !LOOPBACK.includes(hostname)) return undefined;
  const found = await Promise.all(
    forges.flatMap(({ id, tellsBy }) =>
      tellsBy === undefined
        ? []
        : [answerAt(`${remote.origin}${tellsBy.path}`).then((answer) => (tellsBy.isIt(answer) ? id : undefined))],
    ),
  );
  // One that was made from another answers as that one, too, and comes after it in the table.
  return found.findLast((id) => id !== undefined);
}

/** Made when it is needed: to name `Headers` makes Node load all that fetches. */
const nothing = (): ServerAnswer => ({ status: 0, headers: new Headers(), body: undefined });

async function answerAt(address: string): Promise<ServerAnswer> {
  try {
    const { status, headers, body } = await fetch(address, {
      redirect: 'manual',
      headers: { accept: 'application/json', 'user-agent': 'linekeeper' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of body ?? []) {
      parts.push(part as Uint8Array);
      size += (part as Uint8Array).length;
      if (size > LONGEST) return nothing();
    }
    return { status, headers, body: parsedAs(Buffer.concat(parts).toString('utf8'), isAnything) };
  } catch {
    return nothing(); // not there, or not in time
  }
}
