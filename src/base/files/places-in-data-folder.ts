/**
 * Everything that Linekeeper keeps below `<git dir>/linekeeper`: who writes it, and what deletes it. A folder of records
 * has its limits here. docs/dev/data-folder.md says what each place holds: a test holds both to the same names, and each
 * place to its owner.
 */

/** How old records may get (milliseconds), and how many there may be. */
interface Limits {
  readonly maxAge?: number;
  readonly atMost?: number;
}

const HOUR = 3600_000;
const DAY = 24 * HOUR;

/** Whether only this has the fact, or the answers are the same without it; in the git directory of a work tree, or of all; the room that names it; and what takes it, or an entry of it, away. */
type Row = readonly [
  'recorded' | 'cache',
  'file' | 'folder' | 'records',
  'worktree' | 'common',
  owner: string,
  until: string | Limits,
];

/** Every place, by its name. */
export const PLACES = {
  journal: ['recorded', 'folder', 'worktree', 'provenance/journal', 'it is settled, or is too old'],
  past: ['recorded', 'folder', 'worktree', 'provenance/journal', 'it is too old, or there are too many'],
  contents: ['recorded', 'folder', 'worktree', 'provenance/journal', 'no record names it'],
  unnamed: ['recorded', 'folder', 'worktree', 'provenance/journal', 'no record names it'],
  indexes: ['recorded', 'folder', 'worktree', 'provenance/journal', 'no record names it'],
  aside: ['recorded', 'folder', 'worktree', 'provenance/journal', 'a version can read it, or a person deletes it'],
  latest: ['cache', 'folder', 'worktree', 'provenance/journal', 'the next record'],
  open: ['cache', 'folder', 'worktree', 'provenance/journal', 'the edit ends'],
  tmp: ['cache', 'folder', 'worktree', 'provenance/journal', 'the file is renamed'],
  stashes: ['recorded', 'file', 'worktree', 'provenance/commits', 'the next stash replaces it'],
  settled: ['recorded', 'file', 'worktree', 'provenance/commits', 'the next settling replaces it'],
  hooked: ['recorded', 'file', 'worktree', 'provenance/commits', 'it is too large: the older half'],
  rewritten: ['recorded', 'file', 'worktree', 'provenance/commits', 'it is settled'],
  'made-of': ['recorded', 'file', 'worktree', 'provenance/commits', 'it is too large: the older half'],
  'taken-back': ['recorded', 'file', 'worktree', 'provenance/commits', 'nothing that was reset can be committed'],
  unwritten: ['recorded', 'file', 'worktree', 'provenance/commits', 'the commit is made'],
  nameless: ['recorded', 'file', 'worktree', 'provenance/commits', 'they are too old, or too many'],
  untold: ['cache', 'file', 'common', 'provenance/commits', 'it is too large: the older half'],
  drafts: ['recorded', 'folder', 'common', 'provenance/commits', 'it is settled, or is too old without its work tree'],
  id: ['recorded', 'file', 'worktree', 'provenance/commits', 'its work tree is removed'],
  'put-away': [
    'recorded',
    'folder',
    'common',
    'provenance/commits',
    'the stash is gone, it is too old, or there are too many',
  ],
  prepared: ['cache', 'folder', 'worktree', 'provenance/commits', 'another record, or too many answers'],
  attributed: ['cache', 'file', 'worktree', 'provenance/commits', 'the next answer replaces it'],
  amendable: ['cache', 'file', 'common', 'provenance/commits', 'there are too many'],
  'known-refs': ['recorded', 'file', 'common', 'provenance/commits', 'a ref is purged'],
  'notes-taken': ['cache', 'file', 'common', 'provenance/commits', 'the next merge replaces it'],
  'notes-seen-at': ['cache', 'file', 'worktree', 'provenance/commits', 'the next push replaces it'],
  'notes.lock': ['cache', 'file', 'common', 'provenance/commits', 'the note is written'],
  'ready.lock': ['cache', 'file', 'worktree', 'provenance/commits', 'the preparation ends'],
  'ready.wait': ['cache', 'file', 'worktree', 'provenance/commits', 'the preparation begins'],
  kept: ['recorded', 'folder', 'worktree', 'provenance/journal', 'it is too old'],
  refused: ['recorded', 'records', 'worktree', 'provenance/journal', { maxAge: DAY, atMost: 50 }],
  // Older ones are in their commits' notes.
  breaches: ['recorded', 'records', 'worktree', 'provenance/journal', { maxAge: 30 * DAY }],
  exceptions: ['recorded', 'records', 'worktree', 'provenance/journal', { maxAge: 30 * DAY + 2 * HOUR }],
  'run-statements': ['recorded', 'folder', 'common', 'provenance/journal', 'it is in a note'],
  'open-runs': ['cache', 'folder', 'common', 'provenance/journal', 'the command ends, or it is too old'],
  told: ['cache', 'file', 'worktree', 'provenance/assistants', 'the next reading replaces it'],
  seen: ['recorded', 'folder', 'common', 'provenance/assistants', 'the next hook replaces it'],
  'without-hooks': ['recorded', 'file', 'common', 'provenance/assistants', 'they are too old, or too many'],
  failed: ['cache', 'file', 'common', 'provenance/assistants', 'uninstall'],
  setup: ['recorded', 'folder', 'common', 'provenance/assistants', 'uninstall'],
  hooks: ['recorded', 'folder', 'common', 'git', 'uninstall'],
  'hooks-path': ['recorded', 'file', 'common', 'git', 'uninstall'],
  'new-clone': ['recorded', 'file', 'common', 'git', 'the first commit'],
  installed: ['recorded', 'file', 'common', 'git', 'uninstall'],
  program: ['cache', 'file', 'common', 'git', 'uninstall'],
  runtime: ['cache', 'file', 'common', 'git', 'uninstall'],
  'plain.git': ['cache', 'folder', 'common', 'git', 'purge'],
  runs: ['recorded', 'folder', 'worktree', 'guard/run-approval', 'purge'],
  'lessons-told': ['cache', 'records', 'worktree', 'guard/hook', { atMost: 100 }],
  acknowledged: ['recorded', 'records', 'worktree', 'policy/warnings', { atMost: 500 }],
  policy: ['cache', 'folder', 'common', 'policy/load', 'there are too many'],
  held: ['cache', 'file', 'common', 'policy/load', 'no policy restricts agents'],
  'teams.json': ['cache', 'file', 'common', 'policy/load', 'the next answer replaces it'],
  incidents: ['cache', 'records', 'common', 'policy/incidents', { atMost: 16 }],
  recent: ['cache', 'file', 'worktree', 'policy/blast-radius', 'the next answer replaces it'],
  'read-hunks': ['recorded', 'file', 'worktree', 'review/hunks', 'there are too many'],
  report: ['cache', 'folder', 'common', 'aftermath', 'purge'],
} satisfies Readonly<Record<string, Row>>;

/** A file or folder at the top of Linekeeper's folder in a git directory. */
export type PlaceName = keyof typeof PLACES;

/** One that is a folder of records. */
export type RecordsName = { [K in PlaceName]: (typeof PLACES)[K][1] extends 'records' ? K : never }[PlaceName];

/** The limits of a folder of records. */
export const limitsOf = (name: RecordsName): Limits => PLACES[name][4];
