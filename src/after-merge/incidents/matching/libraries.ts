/** Lines of manifests and lock files that say which version of a library is used. */
import { folded } from './names';
import { LOCK_FILE, type ChangedLine, type ChangedPart } from './lines';

const MANIFEST =
  /(?:^|\/)(?:package\.json|requirements[\w./-]*\.(?:txt|in)|constraints[\w-]*\.txt|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|environment\.ya?ml|Gemfile|[\w-]+\.gemspec|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|[\w-]+\.versions\.toml|gradle\.properties|Cargo\.toml|composer\.json|[\w.-]+\.csproj|Directory\.Packages\.props|packages\.config|mix\.exs|pubspec\.yaml|build\.sbt|deps\.edn|conanfile\.(?:txt|py)|vcpkg\.json|Package\.swift|Podfile|Dockerfile[\w.-]*|[\w.-]+\.Dockerfile|Chart\.yaml|versions\.tf|WORKSPACE|MODULE\.bazel|flake\.nix|\.tool-versions|\.nvmrc)$/i;

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
  const [own, other] = [versionIn(line.text), versionIn(line.counterpart ?? '')];
  const [before, after] = line.side === 'added' ? [other, own] : [own, other];
  return { line, inLock, versions: [before, after].filter((one) => one !== '').join(' → ') };
}

const isNamed = ({ names, scope }: ChangedLine, name: string): boolean =>
  names.has(name) || scope?.names.has(name) === true;

const VERSION = /\d+\.\d+/;
const versionIn = (text: string): string => /v?\d+(?:\.\d+)+[\w.+-]*/.exec(text)?.[0] ?? '';
