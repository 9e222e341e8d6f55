/**
 * The published schema of exports (docs/dev/export-tables.md). Columns may be added; none changes its meaning or is removed
 * without a new version.
 */

/** Goes up when a column changes its meaning or is removed. Exports of other versions are not mixed. */
export const SCHEMA_VERSION = 1;

export type ColumnType = 'string' | 'int32' | 'boolean' | 'timestamp';

export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
}

const column = (name: string, type: ColumnType, meaning: string): ColumnSpec => ({ name, type, meaning });

/** The tables. `repository` and `month` are in the names of the folders. */
export const TABLES = {
  commits: [
    column('commit', 'string', 'id of the commit'),
    column(
      'committed_at',
      'timestamp',
      "the committer's clock, UTC; never before the parents and never after the export",
    ),
    column('merge', 'boolean', 'more than one parent'),
    column(
      'author_key',
      'string',
      "null, or with `--people` a key of the author's address: the same for the same address",
    ),
    column('provenance', 'string', 'where the authors come from: `note`, `trailers`, `markers` or `none`'),
    column(
      'assistants',
      'string',
      'ids of the assistants with lines or marks in it, with commas between; empty without',
    ),
    column(
      'tier',
      'string',
      'the highest tier that AI lines are in, by the policy at the time of the export and from paths alone; null without',
    ),
    column('files', 'int32', 'changed files'),
    ...(['added', 'removed'] as const).flatMap((side) =>
      (['ai', 'human', 'unknown'] as const).map((author) =>
        column(`${side}_${author}`, 'int32', `lines ${side}, ${author}`),
      ),
    ),
    column(
      'reverts',
      'string',
      'the commit that the message says it reverts (the beginning of its id is enough); null without',
    ),
    column('overruled', 'int32', 'actions of agents against the policy, from the note'),
  ],
  lines: [
    column('commit', 'string', 'id of the commit'),
    column('committed_at', 'timestamp', 'as in `commits`'),
    column('path', 'string', 'of the file after the commit (of a deleted one: before)'),
    column(
      'side',
      'string',
      '`new`: added lines, by their numbers in the new file; `old`: removed ones, by their numbers in the old file',
    ),
    column('start_line', 'int32', 'first line, from 1'),
    column('end_line', 'int32', 'last line, included'),
    column('author', 'string', '`ai`, `human` or `unknown`'),
    column('edited', 'boolean', 'more than one author wrote them'),
    column('assistant', 'string', 'id; null where not AI'),
    column('model', 'string', 'null where not known'),
    column('session', 'string', 'raw id of the conversation; null where not known'),
    column('evidence', 'string', '`reported`, `observed` or `declared`; null where unknown'),
    column('tier', 'string', 'of the file, as in `commits`; null without'),
  ],
  findings: [
    column('commit', 'string', 'id of the commit'),
    column('committed_at', 'timestamp', 'as in `commits`'),
    column('path', 'string', 'of the file after the commit (of a deleted one: before)'),
    column('side', 'string', '`new` or `old`: which file the line is in'),
    column('line', 'int32', 'where it is, from 1'),
    column('rule', 'string', 'id of the danger rule, such as `destructive/sql-drop`'),
    column('class', 'string', '`destructive`, `permissions` or `secrets`'),
    column('severity', 'string', '`critical`, `high`, `medium` or `low`'),
    column('author', 'string', 'who wrote the changed line that it comes from: `ai`, `human` or `unknown`'),
    column('assistant', 'string', 'id; null where not AI'),
    column('model', 'string', 'null where not known'),
    column('tier', 'string', 'of the file, as in `commits`; null without'),
  ],
  sign_offs: [
    column('commit', 'string', 'the head that was signed'),
    column('sign_offs', 'int32', 'signed sign-offs on it, whether or not they count for a policy'),
  ],
  deployments: [
    column('commit', 'string', 'what was deployed'),
    column('stage', 'string', 'such as `canary` or `production`'),
    column('deployed_at', 'timestamp', 'UTC'),
    column('state', 'string', '`deployed` or `failed`'),
  ],
  incidents: [
    column('incident', 'string', 'such as `INC-2026-11-24-orders-down`'),
    column('began_at', 'timestamp', 'UTC'),
    column('ended_at', 'timestamp', 'null while it goes on'),
    column('state', 'string', '`open`, `mitigated` or `closed`'),
    column(
      'contribution',
      'string',
      "whether an assistant's lines contributed: `contributed`, `did-not` or `cannot-tell`",
    ),
    column('failure_mode', 'string', 'null where not given'),
    column('assistants', 'string', 'assistants of the suspects that contributed, with commas between'),
    column('models', 'string', 'their models'),
  ],
  runs: [
    column('run', 'string', 'id, as `linekeeper trace --run` takes it'),
    column('commit', 'string', 'the commit that HEAD was; it may be in no branch'),
    column('at', 'timestamp', 'when it was refused, asked for, approved or run, to the minute'),
    column(
      'outcome',
      'string',
      '`refused`, `asked` (the assistant asked its person), `requested` or `approved` (not known to have run), or `ran`',
    ),
    column('program', 'string', 'such as `terraform`; null where it could not be read'),
    column('verb', 'string', 'such as `destroy`; null without'),
    column('targets', 'string', 'what it names, with spaces between; empty without'),
    column('directory', 'string', 'where, relative to the top of the work tree; null outside'),
    column('environment', 'string', "the policy's environment; null without"),
    column('rule', 'string', 'id of the danger rule; null where it was none'),
    column('tier', 'string', "the policy's tier; null for the policy as a whole"),
    column('assistant', 'string', 'id; null before anybody tried it'),
    column('session', 'string', 'raw id of the conversation; null where not known'),
    column('approvals', 'int32', 'approvals in the record, whether or not their signatures were checked'),
    column('exception', 'string', 'id of the exception under which it ran; null without'),
    column('ended', 'string', '`ok` or `failed`; null where its end is not known'),
  ],
  health: [
    column('clone', 'string', "a key of the machine's name and the clone's folder: the same for the same clone"),
    column('reported_at', 'timestamp', 'the day of the report, UTC'),
    column('linekeeper', 'string', 'its version'),
    column('git', 'string', 'its version'),
    column('platform', 'string', '`linux`, `darwin` or `win32`'),
    column('hooks', 'string', "git's hooks: `installed`, `outdated`, `partly`, `absent` or `displaced`"),
    column('heard_at', 'timestamp', 'the day on which hooks of an assistant last ran there, UTC; null where none did'),
    column('assistants', 'string', 'ids of the assistants that were found there, with commas between'),
    column('hooked', 'string', 'those of them with hooks, with commas between'),
    column('floors', 'int32', 'files of floors that lie under the policy there'),
    column('mode', 'string', '`enforce` or `observe`'),
    column('policy', 'string', 'digest of the policy that decides there'),
    column('to_fix', 'int32', 'findings of `doctor` that are to be fixed'),
  ],
} as const satisfies Readonly<Record<string, readonly ColumnSpec[]>>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]; // its own keys

/** A row: a value for each column by its name. Timestamps are seconds since the epoch. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;
