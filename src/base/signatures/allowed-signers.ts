/** Reads an allowed-signers file (ssh-keygen(1), "ALLOWED SIGNERS"): whose key is listed, before anything is signed. Pure. */

/** `ssh-ed25519 AAAA…` in a text that holds a public key: a `.pub` file, or git's `user.signingKey`; without comment. */
export function publicKeyIn(text: string): string | undefined {
  const found = /^(?:key::)?((?:ssh|ecdsa|sk)-\S+)\s+([A-Za-z0-9+/=]+)/.exec(text.trim());
  return found ? `${found[1] ?? ''} ${found[2] ?? ''}` : undefined;
}

const LINE =
  /^(?:"([^"]*)"|([^\s"#]\S*))[ \t]+(?:((?:[^\s"]|"[^"]*")+)[ \t]+)?((?:ssh|ecdsa|sk)-\S+)[ \t]+([A-Za-z0-9+/=]+)/;

/**
 * The principals that a public key belongs to for a purpose at a time (milliseconds); none when it is not listed. A
 * pattern names nobody in particular.
 */
export function principalsOf(
  allowedSigners: string,
  { publicKey, namespace, at }: { readonly publicKey: string; readonly namespace: string; readonly at: number },
): readonly string[] {
  const all = allowedSigners.split('\n').flatMap((line): readonly string[] => {
    const [, quoted, bare = '', options = '', type = '', blob = ''] = LINE.exec(line.trim()) ?? [];
    if (`${type} ${blob}` !== publicKey || /(?:^|,)cert-authority(?:,|$)/i.test(options)) return [];
    const namespaces = optionOf(options, 'namespaces')?.split(',');
    if (namespaces && !namespaces.some((one) => matches(one.trim(), namespace))) return [];
    const [after, before] = [timeOf(optionOf(options, 'valid-after')), timeOf(optionOf(options, 'valid-before'))];
    if ((after !== undefined && at < after) || (before !== undefined && at > before)) return [];
    return (quoted ?? bare).split(',').filter((one) => one !== '' && !/^-|[*?!]/.test(one));
  });
  return [...new Set(all)];
}

const optionOf = (options: string, name: string): string | undefined =>
  new RegExp(`(?:^|,)${name}="([^"]*)"`, 'i').exec(options)?.[1];

const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name);

/** `YYYYMMDD[HHMM[SS]][Z]`; without a Z in local time. */
function timeOf(text: string | undefined): number | undefined {
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z?)$/i.exec(text ?? '') ?? [];
  if (year === undefined) return undefined;
  const parts = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  parts[1] -= 1;
  return zone === '' ? new Date(...parts).getTime() : Date.UTC(...parts);
}
