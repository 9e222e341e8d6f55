/**
 * The extension's page: README.md and CHANGELOG.md as they are packaged. A page is read where no file of the repository
 * is, so its addresses are made whole where the repository's own is known. Else there is a text in place of pictures (an
 * editor shows none but from a web address, and no `data:`), a link is its words, and what is only links is left out.
 */

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

/** A text that stands in a comment of the file, and on a page without pictures. */
const INSTEAD = /<!-- In place of pictures:\n([^]*?)-->\n/g;

/** A line for readers who have the repository before them. */
const NOT_HERE = /^.*<!-- Not on the extension's page\. -->\n\n?/gm;

/** A line, or what stands in brackets, that says nothing but where to read on. */
const ONLY_LINKS = /^\[[^\]]+\]\([^)\s]+\)(?: · \[[^\]]+\]\([^)\s]+\))*\n?$| \(\[[^\]]+\]\([^)\s]+\)\)/gm;

export function pageOf(readme: string, base: PageBase | undefined): string {
  const [page = ''] = readme.replace(NOT_HERE, '').split(END);
  const shown =
    base === undefined ? page.replace(/^!\[.*\n\n?/gm, '').replace(INSTEAD, '$1') : page.replace(INSTEAD, '');
  return linked(shown, base).trimEnd().concat('\n');
}

/** Makes addresses whole; where that can't be, a link is its words. */
const linked = (markdown: string, base: PageBase | undefined): string =>
  outsideCode(markdown, (text) =>
    (base === undefined ? text.replace(ONLY_LINKS, (whole) => (leadsAnywhere(whole) ? whole : '')) : text)
      .replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (whole, alt: string, target: string) =>
        isWhole(target) || base === undefined ? whole : `![${alt}](${base.url}/raw/HEAD/${target})`,
      )
      .replace(/(?<!!)\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label: string, target: string) =>
        isWhole(target) ? whole : base === undefined ? label : `[${label}](${base.url}/blob/HEAD/${target})`,
      ),
  );

const leadsAnywhere = (links: string): boolean => isWhole(/\]\(([^)]+)/.exec(links)?.[1] ?? '');

/** Whoever reads it has what is not released elsewhere: it stands under the packaged version, or as what came after it. */
export function changelogOf(changelog: string, { version }: Manifest, base: PageBase | undefined): string {
  const isListed = changelog.includes(`## [${version}]`);
  return linked(changelog, base)
    .replace(/^## \[Unreleased\]\n+(?=## )/m, '')
    .replace(/^## \[Unreleased\]$/m, isListed ? `## Since ${version}` : `## ${version}`)
    .replace(/^## \[([\d.]+)\]/gm, '## $1');
}

const isWhole = (target: string): boolean => /^(?:https?:|data:|#)/.test(target);

/** Applies a change to everything but fenced code. */
const outsideCode = (text: string, change: (text: string) => string): string =>
  text
    .split(/(^```[^]*?^```$)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
