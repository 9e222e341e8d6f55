/**
 * The address of a forge's API, derived from that of its pages. A door of its own, since this needs nothing else of the
 * room.
 */

/** Hosts, as a git remote names them, and the address of their web pages. */
interface ForgePlace {
  readonly host: string;
  /** For example `https://git.example.com`. */
  readonly origin: string;
}

/**
 * For example `https://api.github.com`; GitHub Enterprise Cloud with data residency has its own (`api.acme.ghe.com`),
 * and a self-hosted server has it under `/api/v3`.
 */
export function githubAddress({ host, origin }: ForgePlace): string {
  if (host === 'github.com') return 'https://api.github.com';
  return host.endsWith('.ghe.com') ? `https://api.${host}` : `${origin}/api/v3`;
}

export const gitlabAddress = ({ origin }: ForgePlace): string => `${origin}/api/v4`;
