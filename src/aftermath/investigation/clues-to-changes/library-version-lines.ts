/** Lines of manifests and lock files that say which version of a library is used. */
import { fileNamed, LOCK_FILE } from '../../../base/patterns';
import { folded } from './normalize-names';
import type { ChangedLine, ChangedPart } from './read-changed-lines';

const MANIFEST = fileNamed(String.raw`
  Cargo\.toml Chart\.yaml Directory\.Packages\.props Dockerfile[\w.-]* Gemfile MODULE\.bazel
  Package\.swift Pipfile Podfile WORKSPACE [\w-]+\.gemspec [\w-]+\.versions\.toml
  [\w.-]+\.Dockerfile [\w.-]+\.csproj \.nvmrc \.tool-versions build\.gradle(?:\.kts)? build\.sbt
  composer\.json conanfile\.(?:txt|py) constraints[\w-]*\.txt deps\.edn environment\.ya?ml
  flake\.nix go\.mod gradle\.properties mix\.exs package\.json packages\.config pom\.xml
  pubspec\.yaml pyproject\.toml requirements[\w./-]*\.(?:txt|in) setup\.(?:py|cfg) vcpkg\.json
  versions\.tf
`);

/** Where the name to import is not the one to install. */
const INSTALLED_AS: Readonly<Record<string, readonly string[]>> = {
  yaml: ['pyyaml'],
  cv2: ['opencv-python', 'opencv-python-headless'],
  pil: ['pillow'],
  bs4: ['beautifulsoup4'],
  dateutil: ['python-dateutil'],
  sklearn: ['scikit-learn'],
  jwt: ['pyjwt'],
  crypto: ['pycryptodome'],
  psycopg2: ['psycopg2-binary'],
  mysqldb: ['mysqlclient'],
  dotenv: ['python-dotenv'],
  attr: ['attrs'],
  google: ['protobuf', 'google-cloud'],
  serial: ['pyserial'],
  magic: ['python-magic'],
  jose: ['python-jose'],
  rest_framework: ['djangorestframework'],
  active_record: ['activerecord', 'rails'],
};

/** What a manifest may call a library of a trace, folded, the likeliest first. */
export function namesOfLibrary(library: string): readonly string[] {
  const names = [library, ...(INSTALLED_AS[library.toLowerCase()] ?? [])];
  // A package of Java or Go: the group or module is the beginning of it.
  const divider = library.includes('/') ? '/' : '.';
  const parts = library.split(divider);
  if (parts.length > 2 || (divider === '.' && parts.length > 1))
    for (let length = parts.length - 1; length >= 2; length--) names.push(parts.slice(0, length).join(divider));
  if (/^lib[\w+-]+\.so/.test(library)) names.push(library.replace(/^lib|\.so.*$/g, ''), library.replace(/\.so.*$/, ''));
  return [...new Set(names.map(folded))].filter((name) => name.length > 1);
}

interface LibraryLine {
  readonly line: ChangedLine;
  readonly inLock: boolean;
  /** `8.11.3 → 8.12.0`, as far as the lines say it. */
  readonly versions: string;
}

/** The line of a changed file that changes the version of a library by one of these names. */
export function libraryLine(part: ChangedPart, names: readonly string[]): LibraryLine | undefined {
  const inLock = LOCK_FILE.test(part.path);
  if (!inLock && !MANIFEST.test(part.path)) return undefined;
  const found = part.lines.filter((line) => names.some((name) => isNamed(line, name)));
  // A line with a number says more than one with a checksum or an address.
  const line =
    found.find(({ text, side }) => side === 'added' && VERSION.test(text)) ??
    found.find(({ text }) => VERSION.test(text)) ??
    found[0];
  if (line === undefined) return undefined;
  const [version, formerVersion] = [versionIn(line.text), versionIn(line.counterpart ?? '')];
  const [before, after] = line.side === 'added' ? [formerVersion, version] : [version, formerVersion];
  return { line, inLock, versions: [before, after].filter((one) => one !== '').join(' → ') };
}

const isNamed = ({ names, scope }: ChangedLine, name: string): boolean =>
  names.has(name) || scope?.names.has(name) === true;

const VERSION = /\d+\.\d+/;
const versionIn = (text: string): string => /v?\d+(?:\.\d+)+[\w.+-]*/.exec(text)?.[0] ?? '';
