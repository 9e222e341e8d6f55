/**
 * Where a forge's interface is, by where its pages are. A door of its own, since nothing else of this room is needed to
 * know it.
 */

/** Hosts, as a git remote names them, and the address of their web pages. */
export interface ForgePlace {
  readonly host: string;
  /** Such as `https://git.example.com`. */
  readonly origin: string;
}

/**
 * Such as `https://api.github.com`; GitHub Enterprise Cloud with data residency has its own (`api.acme.ghe.com`), and a
 * server of one's own has it below `/api/v3`.
 */
export function githubAddress({ host, origin }: ForgePlace): string {
  if (host === 'github.com') return 'https://api.github.com';
  return host.endsWith('.ghe.com') ? `https://api.${host}` : `${origin}/api/v3`;
}

export const gitlabAddress = ({ origin }: ForgePlace): string => `${origin}/api/v4`;
