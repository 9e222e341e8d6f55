/** What people set in git's configuration, none of which may change who is told. */
import type { World } from './world';

/** Each setting with values for it. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'commit.cleanup': ['verbatim', 'whitespace', 'strip', 'scissors', 'default'],
  'commit.verbose': ['true', '2'],
  'commit.status': ['false'],
  'commit.template': ['../template'],
  'core.commentChar': [';', '%', 'auto', '#'],
  'trailer.separators': ['=:#', '%='],
  'trailer.where': ['start', 'before'],
  'trailer.ifexists': ['doNothing', 'replace'],
  'trailer.ifmissing': ['doNothing'],
  'trailer.ai.key': ['AI-Lines'],
  'trailer.assisted.key': ['Assisted-by = '],
  'diff.algorithm': ['histogram', 'patience', 'minimal'],
  'diff.renames': ['copies', 'false'],
  'diff.noprefix': ['true'],
  'diff.mnemonicPrefix': ['true'],
  'diff.context': ['0', '10'],
  'diff.interHunkContext': ['10'],
  'diff.indentHeuristic': ['false'],
  'diff.external': ['true'],
  'diff.orderFile': ['../template'],
  'diff.relative': ['true'],
  'diff.ignoreSubmodules': ['all'],
  'diff.colorMoved': ['zebra'],
  'diff.wordRegex': ['.'],
  'diff.suppressBlankEmpty': ['true'],
  'color.ui': ['always'],
  'core.quotePath': ['true'],
  'core.abbrev': ['4'],
  'core.untrackedCache': ['true'],
  'core.bigFileThreshold': ['10'],
  'core.pager': ['false'],
  'core.trustctime': ['false'],
  'core.logAllRefUpdates': ['always'],
  'core.whitespace': ['cr-at-eol,tab-in-indent'],
  'feature.manyFiles': ['true'],
  'index.version': ['4'],
  'log.showRoot': ['false'],
  'log.showSignature': ['true'],
  'log.follow': ['true'],
  'log.date': ['relative'],
  'log.mailmap': ['false'],
  'format.pretty': ['oneline'],
  'format.noprefix': ['true'],
  'status.showUntrackedFiles': ['no', 'all'],
  'status.relativePaths': ['false'],
  'status.short': ['true'],
  'blame.coloring': ['repeatedLines'],
  'blame.blankBoundary': ['true'],
  'blame.showEmail': ['true'],
  'rebase.abbreviateCommands': ['true'],
  'rebase.autoStash': ['true'],
  'rebase.updateRefs': ['true'],
  'rebase.backend': ['apply'],
  'merge.conflictStyle': ['diff3', 'zdiff3'],
  'merge.ff': ['false'],
  'merge.renames': ['false'],
  'rerere.enabled': ['true'],
  'notes.rewriteRef': ['refs/notes/ai', 'refs/notes/*'],
  'notes.displayRef': ['*'],
  'gc.auto': ['1'],
  'pull.rebase': ['true', 'merges'],
  'fetch.prune': ['true'],
  'i18n.logOutputEncoding': ['ISO-8859-1'],
};

/** One setting of the person's, for all that comes after it. The oracle itself asks git without them. */
export function setting(world: World): void {
  const name = world.chance.any(Object.keys(SETTINGS)) ?? '';
  const value = world.chance.any(SETTINGS[name] ?? []) ?? '';
  world.say(`setting ${name}=${value}`);
  if (world.chance.maybe(0.3)) world.scratch.git(['config', '--global', '--unset', name]);
  else world.scratch.git(['config', '--global', name, value]);
}

/**
 * Line ends that git turns as files go in and out: they count for everything that reads contents, so each repository
 * has its own.
 */
export function lineEnds(world: World): void {
  const value = world.chance.any(['true', 'input', 'false']) ?? 'false';
  world.say(`core.autocrlf=${value}`);
  world.scratch.git(['config', 'core.autocrlf', value]);
}
