/** What the background is asked, and what it answers. */
import { type Deletion, type Provenance, type Piece, type Undone } from '../../attribution';
import type { ChangeAttribution } from '../../attribution/types';
import type { BlastRadius } from '../../blast-radius/types';
import { type LocalDecision, type WorkFile } from '../../decision';
import { type HooksState, type Places } from '../../git';
import type { Finding } from '../../policy';
import type { PolicyHelp as SchemaHelp, PolicyProblem } from '../../policy/file/parse';
import type { BranchStanding, ReviewToRead, SignOffToGive } from '../../review-request';
import { type Heard, type SessionName } from '../changes/sessions';
import { type FileTier } from '../state/file-tier';
import type { AuthoredChange } from '../recording/buffer/text-change';
import { type CompactLines, type CompactSplices } from './compact';
import { type HadContent } from './needs-snapshot';

/** A file as it is on disk; null: it is not there. `from`: its path in HEAD when it was renamed. */
export interface FileQuestion {
  readonly places: Places;
  readonly path: string;
  readonly from?: string;
  readonly content: Uint8Array | null;
}

/** A file as it is in an editor. */
export interface LinesQuestion extends FileQuestion {
  /** What was done to it since it was saved; none where that is not known for certain. */
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
  /** Changed files beside it, in which what left this one may have come back. */
  readonly others: readonly WorkFile[];
}

/** What one session did to a file as it is in an editor. */
export interface SessionQuestion extends LinesQuestion {
  readonly of: SessionName;
}

/** Texts and places are the document's. */
export interface SessionWork {
  /** As it is. */
  readonly text: string;
  /** As if the session had not been at work. */
  readonly without: string;
  readonly undo: Undone;
  /** All that changed is this session's. */
  readonly alone: boolean;
  /** HEAD has no such file. */
  readonly fresh: boolean;
}

/** A text with its authors, without its methods. */
export interface PlainText {
  readonly base: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly gone: readonly Deletion[];
  readonly broken: ReadonlyMap<number, Provenance>;
}

/** What is not committed in a work tree, and what the policy asks of it. */
export interface Standing {
  /** The commit that it is seen from; null before the first one. */
  readonly head: string | null;
  readonly change: ChangeAttribution;
  readonly local: Omit<LocalDecision, 'tierOfFile'>;
  /** Of a commit of everything that changed. */
  readonly trailers: readonly string[];
  /** Of each changed file, by its path. */
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

/** What the next commit carries. */
export interface NextCommit {
  /** Of what is staged; false: nothing is, so it is that of all changes. */
  readonly staged: boolean;
  readonly trailers: readonly string[];
}

/** A change to read, and the state of the repository that it was read in. */
export interface ReviewReading {
  readonly key: string;
  readonly review: ReviewToRead | null;
}

export interface PolicyReading {
  readonly problems: readonly PolicyProblem[];
  readonly advice: readonly PolicyProblem[];
}

export interface PolicyHelp extends SchemaHelp {
  /** Columns of the word at the place, from 0, the end excluded. */
  readonly start: number;
  readonly end: number;
}

/** What can be asked, and what is answered. */
export interface Tasks {
  readonly authored: { readonly asked: FileQuestion; readonly answer: PlainText };
  readonly lines: { readonly asked: LinesQuestion; readonly answer: CompactLines };
  /** What the danger rules find in a file. Throws a GitError. */
  readonly dangers: { readonly asked: DangersQuestion; readonly answer: readonly Finding[] };
  /** What depends on a file's change. Throws a GitError. */
  readonly blast: { readonly asked: Omit<DangersQuestion, 'others'>; readonly answer: BlastRadius };
  /** Throws a RangeError where what was done does not fit the file. */
  readonly session: { readonly asked: SessionQuestion; readonly answer: SessionWork };
  /** Without its files and their tiers: those are asked for with `changed`, from the first on until none are left. */
  readonly standing: { readonly asked: Places; readonly answer: Standing };
  /**
   * Of the latest `standing` of a work tree, the files from an index on. Throws a GitError in a thread that was not
   * asked for it.
   */
  readonly changed: { readonly asked: { readonly places: Places; readonly from: number }; readonly answer: SomeFiles };
  readonly compare: {
    readonly asked: { readonly before: string; readonly after: string };
    readonly answer: CompactSplices;
  };
  /** Whether the record has to be told that a file had a content. */
  readonly lacking: { readonly asked: Pick<FileQuestion, 'places' | 'path'> & HadContent; readonly answer: boolean };
  /** Whether git ignores a file. False where git can't tell. */
  readonly ignored: { readonly asked: Pick<FileQuestion, 'places' | 'path'>; readonly answer: boolean };
  /** Undefined while paths are unmerged. */
  readonly next: { readonly asked: Places; readonly answer: NextCommit | undefined };
  /** What the branch's commits owe; null where there are none. Loads the gate. */
  readonly branch: { readonly asked: Places; readonly answer: BranchStanding | null };
  /** What is wrong with the text of a policy, and what of it is probably not meant. */
  readonly policy: {
    readonly asked: { readonly places: Places; readonly text: string; readonly assistants: readonly string[] };
    readonly answer: PolicyReading;
  };
  /** What may be written at a place (line and column from 0) of a policy. */
  readonly policyHelp: {
    readonly asked: {
      readonly text: string;
      readonly line: number;
      readonly column: number;
      readonly assistants: readonly string[];
    };
    readonly answer: PolicyHelp;
  };
  /** What a reviewer of the branch reads; undefined where it is as it was at `known`. */
  readonly review: {
    readonly asked: { readonly places: Places; readonly known: string };
    readonly answer: ReviewReading | undefined;
  };
  /** What a sign-off on the branch would be for. */
  readonly toSign: { readonly asked: Places; readonly answer: SignOffToGive };
  /** Whether git would run our hooks, wherever they are started from. */
  readonly hooks: { readonly asked: Places; readonly answer: HooksState };
}
