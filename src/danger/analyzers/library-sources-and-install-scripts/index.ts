/** Where libraries come from, and what runs when they are installed: registries, addresses, install scripts. */
import { anyOf } from '../../../base/patterns';
import { isManifest, newDependencies } from '../../new-dependencies';
import { isExample, isTest, isVendored } from '../../path-roles';
import { factAt } from '../../rule-rows/facts-from-sentences';
import { get, named, readJson } from '../../yaml-and-json';
import type { AnalyzerOfFiles, Change, Noticed } from '../../types';

/** Settings of package managers. */
const SETTINGS =
  /(?:^|\/)(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmrc|bunfig\.toml|pip\.conf|pip\.ini|uv\.toml|\.pypirc|nuget\.config|settings\.gradle(?:\.kts)?|\.cargo\/config(?:\.toml)?|auth\.json)$/i;
const NPM_LOCK = /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/;

export const libraries: AnalyzerOfFiles = {
  id: 'libraries',
  searchesLines: true,
  concerns: ({ path, after }) =>
    after !== null &&
    !isVendored(path) &&
    !isTest(path) &&
    !isExample(path) &&
    (SETTINGS.test(path) || NPM_LOCK.test(path) || isManifest(path)),
  notice: (change) => {
    if (NPM_LOCK.test(change.path)) return scriptsInLock(change);
    return [
      ...registries(change),
      ...(isManifest(change.path) ? addresses(change) : []),
      ...(/(?:^|\/)package\.json$/.test(change.path) ? ownScripts(change) : []),
    ];
  },
};

/** What package managers take libraries from by themselves. */
const USUAL = anyOf(
  String.raw`
  registry\.npmjs\.org registry\.yarnpkg\.com pypi\.org files\.pythonhosted\.org rubygems\.org index\.rubygems\.org
  repo\.maven\.apache\.org repo1\.maven\.org maven\.google\.com dl\.google\.com plugins\.gradle\.org crates\.io
  index\.crates\.io static\.crates\.io github\.com/rust-lang/crates\.io-index repo\.packagist\.org packagist\.org
  proxy\.golang\.org api\.nuget\.org jsr\.io npm\.jsr\.io download\.pytorch\.org
  `,
  { before: '^(?:', after: ')$', flags: 'i' },
);
/** A line that names a registry, in the words of one package manager or another. */
const NAMES =
  /(?:\bregistry\s*[=:]|npmRegistryServer|(?:extra-)?index-url|\bindex\b.*\burl\s*=|^\s*url\s*=|^\s*source\s*\(?\s*["']https?|<url>\s*https?|\bmaven\s*\{?.*\burl|^\s*url\s*(?:=|\(|["'])|<add\s+key=.*value=["']https?|"url"\s*:)/i;

function registries({ path, before, after }: Change): readonly Noticed[] {
  const known = hostsIn(before ?? '', path);
  const seen = new Set(known.map(({ host }) => host));
  return hostsIn(after ?? '', path).flatMap(({ host, line }): readonly Noticed[] => {
    if (seen.has(host) || USUAL.test(host)) return [];
    seen.add(host);
    return [
      factAt('permissions/library-source (high): Libraries come from {source} too.', line, { source: named(host) }),
    ];
  });
}

/** Tells of each line of Gradle, in their order, whether it is in a block about repositories: others have addresses too. */
function inRepositories(): (line: string) => boolean {
  const open: boolean[] = [];
  let count = 0;
  return (line) => {
    const isNamed = /repositor|maven|ivy\b/i.test(line);
    const isInside = count > 0 || (isNamed && line.includes('{'));
    for (const [brace] of line.matchAll(/[{}]/g)) {
      if (brace === '{') open.push(isNamed);
      if (brace === '{' ? isNamed : open.pop() === true) count += brace === '{' ? 1 : -1;
    }
    return isInside;
  };
}

/** In manifests only the lines that say so: they have other addresses too. */
function hostsIn(text: string, path: string): readonly { readonly host: string; readonly line: number }[] {
  if (/(?:package|composer)\.json$|\.gemspec$|go\.mod$|Cargo\.toml$/.test(path)) return [];
  const isPom = path.endsWith('pom.xml');
  const isGradle = /\.gradle(?:\.kts)?$/.test(path);
  let isRepository = false;
  let section = '';
  const isInRepositories = inRepositories();
  return text.split('\n').flatMap((line, index) => {
    const isLeftOut = isGradle && !isInRepositories(line);
    section = /^\s*\[{1,2}([^\]]{1,100})\]/.exec(line)?.[1] ?? section;
    if (/<(?:pluginR|r)epository>/.test(line)) isRepository = true;
    else if (/<\/(?:pluginR|r)epository>/.test(line)) isRepository = false;
    if (line.length > 1_000 || /^\s*(?:#|\/\/|;)/.test(line) || !NAMES.test(line) || (isPom && !isRepository))
      return [];
    if (isLeftOut) return [];
    if (path.endsWith('.toml') && !/source|index|registr|repositor|install/i.test(section)) return [];
    const host = /https?:\/\/(?:[^\s/@"']*@)?([\w.-]+)/.exec(line)?.[1];
    return host === undefined ? [] : [{ host: host.toLowerCase(), line: index + 1 }];
  });
}

const ADDRESS = /^(?:git\+|git:|git@|ssh:|https?:|github:|gitlab:|bitbucket:|gist:)/i;
/** npm's short form for a repository on GitHub. Elsewhere it is a folder of this repository. */
const OWNER_AND_NAME = /^[\w.-]+\/[\w.-]+(?:#\S+)?$/;
const COMMIT = /[#@][0-9a-f]{40}\b|\/(?:tarball|archive)\/[0-9a-f]{40}\b/i;

/** New libraries whose version is an address. */
function addresses(change: Change): readonly Noticed[] {
  const isComposer = change.path.endsWith('composer.json');
  const isNpm = /(?:^|\/)package\.json$/.test(change.path);
  return newDependencies([change]).flatMap(({ name, version, line }): readonly Noticed[] => {
    if (version === null || isComposer || !(ADDRESS.test(version) || (isNpm && OWNER_AND_NAME.test(version))))
      return [];
    const words = { name: named(name), source: named(version.replace(/\/\/[^\s/@]*@/, '//').replace(/#.*$/, '')) };
    return [
      factAt(
        COMMIT.test(version)
          ? 'permissions/library-source (low): {name} comes from a commit of {source}.'
          : 'permissions/library-source: {name} comes from {source}: whoever can move it runs code here.',
        line,
        words,
      ),
    ];
  });
}

/** `prepare` runs only where the package is built. */
const AT_INSTALL: readonly string[] = ['preinstall', 'install', 'postinstall'];
/** Programs that set a package up, and nothing else. */
const HARMLESS =
  /^(?:husky(?: install)?|patch-package|lefthook install|simple-git-hooks|is-ci \|\| husky.*|ngcc.*|nuxt prepare|prisma generate|(?:npx )?only-allow \w+|svelte-kit sync.*)$/;

function ownScripts({ before, after }: Change): readonly Noticed[] {
  const [oldJson, newJson] = [readJson(before ?? '{}') ?? undefined, readJson(after ?? '{}') ?? undefined];
  return AT_INSTALL.flatMap((name): readonly Noticed[] => {
    const [oldScript, script] = [get(oldJson, 'scripts', name), get(newJson, 'scripts', name)];
    if (
      before === null ||
      script === undefined ||
      script.text === null ||
      oldScript?.text === script.text ||
      HARMLESS.test(script.text)
    )
      return [];
    return [
      factAt('permissions/library-source: The package runs "{script}" whenever it is installed ({name}).', script, {
        name,
        script: named(script.text),
      }),
    ];
  });
}

/** Libraries that were not there before, in whatever version. By lines: such a file has megabytes. */
function scriptsInLock({ before, after }: Change): readonly Noticed[] {
  if (before === null) return [];
  const known = new Set(packagesIn(before).map(({ name }) => name));
  return packagesIn(after ?? '')
    .filter(({ name, hasScript }) => hasScript && !known.has(name))
    .map(({ name, line }) =>
      factAt(
        'permissions/library-source (low): {name} runs a script of its own when it is installed.',
        line,
        {
          name: named(name),
        },
        { cause: 'install scripts' },
      ),
    );
}

interface Locked {
  readonly name: string;
  /** 1-based, of its entry. */
  readonly line: number;
  readonly hasScript: boolean;
}

function packagesIn(text: string): readonly Locked[] {
  const found: Locked[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const [, path = ''] of line
      .slice(0, LINE_AT_MOST)
      .matchAll(/"((?:[^"\s]*\/)?node_modules\/[^"\s]+)"\s*:\s*\{/g))
      found.push({ name: nameIn(path), line: index + 1, hasScript: false });
    const last = found.at(-1);
    if (last !== undefined && /"hasInstallScript"\s*:\s*true/.test(line))
      found[found.length - 1] = { ...last, hasScript: true };
  }
  return found;
}
/** A longer line was not written by npm. */
const LINE_AT_MOST = 2_000;

const nameIn = (path: string): string => path.split('node_modules/').at(-1) ?? path;
