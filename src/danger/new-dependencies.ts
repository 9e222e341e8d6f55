/** Libraries that a change declares and that the file did not declare before, in the files of the usual package managers. */
import { once } from './lazy-value';
import { entriesOf, get, readJson, type Tree } from './yaml-and-json';
import type { Change } from './types';

/** One library. */
export interface Declared {
  readonly name: string;
  /** As it is written; null where the file leaves it open. */
  readonly version: string | null;
  /** 1-based, of the new file. */
  readonly line: number;
}

/** One library that is new, and where it is declared. */
export interface NewDependency extends Declared {
  readonly path: string;
}

type Read = (text: string) => readonly Declared[];

/** Larger files declare nothing that a person wrote. Characters. */
const TEXT_AT_MOST = 1_000_000;

const manifests = /* @__PURE__ */ once((): readonly (readonly [RegExp, Read])[] => [
  [
    /(?:^|\/)package\.json$/,
    ofJson(['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'], /(?!)/),
  ],
  [/(?:^|\/)composer\.json$/, ofJson(['require', 'require-dev'], /^(?:php|hhvm|composer-[\w-]+|(?:ext|lib)-.*)$/)],
  [
    /(?:^|\/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|requirements\/[\w.-]+\.(?:txt|in)|constraints\.txt)$/,
    ofLines(
      /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:@\s*(\S+)|((?:[=<>!~]=?|===)[^;#\s]*(?:\s*,\s*[=<>!~]=?[^;#\s,]*)*))?\s*(?:[;#].*)?$/,
    ),
  ],
  [/(?:^|\/)(?:pyproject|Pipfile)(?:\.toml)?$/, ofPyproject],
  [/(?:^|\/)go\.mod$/, ofGoMod],
  [/(?:^|\/)Cargo\.toml$/, ofCargo],
  [
    /(?:^|\/)(?:Gemfile|[\w.-]+\.gemspec)$/,
    ofLines(/^\s*(?:gem|\w+\.add_(?:\w+_)?dependency)\s*\(?\s*["']([\w./-]+)["'](?:\s*,\s*()["']([^"']+)["'])?/),
  ],
  [/(?:^|\/)pom\.xml$/, ofPom],
  [
    /\.gradle(?:\.kts)?$/,
    ofLines(
      /^\s*(?:implementation|api|compileOnly|runtimeOnly|testImplementation|testRuntimeOnly|androidTestImplementation|kapt|ksp|annotationProcessor|classpath|\w+(?:Implementation|Api|Only))\s*\(?\s*(?:platform\(\s*)?["']([\w.-]+:[\w.-]+)(?::()([^"':@]+))?/,
    ),
  ],
  [
    /(?:^|\/)libs\.versions\.toml$/,
    ofLines(/\bmodule\s*=\s*["']([\w.-]+:[\w.-]+)["'](?:.*\bversion(?:\.ref)?\s*=\s*()["']([^"']+)["'])?/),
  ],
]);

/** Whether a file declares libraries. */
export const isManifest = (path: string): boolean => manifests().some(([file]) => file.test(path));

/** Those that the new text of a file declares and the old one does not. Vendored and tests' files count as any other. */
export function newDependencies(changes: readonly Change[]): readonly NewDependency[] {
  return changes.flatMap(({ path, before, after }) => {
    const read = manifests().find(([file]) => file.test(path))?.[1];
    if (read === undefined || after === null || after === before || /(?:^|\/)node_modules\//.test(path)) return [];
    if (after.length > TEXT_AT_MOST || (before?.length ?? 0) > TEXT_AT_MOST) return [];
    const known = new Set(before === null ? [] : read(before).map(({ name }) => name.toLowerCase()));
    const seen = new Set<string>();
    return read(after).flatMap((declared) => {
      const key = declared.name.toLowerCase();
      if (known.has(key) || seen.has(key)) return [];
      seen.add(key);
      return [{ ...declared, path }];
    });
  });
}

function ofJson(sections: readonly string[], leftOut: RegExp): Read {
  return (text) => {
    const tree: Tree | undefined = readJson(text) ?? undefined;
    return sections.flatMap((section) =>
      entriesOf(get(tree, section)).flatMap(([name, { text: version, line }]) =>
        leftOut.test(name) ? [] : [{ name, version, line }],
      ),
    );
  };
}

/** A declaration a line: the first group is the name, one of the later ones the version. */
function ofLines(pattern: RegExp): Read {
  return (text) =>
    text.split('\n').flatMap((line, index) => {
      if (line.length > 1_000) return [];
      const [, name, ...versions] = pattern.exec(line.replace(/\r$/, '')) ?? [];
      const version = versions.find(Boolean);
      return name === undefined ? [] : [{ name, version: version?.trim() ?? null, line: index + 1 }];
    });
}

/** Lines with the name of their section in TOML. */
function sectionsOf(text: string): readonly { readonly section: string; readonly line: string; readonly at: number }[] {
  let section = '';
  return text.split('\n').map((line, index) => {
    section = /^\s*\[{1,2}([^\]]{1,200})\]{1,2}/.exec(line)?.[1] ?? section;
    return { section, line: line.length > 1_000 ? '' : line, at: index + 1 };
  });
}

const VALUE =
  /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=\s*(?:["']([^"']*)["']|\{.*?\b(?:version|git|path|url)\s*=\s*["']([^"']*)["'])?/;

function ofPyproject(text: string): readonly Declared[] {
  let isOpen = false;
  return sectionsOf(text).flatMap(({ section, line, at }): readonly Declared[] => {
    if (/^\s*\[/.test(line) && !isOpen) return [];
    if (/^(?:tool\.poetry\.(?:group\.[\w-]+\.)?(?:dev-)?dependencies|packages|dev-packages)$/.test(section)) {
      const [, name, version, source] = VALUE.exec(line) ?? [];
      return name === undefined || name === 'python' ? [] : [{ name, version: version ?? source ?? null, line: at }];
    }
    const isList = /^(?:project|build-system)$/.test(section)
      ? /^\s*(?:dependencies|requires)\s*=/.test(line)
      : /^(?:project\.optional-dependencies|dependency-groups|tool\.uv)$/.test(section) &&
        /^\s*[\w-]+\s*=\s*\[/.test(line);
    if (isList) isOpen = true;
    if (!isOpen) return [];
    const found = [
      ...line
        .replace(/^\s*[\w-]+\s*=\s*\[/, '')
        .matchAll(/["']([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*((?:[=<>!~@]|===)[^"';]*)?[^"']*["']/g),
    ];
    if (/\]\s*(?:#.*)?$/.test(line)) isOpen = false;
    return found.map(([, name = '', version]) => ({ name, version: version?.trim() ?? null, line: at }));
  });
}

function ofGoMod(text: string): readonly Declared[] {
  let isOpen = false;
  return text.split('\n').flatMap((line, index): readonly Declared[] => {
    if (/^\s*require\s*\(/.test(line)) isOpen = true;
    else if (/^\s*\)/.test(line)) isOpen = false;
    const [, single, name = '', version = ''] = /^\s*(require\s+)?([\w.~/-]+\.[\w.~/-]+)\s+(v\S+)/.exec(line) ?? [];
    if (name === '' || (!isOpen && single === undefined) || /\/\/\s*indirect/.test(line)) return [];
    return [{ name, version, line: index + 1 }];
  });
}

function ofCargo(text: string): readonly Declared[] {
  return sectionsOf(text).flatMap(({ section, line, at }): readonly Declared[] => {
    const [, table] =
      /^\s*\[(?:target\..*\.)?(?:workspace\.)?(?:dev-|build-)?dependencies\.["']?([\w-]+)["']?\]/.exec(line) ?? [];
    if (table !== undefined) return [{ name: table, version: null, line: at }];
    if (!/(?:^|\.)(?:dev-|build-)?dependencies$/.test(section) || /^\s*[[#]/.test(line)) return [];
    const [, name, version, source] = VALUE.exec(line) ?? [];
    if (name === undefined) return [];
    return [{ name: name.replace(/\.workspace$/, ''), version: version ?? source ?? null, line: at }];
  });
}

function ofPom(text: string): readonly Declared[] {
  const found: Declared[] = [];
  let [group, name, version, line, isOpen] = ['', '', '', 0, false];
  text.split('\n').forEach((row, index) => {
    if (/<(?:dependency|plugin)>/.test(row)) [group, name, version, line, isOpen] = ['', '', '', index + 1, true];
    if (!isOpen) return;
    group = /<groupId>\s*([^<\s]+)/.exec(row)?.[1] ?? group;
    name = name === '' ? (/<artifactId>\s*([^<\s]+)/.exec(row)?.[1] ?? '') : name;
    version = version === '' ? (/<version>\s*([^<\s]+)/.exec(row)?.[1] ?? '') : version;
    if (!/<\/(?:dependency|plugin)>/.test(row)) return;
    isOpen = false;
    if (name !== '')
      found.push({ name: group === '' ? name : `${group}:${name}`, version: version === '' ? null : version, line });
  });
  return found;
}
