/** Programs with a special way to specify what they write. */
import { either, anyOf } from '../../base/patterns';
import {
  after,
  handedText,
  type Invocation,
  joinedTo,
  plainOf,
  type ReadScript,
  hasOption,
  type Word,
  takesOf,
} from '../../danger/shell';

/** What a program gets in addition to its arguments. */
interface Handed {
  readonly invocation: Invocation;
  readonly read: ReadScript;
}

type Way = (args: readonly Word[], handed: Handed) => readonly Word[];

const WAYS: Readonly<Record<string, Way>> = {
  mknod: (args) => plainOf(args, takesOf('mkdir')).slice(0, 1),
  mktemp(args) {
    const [template = { text: 'tmp', open: false }] = plainOf(args, takesOf('mktemp'));
    const [folder] = [...after(args, /^-p$/), ...joinedTo(args, /^(?:--tmpdir=|-p)([^]+)$/)];
    if (folder) return [{ ...folder, text: `${folder.text}/${template.text}` }];
    return hasOption(args, /^(?:-[a-z]*[tu]|--tmpdir|--dry-run)$/) || plainOf(args, takesOf('mktemp')).length === 0
      ? []
      : [template];
  },
  csplit(args) {
    const [prefix = { text: 'xx', open: false }] = [
      ...after(args, /^(?:-f|--prefix)$/),
      ...joinedTo(args, /^(?:--prefix=|-f)([^]+)$/),
    ];
    return [{ ...prefix, text: `${prefix.text}00` }];
  },
  split(args) {
    const [, prefix = { text: 'x', open: false }] = plainOf(args, takesOf('split'));
    return [{ ...prefix, text: `${prefix.text}aa` }];
  },
  uniq: (args) => plainOf(args, takesOf('uniq')).slice(1, 2),
  xxd: (args) => plainOf(args, takesOf('xxd')).slice(1, 2),
  objcopy: (args) => plainOf(args, takesOf('objcopy')).slice(-1),
  script: (args) => plainOf(args, takesOf('script')).slice(0, 1),
  logsave: (args) => plainOf(args).slice(0, 1),
  crudini: (args) => (hasOption(args, /^--(?:set|del|merge)$/) ? plainOf(args).slice(0, 1) : []),
  history: (args) => after(args, /^-[aw]$/),
  'ssh-keygen': (args) => (hasOption(args, /^-[a-zA-Z]*[lyeFBDRH]/) ? [] : after(args, /^-f$/)),
  ed: (_args, handed) => editorWrites(textsOf(handed)),
  ...Object.fromEntries(
    ['ex', 'vi', 'vim', 'nvim'].map((name): [string, Way] => [
      name,
      (args, handed) =>
        editorWrites([
          ...after(args, /^(?:-[a-zA-Z]*c|--cmd)$/).map(({ text }) => text),
          ...joinedTo(args, /^\+([^]+)$/).map(({ text }) => text),
          ...textsOf(handed),
        ]),
    ]),
  ),
  ...Object.fromEntries(['sqlite3', 'sqlite'].map((name): [string, Way] => [name, ofDatabase])),
};

/** What such a program writes; nothing for all others. May include open words. */
export function specialWritesOf(name: string, args: readonly Word[], handed: Handed): readonly Word[] {
  return Object.hasOwn(WAYS, name) ? (WAYS[name]?.(args, handed) ?? []) : [];
}

/** What a program reads from its standard input, as far as known. */
function textsOf({ invocation, read }: Handed): string[] {
  return [handedText(invocation, read) ?? []].flat();
}

/** `:w FILE` and similar commands. */
const editorWrites = (commands: readonly string[]): Word[] =>
  commands.flatMap((text) =>
    [
      ...text.matchAll(
        /(?:^|[\n|:])[\s:%\d,$]*(?:w(?:rite)?q?|wq|x(?:it)?|sav(?:eas)?|up(?:date)?)!?\s+(?:>>\s*)?([^\s|!][^\s|]*)/g,
      ),
    ].map((match) => ({ text: match[1] ?? '', open: false })),
  );

/** Statements and built-in commands that only read. */
const SHOWS = either(
  /^(?:$|--)/i,
  /^(?:select|explain|values|with\b(?![^]*\b(?:insert|update|delete)\b)|pragma\s+[\w.]+(?:\(\w+\))?$)/i,
  anyOf(
    String.raw`
    bail changes databases dbinfo dump echo eqp exit expert fullschema headers? help ind(?:ex|ice)s mode nullvalue print
    quit schema separator show stats tables? timeout timer version width
  `,
    { before: String.raw`^\.(?:`, after: String.raw`)\b` },
  ),
);
const SENDS =
  /^\s*\.(?:output|once|backup|save|clone|log|dump_to)\s+(?:main\s+)?["']?([^\s"']+)|\bvacuum\s+(?:\w+\s+)?into\s+['"]([^'"]+)|\battach\s+(?:database\s+)?['"]([^'"]+)/gim;

/** The database, unless it is only queried, and the files that output is written to. */
function ofDatabase(args: readonly Word[], handed: Handed): Word[] {
  const [file, ...statements] = plainOf(args, takesOf('sqlite3'));
  const texts = [...statements, ...after(args, /^-cmd$/)].map(({ text }) => text);
  const known = texts.length > 0 ? texts : textsOf(handed);
  const asks =
    hasOption(args, /^-(?:readonly|version|help)$/) ||
    (known.length > 0 && known.flatMap((text) => text.split(/;|\n(?=\.)/)).every((one) => SHOWS.test(one.trim())));
  const sent = known.flatMap((text) =>
    [...text.matchAll(SENDS)].map((match: readonly (string | undefined)[]) => ({
      text: match.slice(1).find((one) => one !== undefined) ?? '',
      open: false,
    })),
  );
  return [...(file && !asks && file.text !== ':memory:' ? [file] : []), ...sent];
}
