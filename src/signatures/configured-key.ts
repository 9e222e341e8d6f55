/** The SSH key that git is configured to sign with. Pure. */
import path from 'node:path';

/**
 * `user.signingKey` (git-config(1)) as `signText` takes it; undefined where it is empty, or names no SSH key. Relative
 * to `folder`.
 */
export function configuredKey(
  value: string,
  { home, folder }: { readonly home: string; readonly folder: string },
): string | undefined {
  if (/^(?:key::|ssh-|ecdsa-|sk-)/.test(value)) return value;
  if (!/[/\\.~]/.test(value)) return undefined; // an id of another kind of key
  return /^~[/\\]/.test(value) ? path.join(home, value.slice(2)) : path.resolve(folder, value);
}
