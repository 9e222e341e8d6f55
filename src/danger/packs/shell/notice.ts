/** What shell text in a file would destroy, or whom it would let in. */
import { FILE_STEPS, stepsOf, Work, type CommandPlace, type Invocation, type Word } from '../../../shell';
import { CommandRules, inWholeText, type CommandDanger } from '../../commands';
import type { RuleId } from '../../rules';
import type { Noticed } from '../../types';

export interface ShellTextOptions {
  /**
   * It runs on a machine that is made for it and goes with it, such as a runner or an image that is built: only what is
   * elsewhere counts.
   */
  readonly throwaway?: true;
}

/** Longer texts are not read. UTF-16 code units. */
const LONGEST = 200_000;
/** Of one text so many findings are told. */
const MOST = 200;

/** Nobody knows where a file's text will run, so nothing is looked up. */
const ROOT = '/repository';
const HOME = '/home/somebody';
const PLACE: CommandPlace = {
  cwd: ROOT,
  home: HOME,
  root: ROOT,
  files: {
    matching: () => [],
    text: () => undefined,
    isCommitted: () => false,
    alias: () => undefined,
    isRevision: () => true,
  },
};
const CALL_PLACE = { home: HOME, root: ROOT, read: () => undefined, isRevision: () => true } as const;
const READS = { script: () => undefined, ownScript: () => undefined, alias: () => undefined } as const;

/** What is done to the machine itself, which does not matter where that is thrown away. */
const OF_THE_MACHINE: ReadonlySet<RuleId> = new Set<RuleId>([
  'destructive/fs-recursive-delete',
  'destructive/fs-critical-file',
  'destructive/fs-mode-everywhere',
  'destructive/disk-overwrite',
  'destructive/system-down',
  'destructive/git-discard',
  'destructive/git-history',
  'destructive/container-volumes',
  'destructive/remote-opaque',
  'permissions/container-root',
  'permissions/auth-removed',
]);

/**
 * Dangers in shell text, once each. `firstLine`: the line of the file, 1-based, on which the text begins. Where only a
 * run could tell what a command hits, nothing is said.
 */
export function noticeShell(text: string, firstLine: number, options: ShellTextOptions = {}): readonly Noticed[] {
  if (text.length > LONGEST || !/\S/.test(text)) return [];
  const found = new Map<string, Noticed>();
  const lines = text.split('\n');
  const add = (danger: CommandDanger, line: number): void => {
    const key = `${danger.rule} ${danger.message}`;
    if (found.size < MOST && !found.has(key))
      found.set(key, {
        rule: danger.rule,
        line: firstLine - 1 + line,
        side: 'new',
        severity: danger.severity,
        message: `${danger.message}.`,
      });
  };
  for (const danger of options.throwaway ? [] : inWholeText(text)) add(danger, 1);
  const rules = new CommandRules();
  const context = { text, lines, wanders: false };
  for (const { invocation, folders } of stepsOf(text, PLACE, new Work(FILE_STEPS))) {
    context.wanders ||= goesSomewhere(invocation);
    for (const danger of rules.of(invocation, { ...CALL_PLACE, folders }, READS))
      if (counts(danger, invocation, options, context)) add(danger, invocation.line);
  }
  return [...found.values()];
}

interface Context {
  readonly text: string;
  readonly lines: readonly string[];
  /** It has gone to a folder that only a run can tell. */
  readonly wanders: boolean;
}

const goesSomewhere = ({ words }: Invocation): boolean =>
  /^(?:cd|pushd|chdir)$/.test(words[0]?.text ?? '') && words.slice(1).some(({ open }) => open);

function counts(
  { rule, severity, message }: CommandDanger,
  invocation: Invocation,
  { throwaway }: ShellTextOptions,
  context: Context,
): boolean {
  if (
    throwaway &&
    (OF_THE_MACHINE.has(rule) ||
      /^"(?:sudo )?(?:ufw|iptables|ip6tables|nft|usermod|adduser|gpasswd|visudo|tee|>)/.test(message))
  )
    return false;
  if (
    throwaway &&
    rule === 'destructive/git-force-push' &&
    invocation.words.some(({ text }) => /(?:^|:|\/)(?:gh-)?pages$/.test(text))
  )
    return false;
  switch (rule) {
    case 'destructive/fs-critical-file':
      return false; // about the files of a reviewed tier, which a command names when it runs
    case 'destructive/fs-recursive-delete':
    case 'destructive/fs-mode-everywhere':
      return hitsForSure(invocation, context);
    case 'destructive/tf-unattended-apply':
      return severity !== 'medium'; // the plan was made, and could be read, before
    case 'permissions/container-root':
      return invocation.words.some(({ text }) => /^0?777$/.test(text));
    default:
      return true;
  }
}

/** Made again by package managers, or thrown away. */
const CACHES =
  /^(?:\/var\/(?:lib\/(?:apt\/lists|dpkg\/info)|cache|tmp|log)|\/tmp|\/root\/(?:\.cache|\.npm|\.cargo\/registry|\.gradle|\.m2)|\/usr\/share\/(?:doc|man|locale|info)|\/usr\/(?:local\/)?src|\/var\/folders|\/build|\/dist|\/out|\/github\/workspace|\/workspace|\/code\/coverage)(?:\/|$)/;

/** Whether what is removed is a place that the text names, or one below a variable that may be empty. */
function hitsForSure(invocation: Invocation, { text, lines, wanders }: Context): boolean {
  const named = invocation.words.slice(1).filter((word) => word.open || !word.text.startsWith('-'));
  const source = lines.slice(invocation.line - 1, invocation.line + 4).join('\n');
  return named.some((word) => (word.open ? mayBeEmpty(word, source, text) : isPlace(word.text, wanders)));
}

function isPlace(path: string, wanders: boolean): boolean {
  if (/^(?:\/|~|[A-Za-z]:[\\/]|[\w.@-]+:\/?\S)/.test(path)) return !CACHES.test(path) && !path.startsWith(`${ROOT}/`);
  return !wanders && /^(?:\.\/?|\.?\/?\*+|\.\/\*\*?|\.git\/?)$/.test(path);
}

/** `"$NAME/"*` and `/$NAME`: with nothing in the variable everything is removed. */
function mayBeEmpty({ text: path }: Word, source: string, text: string): boolean {
  const name = /\$\{?([A-Za-z_]\w*)\}?["']?\/["']?(?:\*|\s|$|;|&|\))/m.exec(source)?.[1];
  if (name === undefined || !/^\/(?:\*+|\.\*)?$/.test(path))
    return /^\/(?:var\/lib|srv|data|mnt|home|opt|etc)\//.test(path);
  const guarded = new RegExp(
    `\\$\\{${name}:?[?+-]|-[nzd]\\s+"?\\$\\{?${name}\\b|(?:^|[\\s;])(?:export\\s+|local\\s+|readonly\\s+)*${name}=["']?(?:\\$\\(|[^"'$\\s;])`,
    'm',
  );
  return !guarded.test(text);
}
