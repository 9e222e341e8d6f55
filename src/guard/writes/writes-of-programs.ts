/** Which files a program would write, move or remove, as far as its words show. */
import { wordSet } from '../../base/patterns';
import {
  foundBy,
  gitCall,
  handedText,
  type Invocation,
  joinedTo,
  nameOf,
  plainOf,
  type ReadScript,
  hasOption,
  type Word,
  takesOf,
  after,
} from '../../danger/shell';
import { EVERYTHING, gitTargets, isDeepInGit, type IsRevision } from './writes-of-git';
import { specialWritesOf } from './writes-by-special-options';
import { extractedTo } from './writes-of-archives';

/** Programs that change all files among their non-option arguments. */
const CHANGE_ALL = wordSet(`
  rm rmdir unlink shred touch truncate fallocate mkfifo setfacl tee mv mkdir srm trash sponge ed ex vi vim nvim
  nano emacs gzip gunzip bzip2 bunzip2 xz unxz zstd patch dos2unix unix2dos remove-item set-content add-content
  clear-content out-file new-item move-item rename-item del erase rd
`);
/** Programs that write to their last argument. */
const CHANGE_LAST = new Set(['cp', 'ln', 'install', 'rsync', 'scp', 'copy-item']);
/** Programs whose first argument is not a file. */
const CHANGE_AFTER_FIRST = new Set(['chmod', 'chown', 'chgrp', 'chattr', 'rename', 'sd']);
/** Programs that change the given files only with an option. */
const IN_PLACE = new Set(['sed', 'gsed', 'perl', 'ruby', 'awk', 'gawk']);
/** Options by which formatters and similar programs rewrite the given files. */
const REWRITE: Readonly<Record<string, RegExp>> = {
  json: /^-I$/,
  yq: /^-[a-zA-Z]*i|^--inplace$/,
  'clang-format': /^-i$/,
  autopep8: /^(?:-i|--in-place)$/,
  gofmt: /^-w$/,
  goimports: /^-w$/,
  shfmt: /^-w$/,
};
const ANY_REWRITE = /^--(?:write|fix|in-?place)$/;
/** Options that name the output file. */
const OUTPUT =
  /^(?:-o|-O|--out|--output|--outfile|--output-file|--output-document|--output-dir|--directory-prefix|-out)$/;
/** Programs for which `-o` means something else. */
const NO_OUTPUT = wordSet('grep egrep fgrep rg ps ssh set find mount pgrep test [ ls git useradd');
/** Options whose value may be attached in the same word, or which may be the last of several letters. */
const ATTACHED: Readonly<Record<string, RegExp>> = {
  wget: /^-[a-zA-Z]*?([OP])([^]*)$/,
  curl: /^-[a-zA-Z]*?(o)([^]*)$/,
  sort: /^-[a-zA-Z]*?(o)([^]*)$/,
  gcc: /^-(o)([^]+)$/,
  cc: /^-(o)([^]+)$/,
  clang: /^-(o)([^]+)$/,
};
/** Programs that process a folder with everything in it. */
const COPIES_ALL = /^-[a-zA-Z]*[raR]|^--(?:recursive|archive)$/;
const DEEP = new Set(['rm', 'rmdir', 'mv', 'srm', 'trash', 'chmod', 'chown', 'chgrp', 'setfacl', 'find']);
const INTO_FOLDERS = new Set(['cp', 'mv', 'ln', 'install', 'rsync']);

interface Write {
  /** As written, wildcards included. */
  readonly path: string;
  /** If it is a folder, everything in it counts too. */
  readonly deep: boolean;
}

/** Open words are left out, since it is unknown what they name. */
export function writesOf(
  invocation: Invocation,
  read: ReadScript = () => undefined,
  isRevision: IsRevision = () => false,
): Write[] {
  const { words, outputs } = invocation;
  const name = nameOf(words[0]).toLowerCase();
  const args = words.slice(1);
  const deep =
    (DEEP.has(name) && (!CHANGE_AFTER_FIRST.has(name) || hasOption(args, /^-[a-zA-Z]*R|^--recursive$/))) ||
    (name === 'git' && isDeepInGit(args)) ||
    packsAway(name, args) ||
    (name === 'rsync' && args.some((word) => word.text.startsWith('--del')));
  const named = targets(name, invocation, isRevision).map((word) => ({ ...word, deep }));
  return [
    ...outputs.map((word) => ({ ...word, deep: false })),
    ...named,
    ...(INTO_FOLDERS.has(name) ? insideOf(name, args) : []),
    ...sentTo(name, args),
    ...specialWritesOf(name, args, { invocation, read }).map((word) => ({ ...word, deep: false })),
    ...patched(name, args, invocation, read),
    ...indexed(name, args, invocation, read),
    ...extractedTo(name, args),
    ...otherWritesOf(name, args),
  ]
    .filter((word) => !word.open && word.text !== '' && !isDevice(word.text))
    .flatMap((word) =>
      [word.text, ...(word.slashed === undefined ? [] : [word.slashed])].map((text) => ({
        path: HERE_AFTER_ALL.has(name) ? text.replace(LOCALHOST, '') : text,
        deep: word.deep,
      })),
    );
}

/** `/dev/null`, a disk. `/dev/shm` holds files as any folder does (shm_overview(7)). */
const isDevice = (path: string): boolean => /^\/dev\/(?!shm\/)/.test(path);

/** Programs that name files of other machines, which may be this one. */
const HERE_AFTER_ALL = new Set(['scp', 'rsync', 'sftp']);
const LOCALHOST = /^(?:[^@/:]+@)?(?:localhost|127(?:\.\d+){1,3}|\[::1\]):/i;

/** Packers that remove what they have packed. */
function packsAway(name: string, args: readonly Word[]): boolean {
  return (
    (name === 'zip' && hasOption(args, /^-[a-zA-Z]*m|^--move$/)) ||
    (name.endsWith('tar') && hasOption(args, /^--remove-files$/)) ||
    (/^7z[ar]?$/.test(name) && hasOption(args, /^-sdel$/))
  );
}

/** The target of a copy when the last word, or an option, names a folder. */
function insideOf(name: string, args: readonly Word[]): (Word & { readonly deep: boolean })[] {
  const plain = plainWords(name, args);
  const into = intoOption(args);
  const folder = into ?? plain.at(-1);
  if (folder === undefined || folder.open) return [];
  return (into ? plain : plain.slice(0, -1)).map((word) => {
    const baseName = word.text.replace(/\/+$/, '').split('/').at(-1) ?? '';
    // a folder's contents have no name in the command
    const inside = baseName === '' || baseName === '.' || word.text.endsWith('/') ? '*' : baseName;
    // a copied folder overwrites the one of the same name
    return {
      text: `${folder.text.replace(/\/+$/, '')}/${inside}`,
      open: word.open,
      deep: name === 'cp' && hasOption(args, COPIES_ALL),
    };
  });
}

/** The folder that `-t` names. */
function intoOption(args: readonly Word[]): Word | undefined {
  const after = args.find((_, index) => /^(?:-t|--target-directory)$/.test(args[index - 1]?.text ?? ''));
  const joined = args.find((word) => word.text.startsWith('--target-directory='));
  return after ?? (joined && { ...joined, text: joined.text.slice(19) });
}

/** The files that options name as output, and those rewritten because of an option. */
function sentTo(name: string, args: readonly Word[]): (Word & { readonly deep: boolean })[] {
  const attached = Object.hasOwn(ATTACHED, name)
    ? args.flatMap((word, index) => {
        const [, option, joined] = ATTACHED[name]?.exec(word.text) ?? [];
        const target =
          option === undefined
            ? undefined
            : joined === '' || joined === undefined
              ? args[index + 1]
              : { ...word, text: joined };
        return target === undefined || target.text === '-'
          ? []
          : [target.text, `${target.text}/*`].map((text) => ({ ...target, text, deep: false }));
      })
    : [];
  const fetched =
    /^(?:wget|curl)$/.test(name) &&
    (name === 'wget'
      ? !args.some((word) => /^-[a-zA-Z]*O|^--output-document/.test(word.text))
      : args.some((word) => /^-[a-zA-Z]*O$|^--remote-name/.test(word.text)))
      ? args.flatMap((word) => {
          const fileName = /^(?:https?|ftp):\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)/.exec(word.text)?.[1];
          return fileName === undefined ? [] : [{ ...word, text: fileName, deep: false }];
        })
      : [];
  const output = NO_OUTPUT.has(name)
    ? []
    : args.flatMap((word, index) => {
        const named =
          /^--(?:out|output|outfile|output-file|output-document|output-dir)=([^]+)$/.exec(word.text)?.[1] ??
          (OUTPUT.test(args[index - 1]?.text ?? '') ? word.text : undefined);
        return named === undefined ? [] : [named, `${named}/*`].map((text) => ({ ...word, text, deep: false }));
      });
  const rewrite = Object.hasOwn(REWRITE, name) ? REWRITE[name] : undefined;
  const formats =
    (name === 'terraform' || name === 'tofu') &&
    args[0]?.text === 'fmt' &&
    !args.some((word) => /^-(?:check|write=false)/.test(word.text));
  const rewrites = formats || args.some((word) => ANY_REWRITE.test(word.text) || rewrite?.test(word.text) === true);
  const all =
    rewrites && !IN_PLACE.has(name)
      ? args
          .filter((word) => !word.text.startsWith('-') && !EVERYTHING.test(word.text))
          .map((word) => ({ ...word, deep: true }))
      : [];
  // a sed script may write files too
  const scripts =
    name === 'sed' || name === 'gsed'
      ? args.flatMap((word) =>
          [...word.text.matchAll(/\bw +([^\s;}]+)/g)].map((match) => ({ ...word, text: match[1] ?? '', deep: false })),
        )
      : [];
  return [...attached, ...fetched, ...output, ...all, ...scripts];
}

/** The files that a patch names, which comes from standard input or a file. */
function patched(
  name: string,
  args: readonly Word[],
  { input, source }: Invocation,
  read: ReadScript,
): (Word & { readonly deep: boolean })[] {
  if (!(name === 'patch' || (name === 'git' && /^(?:apply|am)$/.test(gitCall(args).verb)))) return [];
  const files = [...(source ? [source] : []), ...args.filter((word) => !word.text.startsWith('-'))];
  const into = args
    .flatMap((word, index) =>
      /^(?:--directory|-d)$/.test(args[index - 1]?.text ?? '')
        ? word.text
        : (/^(?:--directory=|-d)([^]+)$/.exec(word.text)?.[1] ?? []),
    )
    .at(-1);
  const texts = [input ?? '', ...files.map((word) => (word.open ? '' : (read(word.text) ?? '')))];
  return texts
    .flatMap(patchedBy)
    .map((text) => ({ text: into === undefined ? text : `${into}/${text}`, open: false, deep: false }));
}

/**
 * The files that `git update-index --index-info` reads from its standard input: `MODE OBJECT [STAGE]`, a tab, the file.
 * Where the text is known only at run time, the words of the program that writes it may name them.
 */
function indexed(
  name: string,
  args: readonly Word[],
  invocation: Invocation,
  read: ReadScript,
): (Word & { readonly deep: boolean })[] {
  if (name !== 'git' || gitCall(args).verb !== 'update-index' || !hasOption(args, /^--index-info$/)) return [];
  const text = handedText(invocation, read);
  const { from } = invocation;
  if (text !== undefined) return afterTabs(text).map((file) => ({ text: file, open: false, deep: false }));
  if (from === null) return [];
  return (from.group ?? [from]).flatMap(({ words }) =>
    words.slice(1).flatMap((word) => [
      ...afterTabs(word.text.replace(/\\t/g, '\t').replace(/\\[n0]/g, '\n')).map((file) => ({
        text: file,
        open: word.open,
        deep: false,
      })),
      { ...word, deep: false },
    ]),
  );
}

const afterTabs = (text: string): string[] => [...text.matchAll(/\t([^\n\0]+)/g)].map(([, file = '']) => file);

/** The files that a patch changes, with and without the first folder of their paths. */
function patchedBy(patch: string): string[] {
  const names = [
    ...patch.matchAll(/^(?:\+\+\+|---|rename (?:from|to)|copy to|\*\*\* (?:Update|Add|Delete) File:) +([^\t\r\n]+)/gm),
  ].map(([, name = '']) => name.replace(/^"(.*)"$/, '$1'));
  return [
    ...new Set(names.filter((name) => name !== '/dev/null').flatMap((name) => [name, name.replace(/^[^/]*\//, '')])),
  ];
}

function targets(name: string, { words, assignments }: Invocation, isRevision: IsRevision): readonly Word[] {
  const args = words.slice(1);
  if (name === 'git') return gitTargets(args, assignments, isRevision);
  if (name === 'dd') return joinedTo(args, /^of=([^]*)$/);
  if (name === 'find') return foundTargets(args);
  if (name === 'rsync' && hasOption(args, /^--remove-source-files$/)) return plainWords(name, args);
  const plain = plainWords(name, args);
  if (packsAway(name, args)) return plain;
  if (name === 'zip') return plain.slice(0, 1);
  // what is moved into a folder has its own name there
  if (name === 'mv' && EVERYTHING.test(plain.at(-1)?.text ?? '')) return plain.slice(0, -1);
  if (CHANGE_ALL.has(name)) return plain;
  if (CHANGE_LAST.has(name)) return [...plain.slice(-1), ...(intoOption(args) ? [intoOption(args) as Word] : [])];
  if (onlyGivesRights(name, plain[0], args)) return plain.slice(1).filter(({ text }) => !EVERYTHING.test(text));
  if (CHANGE_AFTER_FIRST.has(name)) return hasOption(args, /^-[rwxXstugoa,]+$|^--reference=/) ? plain : plain.slice(1); // `chmod -x FILE`
  if (IN_PLACE.has(name) && args.some((word) => /^(?:-[a-zA-Z]*i|--in-place)/.test(word.text)))
    return args.some((word) => /^(?:-[a-zA-Z]*e|--expression|-f)/.test(word.text)) ? plain : plain.slice(1);
  return [];
}

/** Rights to read and write that are given and none taken, and an owner that is whoever runs it: no content changes. */
const onlyGivesRights = (name: string, first: Word | undefined, args: readonly Word[]): boolean =>
  name === 'chmod'
    ? /^(?:[ugoa]*\+[rwX]+,?)+$/.test(first?.text ?? '') ||
      (/^[ugoa]*\+[rwxX]+$/.test(first?.text ?? '') && !hasOption(args, /^-[a-zA-Z]*R|^--recursive$/))
    : /^ch(?:own|grp)$/.test(name) && first?.open === true;

/** What `find` removes, and the files that it writes its results to. */
function foundTargets(args: readonly Word[]): readonly Word[] {
  const written = args.filter((_, index) => /^-f(?:print0?|printf|ls)$/.test(args[index - 1]?.text ?? ''));
  return args.some((word) => word.text === '-delete')
    ? [{ text: foundBy([{ text: 'find', open: false }, ...args]), open: false }, ...written]
    : written;
}

/** Words that are neither options of the program nor their values. */
const plainWords = (name: string, args: readonly Word[]): Word[] => plainOf(args, takesOf(name));

/** What mounts, the programs of Windows and the cmdlets of PowerShell write, where that is not all their arguments. */
type Written = Word & { readonly deep: boolean };

/** cmd's own options begin with a slash; for PowerShell's cmdlets, that begins a place. */
const noSwitches = (args: readonly Word[]): readonly Word[] =>
  args.filter(({ text }) => !/^\/-?[a-z]+(?::|$)/i.test(text));
const places = (args: readonly Word[]): readonly Word[] => args.filter(({ text }) => !/^-[a-z]/i.test(text));
/** The value of an option of a cmdlet, which may be shortened; else the place at a position, where it may be one. */
const optionOr = (args: readonly Word[], option: RegExp, position?: number): readonly Word[] => {
  const named = after(args, option);
  const [place] = named.length > 0 || position === undefined ? [] : places(args).slice(position, position + 1);
  return place ? [place] : named;
};
const flat = (words: readonly Word[]): readonly Written[] => words.map((word) => ({ ...word, deep: false }));
const whole = (words: readonly Word[]): readonly Written[] => words.map((word) => ({ ...word, deep: true }));

const OUT_FILE = /^-outf(?:ile)?$/i;
const PATH = /^-(?:file|literal)?path$/i;
/** A copy writes its last argument; without one, into the folder where it stands. */
const copied = (args: readonly Word[]): readonly Written[] => flat(noSwitches(args).slice(1).slice(-1));
const saved = (args: readonly Word[]): readonly Written[] => flat(optionOr(args, PATH, 0));
const fetched = (args: readonly Word[]): readonly Written[] => flat(after(args, OUT_FILE));

/** A mount hides what is in its folder; the folder that it binds, or moves, gets another name. */
function mounted(args: readonly Word[]): readonly Written[] {
  if (hasOption(args, /^--make-|^(?:-o|--options=)remount\b/) || after(args, MOUNT_OPTIONS).some(isRemount)) return [];
  const plain = plainOf(args, takesOf('mount'));
  const named = [...plain.slice(1), ...after(args, /^--target$/), ...joinedTo(args, /^--target=([^]+)$/)];
  const both =
    hasOption(args, /^-[BRM]$|^--(?:r?bind|move)$/) ||
    [...after(args, MOUNT_OPTIONS), ...args].some(({ text }) => /(?:^|,|=|^-o)(?:r?bind|move)\b/.test(text));
  return whole(both ? [...plain, ...named] : named.length > 0 ? named : plain);
}
const MOUNT_OPTIONS = /^-[a-zA-Z]*o$|^--options$/;
const isRemount = ({ text }: Word): boolean => /(?:^|,)remount\b/.test(text);
const unmounted = (args: readonly Word[]): readonly Written[] => whole(plainOf(args, takesOf('mount')));

const WAYS: Readonly<Record<string, (args: readonly Word[]) => readonly Written[]>> = {
  ...Object.fromEntries(
    ['mount', 'systemd-mount', 'bindfs', 'sshfs', 'fuse-overlayfs', 'unionfs'].map((name) => [name, mounted]),
  ),
  ...Object.fromEntries(['umount', 'systemd-umount', 'fusermount', 'fusermount3'].map((name) => [name, unmounted])),
  copy: copied,
  xcopy: copied,
  robocopy: (args) => whole(noSwitches(args).slice(1, 2)),
  move: (args) => flat(noSwitches(args)),
  ren: (args) => flat(noSwitches(args).slice(0, 1)),
  mklink: (args) => flat(noSwitches(args).slice(0, 1)),
  fsutil: (args) => (args[0]?.text.toLowerCase() === 'file' ? flat(noSwitches(args).slice(2, 3)) : []),
  replace: copied,
  'tee-object': saved,
  'export-csv': saved,
  'export-clixml': saved,
  'start-transcript': saved,
  'invoke-webrequest': fetched,
  'invoke-restmethod': fetched,
  'start-bitstransfer': (args) => flat(optionOr(args, /^-dest(?:ination)?$/i, 1)),
  'expand-archive': (args) => whole(optionOr(args, /^-dest(?:inationpath)?$/i, 1)),
  'compress-archive': (args) => flat(optionOr(args, /^-dest(?:inationpath)?$/i, 1)),
};

/** Nothing for all other programs. May include open words. */
const otherWritesOf = (name: string, args: readonly Word[]): readonly Written[] =>
  Object.hasOwn(WAYS, name) ? (WAYS[name]?.(args) ?? []) : [];
