/**
 * Builds everything and packages it as `dist/linekeeper.vsix`, the form in which it is installed and published. With
 * `--proposals` the manifest asks for the editor's proposed APIs, which a marketplace refuses: it is for those whose
 * editor grants them (docs/attribution.md, "Reasons"). `--built`: of the bundles that are there. `--quick`: see `PackOptions`.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { buildBundles, bundlesOf, CONTENTS_VARIABLE, GRAMMAR_FILES, packedMore, printed } from './build';
import { baseOf, changelogOf, pageOf } from './page';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const VSIX = path.join(ROOT, 'dist', 'linekeeper.vsix');
/** Room for the grammars that the danger rules load on demand. */
const LARGEST_BYTES = 3_600_000;

/** The licenses of the code of others that is in the bundles; in a release alone, since it takes long to find it out. */
export const LICENSES = 'THIRD-PARTY-LICENSES.txt';

/** Of `package.json`. */
export type Manifest = Readonly<Record<string, unknown>>;

export interface PackOptions {
  /** False where the bundles are made already. Default: true. */
  readonly build?: boolean;
  /** See `BuildBundlesOptions`. Default: no such file. */
  readonly contents?: string | undefined;
  /** See `packedManifest`. Default: false. */
  readonly proposals?: boolean;
  /** In half the time, for tests: larger, and its size isn't checked. Default: false. */
  readonly quick?: boolean;
  /** The text of `THIRD-PARTY-LICENSES.txt`. Default: no such file. */
  readonly licenses?: string;
  /** Default: `dist/linekeeper.vsix`. */
  readonly file?: string;
}

/** The packager leaves the level to the default, which makes the package larger. */
function compressMost(): void {
  const { DeflateRaw } = zlib;
  zlib.DeflateRaw = function (options?: zlib.ZlibOptions) {
    return new DeflateRaw({ ...options, level: zlib.constants.Z_BEST_COMPRESSION, memLevel: 6 }); // smaller blocks fit code better
  } as unknown as typeof DeflateRaw;
}

/** Returns the file's path. Throws when it can't be built or is too large. */
export async function packExtension(options: PackOptions = {}): Promise<string> {
  const { build = true, contents, proposals = false, quick = false, licenses, file = VSIX } = options;
  if (build) await buildBundles(undefined, contents === undefined ? {} : { contents });
  removeOthers();
  if (!quick) compressMost();
  rmSync(file, { force: true });
  const staged = mkdtempSync(path.join(tmpdir(), 'linekeeper-package-'));
  try {
    for (const place of packedPlaces())
      cpSync(path.join(ROOT, place), path.join(staged, place), { recursive: true, filter: isNoTest });
    writePages(staged);
    if (licenses !== undefined) writeFileSync(path.join(staged, LICENSES), licenses);
    const manifest = packedManifest(manifestOf(ROOT), proposals);
    writeFileSync(path.join(staged, 'package.json'), JSON.stringify(manifest));
    for (const grammar of quick ? [] : GRAMMAR_FILES.map(({ to }) => path.join(staged, to)))
      writeFileSync(grammar, packedMore(readFileSync(grammar)));
    for (const name of ['package.nls.json', 'media/policy.schema.json']) withoutSpaces(path.join(staged, name));
    await createVSIX({
      cwd: staged,
      packagePath: file,
      dependencies: false, // everything is bundled
      allowMissingRepository: true,
      rewriteRelativeLinks: false, // the pages' addresses are whole
      allowPackageSecrets: ['database-connection-string'], // the pages of the danger rules show shortened ones
      skipLicense: !existsSync(path.join(ROOT, 'LICENSE')),
    });
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
  const { size } = statSync(file);
  if (!quick && size > LARGEST_BYTES)
    throw new Error(
      `${file} has ${String(size)} bytes; more than ${String(LARGEST_BYTES)} is too large: see what .vscodeignore lets in`,
    );
  return file;
}

/**
 * The files and folders that may hold what is packed, with the list itself, by which the packager chooses. It compares
 * each file with each line: of the whole tree that takes five seconds.
 */
function packedPlaces(): readonly string[] {
  const named = readFileSync(path.join(ROOT, '.vscodeignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1).replace(/[*!(].*$/, ''));
  const places = [...new Set(['.vscodeignore', ...named])].filter((place) => existsSync(path.join(ROOT, place)));
  return places.filter((place) => !places.some((outer) => outer !== place && place.startsWith(outer)));
}

/** Tests' own code lies beside the bundles. */
const isNoTest = (file: string): boolean => file !== path.join(ROOT, 'dist', 'compiled');

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

/**
 * The manifest of the packaged extension: without what only its builders need, and without translations, since there are
 * none to pack. `proposals`: with the proposed APIs that it uses where an editor grants them.
 */
export function packedManifest(manifest: Manifest, proposals: boolean): Manifest {
  const { scripts, devDependencies: _tools, l10n: _texts, enabledApiProposals, ...others } = manifest;
  // The one that an editor starts.
  const started = Object.entries(scripts ?? {}).filter(([name]) => name === 'vscode:uninstall');
  const needed = { ...others, scripts: Object.fromEntries(started) };
  return proposals ? { ...needed, enabledApiProposals } : needed;
}

function withoutSpaces(file: string): void {
  writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
}

/** What people read of it before and after they install it. */
function writePages(folder: string): void {
  const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');
  const manifest = JSON.parse(read('package.json')) as Parameters<typeof baseOf>[0];
  const base = baseOf(manifest, process.env);
  writeFileSync(path.join(folder, 'README.md'), pageOf(read('README.md'), base));
  writeFileSync(path.join(folder, 'CHANGELOG.md'), changelogOf(read('CHANGELOG.md'), manifest, base));
}

/** Programs that another version left in `dist/` would go along. */
function removeOthers(): void {
  const ours = new Set([...bundlesOf('extension'), ...bundlesOf('action')].map((name) => path.basename(name)));
  for (const name of readdirSync(path.join(ROOT, 'dist')))
    if (name.endsWith('.js') && !ours.has(name)) rmSync(path.join(ROOT, 'dist', name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const has = (option: string): boolean => process.argv.includes(option);
  printed(
    packExtension({
      build: !has('--built'),
      contents: process.env[CONTENTS_VARIABLE],
      proposals: has('--proposals'),
      quick: has('--quick'),
    }).then((file) => [`${path.relative(ROOT, file)} ${String(Math.round(statSync(file).size / 1024))} KB`]),
  );
}
