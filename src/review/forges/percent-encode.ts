/**
 * Percent-encoding (RFC 3986) for addresses.
 */

/**
 * Encodes everything but unreserved characters as UTF-8. That includes `!'()*`, which `encodeURIComponent` leaves and
 * terminals and mail programs mishandle. Lone surrogates become U+FFFD.
 */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A path: each segment encoded, the slashes kept. */
export function encodePath(path: string): string {
  return path.split('/').map(encode).join('/');
}

/**
 * `?a=b&c=d`; pairs without a value are left out. Spaces are `%20`: unlike `+` that survives every program in between.
 */
export function query(pairs: readonly (readonly [name: string, value: string])[]): string {
  const filled = pairs.filter(([, value]) => value !== '');
  return `?${filled.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}
