/** Directory trees that code deletes. Build output, caches and temporary folders are no loss. */
import { anyOf } from '../../../base/patterns';
import { factAt } from '../../rule-rows/facts-from-sentences';
import type { Call, Code } from '../../code';
import type { Noticed } from '../../types';

/** Folders that are regenerated, by name; also within a name: `tmpDir`, `BUILD_DIR`, `./dist`. */
const AGAIN = /* @__PURE__ */ anyOf(
  String.raw`__pycache__ artifacts? bin build builds built c?caches? checkout clone coverage dist downloads? egg eggs?
  extract(?:ed)? fixtures? gen generated htmlcov lock logs? mypy next node_modules nuxt obj out outdir output
  outputs parcel pid preview public pycache pytest ruff sandbox sass scratch site snapshots? staging target
  te?mp temporary test tests thumbnails? tox turbo unpack(?:ed)? unzip(?:ped)? venv vite webpack work workdir`,
  { before: String.raw`(?:^|[^a-z])(?:`, after: String.raw`)(?![a-z])`, flags: 'i' },
);
const MAKES_TEMPORARY =
  /mkdtemp|mktemp|MkdirTemp|TempDir|tmpdir|TemporaryDirectory|mktmpdir|createTempDir|sys_get_temp_dir|gettempdir|os\.tmp|tmp_path|Dir\.tmpdir/i;

/** Splits camel case so that the words in it can be matched. */
const spread = (text: string): string => text.replace(/([a-z])([A-Z])/g, '$1_$2');

/** Calls that delete a folder with everything in it. */
export function treeDeletes(call: Call, code: Code): Noticed | null {
  const target = targetOf(call);
  if (target === null) return null;
  if (isMadeAgain(target, code, 0)) return null;
  return factAt(
    'destructive/fs-recursive-delete: A folder is deleted with everything in it: {what}.',
    call,
    { what: shown(target) },
    isNamed(target) ? undefined : 'high',
  );
}

/** A path that the code names, or one below somebody's home: what a program computes is mostly its own. */
const isNamed = (target: string): boolean => /["'`]|homedir|HOME\b|expanduser/.test(target);

const shown = (target: string): string =>
  /^[\w./$'"`{}()[\]-]{1,60}$/.test(target) ? target : 'the path is put together at run time';

/** The path that is deleted; null when this call deletes no directory tree. */
function targetOf({ name, receiver, args, named }: Call): string | null {
  const first = args[0]?.text ?? '';
  const whole = /^(?:true|True)$/.test(named.get('recursive') ?? '');
  switch (name) {
    case 'rmtree':
      return receiver === '' || /shutil|distutils/.test(receiver) ? first : receiver;
    case 'rm':
    case 'rmSync':
    case 'rmdir':
    case 'rmdirSync':
      return whole ? first : null;
    case 'rimraf':
    case 'rimrafSync':
      return receiver === '' ? first : null;
    case 'sync':
      return receiver === 'rimraf' ? first : null;
    case 'remove':
    case 'removeSync':
    case 'emptyDir':
    case 'emptyDirSync':
      return /^(?:fse|fsExtra|fs_extra)$/.test(receiver) || (/^fs$/.test(receiver) && name !== 'remove') ? first : null;
    case 'RemoveAll':
      return receiver === 'os' || /fs$/i.test(receiver) ? first : null;
    case 'rm_rf':
    case 'rm_r':
    case 'remove_dir':
    case 'remove_entry_secure':
    case 'remove_entry':
      return /FileUtils$|^$/.test(receiver) ? first : null;
    case 'deleteDirectory':
    case 'cleanDirectory':
    case 'deleteRecursively':
    case 'forceDelete':
      return /FileUtils|MoreFiles|FileSystemUtils|Storage|File|filesystem/i.test(receiver) ? first : null;
    default:
      return null;
  }
}

function isMadeAgain(target: string, code: Code, depth: number): boolean {
  if (target === '' || MAKES_TEMPORARY.test(target)) return true;
  if (/^["'`]?(?:\/|~|\.{1,2}\/?|\/\*)["'`]?$|homedir|HOME\b|expanduser/.test(target)) return false;
  if (AGAIN.test(spread(target))) return true;
  if (depth >= 3) return false;
  return (target.match(/[A-Za-z_$][\w$.]*/g) ?? []).slice(0, 6).some((name) => {
    const value = code.assigned.get(name);
    return value !== undefined && value !== target && isMadeAgain(value, code, depth + 1);
  });
}
