/**
 * The extension's page: README.md and CHANGELOG.md as they are packaged. A page is read where no file of the repository
 * is, so its addresses are made whole where the repository's own is known; else pictures are put into the page itself,
 * and what a dead link would promise is said without one.
 */
import path from 'node:path';

/** Where the repository can be read: `https://github.com/OWNER/NAME`. */
export interface PageBase {
  readonly url: string;
}

interface Manifest {
  readonly version: string;
  readonly repository?: string | { readonly url?: string };
}

/** From the environment, else from the manifest; undefined when neither names a web address. */
export function baseOf(
  { repository }: Manifest,
  env: Readonly<Record<string, string | undefined>>,
): PageBase | undefined {
  const named = env['LINEKEEPER_REPOSITORY'] ?? (typeof repository === 'string' ? repository : repository?.url);
  const url = named
    ?.replace(/^git\+/, '')
    .replace(/\.git$/, '')
    .replace(/\/$/, '');
  return url !== undefined && /^https:\/\/[^/]+\/.+/.test(url) ? { url } : undefined;
}

/** What follows this line is for people who have the repository before them. */
const END = '<!-- The page of the extension ends here. -->';

/** `pictureOf`: a picture's bytes, by its path in the repository. */
export function pageOf(readme: string, base: PageBase | undefined, pictureOf: (file: string) => Buffer): string {
  const [page = ''] = readme.split(END);
  return outsideCode(page.trimEnd(), (text) =>
    text
      .replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (whole, alt: string, target: string) =>
        isWhole(target) ? whole : `![${alt}](${pictureAt(target, base, pictureOf)})`,
      )
      .replace(/(?<!!)\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label: string, target: string) =>
        isWhole(target) ? whole : base === undefined ? label : `[${label}](${base.url}/blob/HEAD/${target})`,
      ),
  ).concat('\n');
}

/** The packaged version's changes have its number, and not "Unreleased". */
export function changelogOf(changelog: string, { version }: Manifest): string {
  return changelog.includes(`## [${version}]`)
    ? changelog.replace(/^## \[Unreleased\]\n+(?=## )/m, '')
    : changelog.replace(/^## \[Unreleased\]$/m, `## [${version}]`);
}

const isWhole = (target: string): boolean => /^(?:https?:|data:|#)/.test(target);

function pictureAt(target: string, base: PageBase | undefined, pictureOf: (file: string) => Buffer): string {
  if (base !== undefined) return `${base.url}/raw/HEAD/${target}`;
  return `data:image/${path.extname(target).slice(1)};base64,${pictureOf(target).toString('base64')}`;
}

/** Applies a change to everything but fenced code. */
const outsideCode = (text: string, change: (text: string) => string): string =>
  text
    .split(/(^```[^]*?^```$)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
