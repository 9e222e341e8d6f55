/** What the programs of Windows and the cmdlets of PowerShell write, where that is not all their arguments. */
import { after, type Word } from '../../danger/shell';

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

const WAYS: Readonly<Record<string, (args: readonly Word[]) => readonly Written[]>> = {
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
export const windowsWritesOf = (name: string, args: readonly Word[]): readonly Written[] =>
  Object.hasOwn(WAYS, name) ? (WAYS[name]?.(args) ?? []) : [];
