/** rm and the like, find, rsync, and other programs that remove or empty files. */
import { fact, type Sentence } from '../rule-rows/facts-from-sentences';
import type { Severity } from '../finding';
import { isIn, resolved, type Word, takesOf } from '../shell';
import { has, input, plain, values, type Call, type CommandNotice, type Family, programs } from './program-call';
import { hits, type Hit } from './paths-hit-by-deletion';
import { CRITICAL_FILES } from '../rules/destructive/fs-critical-file';

const UNKNOWN_FOLDER = 'destructive/fs-recursive-delete: {verb} a folder that is only known when it runs';
const RAW_DISK = 'destructive/disk-overwrite: writes to a disk as it is, over all that is on it';

const SYSTEM =
  /^(?:\/(?:bin|boot|dev|etc|lib|lib64|opt|proc|root|sbin|srv|sys|usr|var|data|mnt|media|home|Users|Library|System|Applications)(?:\/|$)|\/?$|[A-Za-z]:)/;

/** At most this many words are looked up. */
const MOST = 500;

/** What removing these words does; `deep`: folders with everything in them. */
export function removal(call: Call, words: readonly Word[], deep: boolean, verb = 'removes'): CommandNotice[] {
  const all = words
    .slice(0, MOST)
    .flatMap((word) => hits(call, word))
    .filter(({ kind }) => kind !== 'again');
  const git = all.find(({ kind }) => kind === 'git');
  if (git && deep)
    return [
      fact('destructive/git-history: {verb} what git keeps of this repository, commits that were not pushed too', {
        verb,
      }),
    ];
  const found: CommandNotice[] = [];
  if (deep) {
    const worst =
      all.find(({ kind }) => kind === 'everything') ??
      all.find(({ kind }) => kind === 'outside') ??
      all.find(({ kind }) => kind === 'unknown');
    if (worst)
      found.push(removes(worst, verb, worst.kind === 'unknown' && !/\*|^\/$/.test(worst.path) ? 'medium' : undefined));
  } else {
    const outside = all.find(
      ({ kind, path }) =>
        (kind === 'outside' && (SYSTEM.test(path) || /\*\*|^~/.test(path))) ||
        (kind === 'everything' && /\*/.test(path)),
    );
    if (outside) found.push(removes(outside, verb, 'high'));
  }
  const places = all.filter(({ kind }) => kind === 'inside').map(({ path }) => path);
  if (places.length > 0)
    found.push({ ...fact(CRITICAL_FILES, { verb, what: namesOf(call, places) }), places, loses: 'files' });
  return found;
}

/** `infra/main.tf and 2 more`. */
function namesOf({ root }: Call, [first = '', ...more]: readonly string[]): string {
  const top = root === null ? '' : `${resolved(root, '.')}/`;
  const name = first.startsWith(top) ? first.slice(top.length) : first;
  return `${name.slice(0, 80)}${more.length === 0 ? '' : ` and ${String(more.length)} more`}`;
}

function removes({ kind, path }: Hit, verb: string, severity?: Severity): CommandNotice {
  const name: Sentence =
    kind === 'everything'
      ? 'destructive/fs-recursive-delete: {verb} everything in this repository'
      : kind === 'outside'
        ? 'destructive/fs-recursive-delete: {verb} {path}, which lies outside of this repository'
        : UNKNOWN_FOLDER;
  // where it runs elsewhere, a word alone lies in a folder that nobody here knows
  return fact(name, { verb, path: path.replace(/^\/remote\//, './').slice(0, 80) }, severity);
}

const files = (call: Call, takes: readonly string[] = []): Word[] => {
  const end = call.args.indexOf('--');
  const before = end < 0 ? call.words : call.words.slice(0, end);
  return [
    ...before.filter(({ text }, index) => !/^-./.test(text) && !takes.includes(before[index - 1]?.text ?? '')),
    ...(end < 0 ? [] : call.words.slice(end + 1)),
  ];
};

const rm: Family = (call) => {
  const deep = has(call, /^-[a-zA-Z]*[rR]|^--recursive$|^--no-preserve-root$/);
  return removal(call, files(call), deep || files(call).some(({ text }) => text.includes('**')));
};

/** Programs that remove a folder with everything in it, without any option. */
const whole: Family = (call) => removal(call, files(call), true);
/** The same, but what it removes can be restored from the trash. */
const toBin: Family = (call) =>
  removal(call, files(call), true, 'moves away').map((one) => ({ ...one, severity: 'high' }));

const unlink: Family = (call) => removal(call, files(call, takesOf('unlink')), false);

const shred: Family = (call) => {
  const named = files(call, takesOf('shred'));
  const disk = named.find(({ text }) => isDisk(text));
  if (disk) return fact('destructive/disk-overwrite: overwrites the disk {disk}', { disk: disk.text });
  return removal(call, named, has(call, /^-[a-zA-Z]*[rR]/), 'destroys');
};

const truncate: Family = (call) => emptied(call, files(call, takesOf('truncate')), 'empties');

/** Files whose content is lost. */
function emptied(call: Call, words: readonly Word[], verb: string): CommandNotice[] {
  return removal(call, words, false, verb);
}

/**
 * `: > FILE`, `cat /dev/null > FILE`: nothing is written over what was there. Logs are made to be emptied, and whoever
 * judges writes knows whether a file of the repository is there already.
 */
const nothingInto: Family = (call) => {
  const { root } = call;
  const isLost = ({ text, append }: Call['invocation']['outputs'][number]): boolean =>
    append !== true &&
    (!text.endsWith('.log') || /\baudit/.test(text)) &&
    (root === null || !isIn(resolved(root, '.'), resolved(call.folders[0] ?? '/', text)));
  return call.args.every((text) => text === '/dev/null')
    ? emptied(call, call.invocation.outputs.filter(isLost), 'empties')
    : [];
};

export const isDisk = (text: string): boolean =>
  /^\/dev\/(?:sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk\d|r?disk\d|dm-\d|mapper\/|md\d|loop\d|[\w-]+\/[\w-]+$)/.test(
    text,
  ) && !/^\/dev\/(?:shm|fd|pts|mqueue|input|net|snd|null|zero|stdin|stdout|stderr|tty)/.test(text);

const find: Family = (call) => {
  const { words, args } = call;
  const first = args.findIndex((text) => text.startsWith('-') || text === '(' || text === '!');
  const starts = (first < 0 ? words : words.slice(0, first)).filter(({ text }) => !/^-[HLPOD]/.test(text));
  const found: CommandNotice[] = [];
  const deletes =
    args.includes('-delete') ||
    args.some((text, index) => /^-(?:exec|execdir|ok|okdir)$/.test(text) && /^(?:rmdir)$/.test(args[index + 1] ?? ''));
  if (!deletes) return found;
  return removal(call, [...within(args, starts.length > 0 ? starts : [{ text: '.', open: false }])], true);
};

/** What find visits: the folders where it begins, or the names in them that it looks for. */
function within(args: readonly string[], starts: readonly Word[]): Word[] {
  const name = args.findIndex(
    (text, index) =>
      /^-i?(?:name|path|wholename)$/.test(text) &&
      args[index - 1] !== '!' &&
      args[index - 1] !== '-not' &&
      !(args.includes('-prune') && index < args.indexOf('-prune') && args.indexOf('-o') > index),
  );
  // one of several is enough: the first does not limit what the others find
  const either = name >= 0 && args.slice(name).some((text) => text === '-o' || text === '-or');
  const pattern =
    name < 0 || (either && args.some((text, at) => /^-i?name$/.test(args[at - 1] ?? '') && text === '*'))
      ? undefined
      : args[name + 1];
  return starts.map((word) => ({
    ...word,
    text:
      pattern === undefined || /^\*?$/.test(pattern)
        ? `${word.text.replace(/\/$/, '')}/**`
        : `${word.text.replace(/\/$/, '')}/**/${pattern.replace(/^\*\//, '')}`,
  }));
}

const rsync: Family = (call) => {
  const named = files(call, takesOf('rsync'));
  const target = named.at(-1);
  if (has(call, /^--remove-source-files$/)) return removal(call, named.slice(0, -1), true, 'moves away');
  if (!has(call, /^--del(?:ete(?:-\w+)*)?$/) || !target || named.length < 2) return [];
  if (/^[\w.@-]+:/.test(target.text))
    return fact('destructive/fs-recursive-delete: removes from {what} what the source does not have', {
      what: target.text.slice(0, 60),
    });
  return removal(call, [target], true, 'empties');
};

/** Folders that a machine can't run without. */
const OF_THE_SYSTEM = /^[\w.@-]+:\/(?:$|(?:bin|boot|etc|lib|lib64|sbin|usr|var\/lib)(?:\/|$))/;
const scp: Family = (call) =>
  OF_THE_SYSTEM.test(files(call, ['-P', '-i', '-F', '-o', '-l', '-c', '-S', '-J', '-D', '-X']).at(-1)?.text ?? '')
    ? fact('destructive/system-down: writes into the system of another machine')
    : undefined;

const mv: Family = (call) => {
  const into = values(call, '-t', '--target-directory')[0];
  const named = files(call, takesOf('mv'));
  const [sources, target] = into === undefined ? [named.slice(0, -1), named.at(-1)?.text] : [named, into];
  if (target === undefined) return [];
  if (target === '/dev/null') return removal(call, sources, true);
  const folder = call.folders[0] ?? '/';
  const away = call.root === null || !isIn(resolved(call.root, '.'), resolved(folder, target));
  const inside = sources
    .flatMap((word) => hits(call, word))
    .filter(({ kind }) => kind === 'inside' || kind === 'everything');
  if (away)
    return inside.length > 0
      ? {
          ...fact('destructive/fs-critical-file: moves files out of the repository'),
          places: inside.map(({ path }) => path),
        }
      : [];
  const [last] = into === undefined ? named.slice(-1) : [{ text: into, open: false }];
  return last === undefined || keepsTarget(call) ? [] : overwrites(call, inOrAt(last, sources));
};

/** Options of cp and mv by which nothing at the target is lost. */
const keepsTarget = (call: Call): boolean => has(call, /^-[a-zA-Z]*[nb]|^--(?:no-clobber|backup|update=none)/);

/** The target itself, or the files of these names in it, where it is a folder. */
const inOrAt = (target: Word, sources: readonly Word[]): Word[] =>
  target.open
    ? []
    : [
        target,
        ...sources.map(({ text, open }) => ({
          text: `${target.text.replace(/\/+$/, '')}/${text.split('/').at(-1) ?? ''}`,
          open,
        })),
      ];

const cp: Family = (call) => {
  const named = files(call, takesOf('mv'));
  if (named[0]?.text === '/dev/null') return emptied(call, named.slice(-1), 'empties');
  const [target] = named.length < 2 || keepsTarget(call) ? [] : named.slice(-1);
  return target === undefined ? [] : overwrites(call, inOrAt(target, named.slice(0, -1)));
};

/** What lies at these words already is lost. */
const overwrites = (call: Call, words: readonly Word[]): CommandNotice[] =>
  emptied(call, words, 'overwrites')
    .filter(({ places }) => places !== undefined)
    .map((one) => ({ ...one, existing: true as const }));

const dd: Family = (call) => {
  const to = call.words.flatMap((word) => (word.text.startsWith('of=') ? [{ ...word, text: word.text.slice(3) }] : []));
  if (to.some(({ text, open }) => isDisk(text) || (open && text === '/dev/'))) return fact(RAW_DISK);
  return emptied(call, to, 'overwrites').map((one) => ({ ...one, ...(one.places ? { existing: true as const } : {}) }));
};

const tee: Family = (call) => (has(call, /^-[a-z]*a|^--append$/) ? [] : overwrites(call, files(call)));

/** Of a file that git knows, an edit leaves the rest as it is: what it takes out is no more than an editor's tool does. */
const asEdit = (notices: readonly CommandNotice[]): CommandNotice[] =>
  notices.map((notice) => (notice.places === undefined ? notice : { ...notice, loses: 'untracked' }));

/** Lines that an edit in place leaves out. `whole`: it leaves out all of them. */
function linesTaken(call: Call, named: readonly Word[], whole: boolean): CommandNotice[] {
  const found = emptied(call, named, 'takes lines out of').filter(({ places }) => places !== undefined);
  return whole ? found : asEdit(found);
}

/** Words that name a protection in a configuration. */
const PROTECTS = /destroy|protect|retain|retention|backup|final_snapshot|deny|permission|versioning|force/i;

const sed: Family = (call) => {
  if (!has(call, /^-[a-zA-Z]*i|^--in-place/)) return [];
  const scripts = [
    ...values(call, '-e', '--expression'),
    ...(has(call, /^-[a-zA-Z]*e$|^--expression/) ? [] : plain(call, ['-e']).slice(0, 1)),
  ];
  const loses = scripts.some(
    (text) => /(?:^|[/\d$,}\s;{])d\s*(?:$|[;}])/.test(text) || /(?:^|;)\s*\d*c\\/.test(text) || PROTECTS.test(text),
  );
  const named = files(call, takesOf('sed')).slice(has(call, /^-[a-zA-Z]*e$|^--expression/) ? 0 : 1);
  return loses ? linesTaken(call, named, scripts.some(isForEveryLine)) : [];
};

/** A script of sed or ed that deletes or replaces every line, or all from one to the end. */
const isForEveryLine = (script: string): boolean =>
  /(?:^|[;{\n])\s*(?:%|,|1\s*,\s*\$|\/(?:\^|\.\*?|\$)?\/|g\/(?:\^|\.\*?|\$)?\/)?\s*\{?\s*[dc]/.test(script) ||
  /,\s*\$\s*\{?\s*[dc]/.test(script);

const chmod: Family = (call) => {
  const named = files(call).slice(has(call, /^--reference/) ? 0 : 1);
  const [mode = ''] = files(call).map(({ text }) => text);
  const found: CommandNotice[] = [];
  const wide =
    call.name === 'chmod' &&
    (/^[0-7]?[0-7]{2}[2367]$/.test(mode) || /(?:^|,)(?:a|o|ugo|go|)\+[rx]*w/.test(mode) || /^o=.*w/.test(mode));
  if (has(call, /^-[a-zA-Z]*R|^--recursive$/)) {
    const broad = named
      .flatMap((word) => hits(call, word))
      .find(
        ({ kind, path }) => kind === 'outside' || kind === 'unknown' || (kind === 'everything' && wide) || path === '/',
      );
    if (broad)
      found.push(
        fact('destructive/fs-mode-everywhere: changes who may use {path}, with everything in it', {
          path: broad.path || UNKNOWN_FOLDER,
        }),
      );
  }
  if (found.length === 0 && wide && named.flatMap((word) => hits(call, word)).some(({ kind }) => kind !== 'again'))
    found.push(fact('permissions/container-root: lets every user of the machine change it'));
  return found;
};

const archive: Family = (call) => {
  const packs =
    (call.name === 'zip' && has(call, /^-[a-zA-Z]*m/)) ||
    (call.name.endsWith('tar') && has(call, /^--remove-files$/)) ||
    (call.name.startsWith('7z') && has(call, /^-sdel$/));
  if (packs)
    return removal(
      call,
      files(call, ['-f', '-C', '-x'])
        .slice(call.name === 'zip' || call.name.startsWith('7z') ? 1 : 0)
        .filter(({ text }) => !/\.(?:tar|tgz|zip|7z)/.test(text) && text !== 'a'),
      true,
      'removes after packing',
    );
  return call.name.endsWith('tar') && has(call, /^--recursive-unlink$/)
    ? removal(
        call,
        values(call, '-C', '--directory').map((text) => ({ text, open: false })),
        true,
      )
    : [];
};

const robocopy: Family = (call) =>
  has(call, /^\/(?:mir|purge)$/i)
    ? removal(
        call,
        files(call)
          .filter(({ text }) => !/^\/[a-z]+(?::\S*)?$/i.test(text))
          .slice(1, 2),
        true,
        'empties',
      )
    : [];

const gio: Family = (call) =>
  /^(?:trash|remove)$/.test(call.args[0] ?? '')
    ? removal(
        { ...call, words: call.words.slice(1), args: call.args.slice(1) },
        files({ ...call, words: call.words.slice(1), args: call.args.slice(1) }),
        true,
      )
    : [];

/** `(delete-directory "x" t)`. */
const emacs: Family = (call) =>
  call.args.flatMap((text) =>
    [...text.matchAll(/\((delete-directory|delete-file|move-file-to-trash)\s+"([^"]*)"/g)].flatMap(
      ([, what, name = '']) =>
        removal(call, [{ text: name.replace(/^~(?=\/|$)/, call.home), open: false }], what === 'delete-directory'),
    ),
  );

/** Output redirected onto a disk. */
export const toDisk = ({ invocation: { outputs } }: Call): CommandNotice | undefined =>
  outputs.some(({ text }) => isDisk(text)) ? fact(RAW_DISK) : undefined;

/** Output redirected over an existing file. */
export function overwritten(call: Call): CommandNotice[] {
  const over = call.invocation.outputs
    .filter(({ append }) => append !== true)
    .flatMap((word) => hits(call, word))
    .filter(({ kind }) => kind === 'inside');
  return over.length > 0
    ? [
        {
          ...fact('destructive/fs-critical-file: overwrites {what}', {
            what: namesOf(
              call,
              over.map(({ path }) => path),
            ),
          }),
          places: over.map(({ path }) => path),
          existing: true,
          loses: 'files',
        },
      ]
    : [];
}

/** `install … /dev/null FILE`. */
const install: Family = (call) => {
  const named = files(call, ['-m', '--mode', '-o', '-g', '--owner', '--group', '-t', '-S']);
  return named[0]?.text === '/dev/null' && !has(call, /^-[a-zA-Z]*d|^--directory$/)
    ? emptied(call, named.slice(1), 'empties')
    : [];
};

/** A link in a file's or folder's place. */
const ln: Family = (call) => {
  if (!has(call, /^-[a-zA-Z]*f|^--force$/)) return [];
  const named = files(call, takesOf('mv'));
  if (named.length < 2) return [];
  return removal(call, named.slice(-1), false, 'puts a link in the place of')
    .filter(({ places }) => places !== undefined)
    .map((one) => ({ ...one, existing: true as const }));
};

/** Edits in place by Perl or Ruby that leave lines out. */
const inPlace: Family = (call) => {
  if (!has(call, /^-[a-zA-Z]*i/)) return [];
  const scripts = call.args.filter((_, index) => /^-[a-zA-Z]*e$/.test(call.args[index - 1] ?? ''));
  // without -p nothing is written but what the program prints
  const silent = has(call, /^-[a-zA-Z]*n/) && !has(call, /^-[a-zA-Z]*p/);
  const loses = scripts.some(
    (text) =>
      /\bprint\s+(?:unless|if)\b|\bnext\s+(?:if|unless)\b/.test(text) ||
      PROTECTS.test(text) ||
      (silent && !/\b(?:print|printf|say|puts)\b/.test(text)),
  );
  const named = files(call, ['-e']).filter(({ text }) => !scripts.includes(text));
  return loses
    ? linesTaken(
        call,
        named,
        scripts.every((text) => silent && !/\b(?:print|printf|say|puts)\b(?!\s+(?:if|unless)\s+[01]\b)/.test(text)),
      )
    : [];
};

/** `ed FILE` with its commands on the standard input: lines that are deleted or changed, and a file that is written. */
const lineEditor: Family = (call) => {
  const script = input(call) ?? '';
  return /^[\d,.$%;/\w+-]*[dcm]\s*$/m.test(script) && /^(?:[\d,.$]*w|wq)q?\b/m.test(script)
    ? linesTaken(call, files(call, ['-p', '--prompt']), isForEveryLine(script))
    : [];
};

/** Cmdlets of PowerShell and commands of Windows. */
const removeItem: Family = (call) => {
  const deep =
    has(call, /^-r(?:ec(?:urse)?)?$/i) || call.args.some((text) => /^\/s$/i.test(text)) || call.name === 'deltree';
  const named = call.words.filter(({ text }) => !/^-[a-z]/i.test(text) && !/^\/[a-z]$/i.test(text));
  return removal(call, named, deep);
};

export const FILES: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  rm,
  'srm rimraf del-cli rmfr': whole,
  'del remove-item rd ri erase deltree': removeItem,
  'trash-put trash trash-empty': toBin,
  'unlink clear-content': unlink,
  'shred wipe': shred,
  truncate,
  ':': nothingInto,
  true: nothingInto,
  cat: nothingInto,
  find,
  scp,
  rsync,
  mv,
  ln,
  'perl ruby': inPlace,
  ed: lineEditor,
  cp,
  install,
  dd,
  'tee sponge': tee,
  'sed gsed': sed,
  'chmod chown chgrp': chmod,
  'zip tar gtar bsdtar 7z 7za': archive,
  robocopy,
  gio,
  emacs,
  rmdir: (call) => (call.args.some((text) => /^\/s$/i.test(text)) ? removeItem(call) : []),
});
