/** The background's requests and answers. */
import { type Deletion, type Provenance, type Piece, type Undone } from '../../provenance/authorship';
import type { ChangeAttribution } from '../../provenance/authorship/types';
import type { BlastRadius } from '../../policy/blast-radius/types';
import { type WorkFile } from '../../policy/findings';
import { type LocalDecision } from '../../policy/local-work';
import { type HooksState, type Places } from '../../git';
import type { KnownKey } from '../../review/gate/sign-offs';
import type { Finding } from '../../policy';
import type { PolicyHelp as SchemaHelp, PolicyProblem } from '../../policy/file/parse';
import type { BranchStanding, ReviewToRead, SignOffToGive } from '../../review/request';
import { type Heard, type SessionName } from '../changes/sessions-in-changes';
import { type FileTier } from '../state/tier-with-pattern';
import type { AuthoredChange } from '../recording/buffer/text-change';
import type { CommittedRun } from './committed-ai-runs';
import { type CompactLines, type CompactSplices } from './compact-lines-for-messages';
import { type HadContent } from './journal-lacks-content';

/** A file as it is on disk; null: it does not exist. `from`: its path in HEAD when it was renamed. */
export interface FileQuestion {
  readonly places: Places;
  readonly path: string;
  readonly from?: string;
  readonly content: Uint8Array | null;
}

/** A file as it is in an editor. */
export interface LinesQuestion extends FileQuestion {
  /** The changes since it was saved; none when they are not known for certain. */
  readonly unsaved: readonly AuthoredChange[];
  /** It begins with a byte order mark, which documents do not show. */
  readonly mark: boolean;
}

/** The text of a file as it is in an editor. */
export interface DangersQuestion {
  readonly places: Places;
  readonly path: string;
  /** Its path in HEAD when it was renamed. */
  readonly from?: string;
  readonly text: string;
  /** Other changed files, in which what was removed from this one may have reappeared. */
  readonly others: readonly WorkFile[];
}

/** What one session did to a file as it is in an editor. */
export interface SessionQuestion extends LinesQuestion {
  readonly of: SessionName;
}

/** Texts and positions are the document's. */
export interface SessionWork {
  /** The current text. */
  readonly text: string;
  /** The text without the session's changes. */
  readonly without: string;
  readonly undo: Undone;
  /** All changes are this session's. */
  readonly alone: boolean;
  /** The file does not exist in HEAD. */
  readonly fresh: boolean;
}

/** A text with its authors, as plain data. */
export interface PlainText {
  readonly base: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly deletions: readonly Deletion[];
  readonly broken: ReadonlyMap<number, Provenance>;
}

/** The uncommitted changes of a work tree, and what the policy requires of them. */
export interface Standing {
  /** The commit that they are relative to; null before the first one. */
  readonly head: string | null;
  readonly change: ChangeAttribution;
  readonly local: Omit<LocalDecision, 'tierOfFile'>;
  /** For a commit of everything that changed. */
  readonly trailers: readonly string[];
  /** For each changed file, by its path. */
  readonly tiers: ReadonlyMap<string, FileTier>;
  readonly heard: Heard;
  /** How many records only a newer version can read. */
  readonly newer: number;
}

/** Some of the changed files, with their tiers by path. */
export interface SomeFiles {
  readonly files: ChangeAttribution['files'];
  readonly tiers: Standing['tiers'];
}

/** What the next commit will contain. */
export interface NextCommit {
  /** For what is staged; false: nothing is, so it is for all changes. */
  readonly staged: boolean;
  readonly trailers: readonly string[];
}

/** What a branch needs, and the state of the repository in which it was worked out. */
export interface BranchReading {
  readonly key: string;
  /** Null when it has no commits. */
  readonly branch: BranchStanding | null;
}

/** A change to review, and the state of the repository in which it was read. */
export interface ReviewReading {
  readonly key: string;
  readonly review: ReviewToRead | null;
}

export interface PolicyReading {
  readonly problems: readonly PolicyProblem[];
  readonly advice: readonly PolicyProblem[];
}

export interface PolicyHelp extends SchemaHelp {
  /** Columns of the word at the position, 0-based, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** What assistants' own transcripts may tell of a work tree. `program`: who reads them, a file. */
export interface FillQuestion {
  readonly program: string;
  readonly root: string;
  readonly home: string;
}

/** How many edits of which assistants no hook had reported, which the journal has now; or why nobody could look. */
export type FillAnswer =
  { readonly filled: readonly { readonly assistant: string; readonly edits: number }[] } | { readonly problem: string };

/** What a signature by a key would change. */
export interface Foresight {
  readonly key: KnownKey;
  readonly after: SignOffToGive;
}

/** All tasks, with their requests and answers. */
export interface Tasks {
  readonly authored: { readonly question: FileQuestion; readonly answer: PlainText };
  readonly lines: { readonly question: LinesQuestion; readonly answer: CompactLines };
  /** Lines of a file in the commit `head` that AI wrote. Throws a GitError. */
  readonly committed: {
    readonly question: { readonly places: Places; readonly path: string; readonly head: string };
    readonly answer: readonly CommittedRun[];
  };
  /** What the danger rules find in a file. Throws a GitError. */
  readonly dangers: { readonly question: DangersQuestion; readonly answer: readonly Finding[] };
  /** What depends on a file's change. Throws a GitError. */
  readonly blast: { readonly question: Omit<DangersQuestion, 'others'>; readonly answer: BlastRadius };
  /** Throws a RangeError when the changes do not fit the file. */
  readonly session: { readonly question: SessionQuestion; readonly answer: SessionWork };
  /** Without its files and their tiers: request those with `changed`, from the first one until none are left. */
  readonly standing: { readonly question: Places; readonly answer: Standing };
  /**
   * The files of a work tree's latest `standing`, starting at an index. Throws a GitError in a helper that has not
   * computed it.
   */
  readonly changed: {
    readonly question: { readonly places: Places; readonly from: number };
    readonly answer: SomeFiles;
  };
  readonly compare: {
    readonly question: { readonly before: string; readonly after: string };
    readonly answer: CompactSplices;
  };
  /** Whether the journal must be told that a file had a content. */
  readonly lacking: { readonly question: Pick<FileQuestion, 'places' | 'path'> & HadContent; readonly answer: boolean };
  /** The committed content that a new file is a copy of; null: it is no copy. Throws a GitError. */
  readonly copied: {
    readonly question: FileQuestion & { readonly content: Uint8Array };
    readonly answer: Uint8Array | null;
  };
  /** Whether git ignores a file. False when that is unknown. */
  readonly ignored: { readonly question: Pick<FileQuestion, 'places' | 'path'>; readonly answer: boolean };
  /** Undefined while paths are unmerged. */
  readonly next: { readonly question: Places; readonly answer: NextCommit | undefined };
  /**
   * What the branch's commits still need, where what that depends on is another than at the answer whose key is
   * `known`; else undefined. Loads the gate.
   */
  readonly branch: {
    readonly question: { readonly places: Places; readonly known: string | undefined };
    readonly answer: BranchReading | undefined;
  };
  /** What is wrong with the text of a policy, and probable mistakes in it. */
  readonly policy: {
    readonly question: { readonly places: Places; readonly text: string; readonly assistants: readonly string[] };
    readonly answer: PolicyReading;
  };
  /** What may be written at a position (0-based line and column) in a policy. */
  readonly policyHelp: {
    readonly question: {
      readonly text: string;
      readonly line: number;
      readonly column: number;
      readonly assistants: readonly string[];
    };
    readonly answer: PolicyHelp;
  };
  /** The branch's change for its reviewer; undefined if it is unchanged since `known`. */
  readonly review: {
    readonly question: { readonly places: Places; readonly known: string };
    readonly answer: ReviewReading | undefined;
  };
  /** What a sign-off on the branch would cover. */
  readonly toSign: { readonly question: Places; readonly answer: SignOffToGive };
  /** The same as if a key had signed now. `base`: the commit whose allowed signers count. */
  readonly foresee: {
    readonly question: { readonly places: Places; readonly base: string; readonly key: string };
    readonly answer: Foresight;
  };
  readonly fill: { readonly question: FillQuestion; readonly answer: FillAnswer };
  /** Whether git would run our hooks, from wherever they are started. */
  readonly hooks: { readonly question: Places; readonly answer: HooksState };
}
