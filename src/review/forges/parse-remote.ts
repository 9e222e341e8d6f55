/**
 * A git remote's place on the web.
 *
 * Forms: https://git-scm.com/docs/git-clone#_git_urls. The person who made the clone or a script wrote the remote's
 * address; it may contain a password, so no message of ours ever repeats it.
 */
import { encode } from './percent-encode';
import { ReviewError } from './review-page-error';
import { visible } from '../../policy';
import { attempt } from '../../base/platform';

/** A remote on a network host. */
export interface Remote {
  /** Lower case, without port; international names in their ASCII form. */
  readonly host: string;
  /** Owner and project, decoded: `acme/shop`, `group/sub/group/shop`. No `.git`, no slash at either end. */
  readonly path: string;
  /**
   * Scheme, host and port of its web pages: `https://git.example.com:8443`. A port of SSH or git is not the web's.
   */
  readonly origin: string;
  /** Page of the project on most forges: the origin and the encoded path. Never with user or password. */
  readonly webUrl: string;
}

const SCHEMES: Readonly<Record<string, 'http:' | 'https:'>> = {
  https: 'https:',
  http: 'http:',
  ssh: 'https:',
  git: 'https:',
  'git+ssh': 'https:',
  'ssh+git': 'https:',
  'git+https': 'https:',
};

/** Hosts that only serve SSH, and where their pages are. */
const WEB_HOSTS: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
};

const LONGEST = 2_000;

/**
 * Parses a remote's address as printed by git (`git remote get-url`, so `insteadOf` is applied). `name` is the
 * remote's, for messages. Throws a {@link ReviewError} `not-a-web-address` for anything without a host, an owner and a
 * project.
 */
export function parseRemote(address: string, name = 'origin'): Remote {
  const refuse = (why: string): ReviewError =>
    new ReviewError(
      'not-a-web-address',
      `Remote ${visible(name)} ${why}, so there is no web page to open. ` +
        `Point it at the Git host: git remote set-url ${visible(name)} https://HOST/OWNER/PROJECT.git`,
    );
  if (address.length > LONGEST) throw refuse('has an address that is too long');
  if (visible(address) !== address || address.includes('\\'))
    throw refuse('has characters in its address that do not belong there');

  const { scheme, place } = takeApart(address.trim(), refuse);
  const web = SCHEMES[scheme];
  if (web === undefined) throw refuse(`uses ${visible(scheme)}: and not https or ssh`);
  const page = `${web}//${place.replace(/[?#]/g, encode)}`;
  if (!URL.canParse(page)) throw refuse('has an address that cannot be read');
  const url = new URL(page);

  const segments = url.pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  const last = segments.pop()?.replace(/\.git$/, '');
  if (last !== undefined && last !== '') segments.push(last);
  if (segments.length < 2) throw refuse('does not name an owner and a project');
  if (
    segments.some(
      (segment) => segment === '..' || segment.includes('/') || visible(segment) !== segment || segment.includes('\\'),
    )
  ) {
    throw refuse('has characters in its address that do not belong there');
  }

  const host = webHost(url.hostname, scheme);
  const port = scheme.startsWith('http') && url.port !== '' ? `:${url.port}` : '';
  const origin = `${web}//${host}${port}`;
  return { host, path: segments.join('/'), origin, webUrl: `${origin}/${segments.map(encode).join('/')}` };
}

/** The scheme, and the rest in URL form. `user@host:path` is SSH. */
function takeApart(address: string, refuse: (why: string) => ReviewError): { scheme: string; place: string } {
  const withScheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(address);
  if (withScheme) return { scheme: (withScheme[1] ?? '').toLowerCase(), place: withScheme[2] ?? '' };
  if (/^[a-z0-9+.-]+::/i.test(address)) throw refuse('goes through a remote helper');
  const scp = /^(?:[^/@:]*@)?(\[[^\]/]+\]|[^/:[\]]+):(.*)$/.exec(address);
  const host = scp?.[1] ?? '';
  if (host.length < 2 || /^(?:javascript|vbscript|data|file|blob|about|mailto)$/i.test(host))
    throw refuse('is a local path, not a Git host');
  return { scheme: 'ssh', place: `${host}/${(scp?.[2] ?? '').replace(/^\/+/, '')}` };
}

function decoded(segment: string): string {
  return attempt(() => decodeURIComponent(segment), segment);
}

/**
 * `github-work`, a common alias of `~/.ssh/config` for a second account, means the forge whose name it starts with.
 */
function webHost(hostname: string, scheme: string): string {
  const host = hostname.replace(/\.$/, '');
  if (scheme.includes('ssh') && !host.includes('.')) {
    if (/^github(?:$|[-_])/.test(host)) return 'github.com';
    if (/^gitlab[-_]/.test(host)) return 'gitlab.com';
    if (/^bitbucket[-_]/.test(host)) return 'bitbucket.org';
  }
  return WEB_HOSTS[host] ?? host;
}
