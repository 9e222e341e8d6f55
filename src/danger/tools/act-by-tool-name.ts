/** The words of a tool's name: what it does, and to what. */
import { anyOf } from '../../base/patterns';
import { singular } from '../identifier-words';

/** Verbs whose tools only look. */
const READS = /* @__PURE__ */ anyOf(
  String.raw`get list describe show search find read view check count explain preview validate plan inspect diff fetch lookup
  summarize analyze analyse estimate simulate generate suggest propose draft wait watch export backup undelete
  restore recover cancel create add new make insert is has can should confirm log report audit test help`,
);
const CLEARS = /^(?:clear|reset|revoke|disable|detach|dismiss|unprotect)$/;
const REMOVES =
  /^(?:delete|remove|drop|destroy|purge|terminate|wipe|erase|nuke|truncate|empty|flush|flushall|flushdb|uninstall|decommission|deprovision|prune|rm|del|rmdir|obliterate|teardown)$/;
const STOPS = /^(?:stop|suspend|pause|shutdown|halt|poweroff|deallocate|hibernate|drain)$/;

export interface Deed {
  /** `removes`: it is gone; `stops`: it can be started again; `clears`: depends on what. */
  readonly kind: 'removes' | 'stops' | 'clears';
  /** What it is done to, in the singular. */
  readonly nouns: readonly string[];
}

/** What a tool with these words does; undefined where it looks, makes, or does something that is not known. */
export function deedOf(words: readonly string[]): Deed | undefined {
  const at = words.findIndex((word) => REMOVES.test(word) || STOPS.test(word) || CLEARS.test(word));
  const verb = words[at];
  if (verb === undefined || words.slice(0, at).some((word) => READS.test(word))) return undefined;
  // `remove_from_cart`, `delete_at`
  const nouns = words.filter((_, index) => index !== at).map(singular);
  return { kind: REMOVES.test(verb) ? 'removes' : STOPS.test(verb) ? 'stops' : 'clears', nouns };
}

/** Things that are easy to make again, or that a person sees vanish and can bring back. */
const SMALL = new Set(
  `alias annotation assignee attachment bookmark breakpoint cache card cart cell character chart chat checklist component comment
  console conversation cookie draft element emoji entity event favorite field file filter follower folder frame highlight
  history item label layer line link list log logs memory mention message mock mute node note notification observation
  page paragraph pin reaction relation reminder request review reviewer route selection session shape slide star sticker
  story stub style subscriber subscription subtask tab tag task text thread todo topic tooltip track view vote watcher
  watch widget window worktree directory dir breakpoints alarm timer block from container image network dependency package
  import property shortcut sub variable step stash hunk screenshot viewport`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

export const isSmall = (nouns: readonly string[]): boolean => nouns.some((noun) => SMALL.has(noun));
