/** The SSH key that git is configured to sign with. Pure. */
import path from 'node:path';

/**
 * `user.signingKey` (git-config(1)) in the form for `signText`; undefined when it is empty, or does not name an SSH
 * key. Relative to `folder`.
 */
export function configuredKey(
  value: string,
  { home, folder }: { readonly home: string; readonly folder: string },
): string | undefined {
  if (/^(?:key::|ssh-|ecdsa-|sk-)/.test(value)) return value;
  if (!/[/\\.~]/.test(value)) return undefined; // an id of another kind of key
  return /^~[/\\]/.test(value) ? path.join(home, value.slice(2)) : path.resolve(folder, value);
}
