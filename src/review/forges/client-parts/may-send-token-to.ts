/** Addresses that a token may be sent to. */
import { ForgeError } from './forge-error';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopback = (hostname: string): boolean => LOOPBACK.includes(hostname);

/**
 * The address, if it may be used: a token must not travel unencrypted, except to this machine itself. Throws a
 * {@link ForgeError} that names `name`.
 */
export function addressOf(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSafe(url))
    throw new ForgeError('answer', `${name} is no https address without user and password, so nothing was sent there.`);
  return url.href;
}

const isSafe = ({ protocol, hostname, username, password }: URL): boolean =>
  username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
