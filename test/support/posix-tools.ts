/** A PATH that has what POSIX requires and nothing else: programs with its options only, and a shell of one's choice. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The options of POSIX.1-2017. */
const OPTIONS: Readonly<Record<string, string>> = {
  basename: '',
  cat: 'u',
  cmp: 'ls',
  cp: 'fiHLPpRr',
  cut: 'bcdfns',
  date: 'u',
  dirname: '',
  env: 'i',
  expr: '',
  grep: 'EFceflinqsvx',
  head: 'n',
  id: 'Ggnru',
  ls: 'ARFSCHLRacdfgiklmnopqrstux1',
  mkdir: 'mp',
  mv: 'fi',
  ps: 'aAdeflgGnoptuU',
  rm: 'fiRr',
  rmdir: 'p',
  sed: 'efn',
  sleep: '',
  sort: 'bcCdfikmnortu',
  tail: 'cfn',
  tr: 'Ccds',
  uname: 'amnrsv',
  wc: 'clmw',
};
/** Their words may begin with anything. */
const ANY_WORDS = ['[', 'awk', 'echo', 'false', 'kill', 'printf', 'test', 'true'];

/** Where a program of this machine is; undefined where it is not. */
export function whereIs(program: string): string | undefined {
  const found = spawnSync('/bin/sh', ['-c', 'command -v -- "$1"', 'sh', program], { encoding: 'utf8' }).stdout.trim();
  return found.startsWith('/') ? found : undefined;
}

export interface PosixTools {
  /** The only folder of a PATH. Its `sh` is the shell. */
  readonly folder: string;
  /** What was refused, a line each. */
  refused(): string;
}

/** Makes the programs in a folder, with `git`. `shell`: the file that is to be `sh`, which takes its manners from that name. */
export function posixTools(folder: string, shell: string): PosixTools {
  const log = path.join(folder, 'refused');
  mkdirSync(folder);
  symlinkSync(shell, path.join(folder, 'sh'));
  symlinkSync(whereIs('git') ?? '/usr/bin/git', path.join(folder, 'git'));
  for (const name of ANY_WORDS) {
    const real = whereIs(`/bin/${name}`) ?? whereIs(`/usr/bin/${name}`);
    if (real !== undefined) symlinkSync(real, path.join(folder, name));
  }
  for (const [name, letters] of Object.entries(OPTIONS)) {
    const real = whereIs(name);
    if (real === undefined) continue;
    writeFileSync(
      path.join(folder, name),
      `#!/bin/sh
refuse() { printf '%s\\n' "${name} $*" >>'${log}'; echo '${name}: not an option of POSIX' >&2; exit 64; }
for word; do
  case $word in -- | -) ;; -*[!-${letters}]* | -*-*) refuse "$@" ;; esac
  case ${name}$word in grep*\\\\[+?\\|]* | sed*\\\\[+?\\|]*) refuse "$@" ;; esac
done
exec '${real}' "$@"
`,
    );
    chmodSync(path.join(folder, name), 0o755);
  }
  return { folder, refused: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}
