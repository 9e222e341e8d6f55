/** The types that the danger rooms and their callers share. */
import type { FindingClass, FindingPlace, Severity } from './finding';
import type { RuleId } from './rules';
import type { CommandRow } from './rules/types';

export type { CommandRow, Is, Pattern, SettingRow, StatementRow } from './rules/types';

/** One file's change. Paths are relative to the repository's root, with `/`; texts are decoded. */
export interface Change {
  readonly path: string;
  /** The old path when it was renamed. */
  readonly from: string | null;
  /** Null: the file did not exist. */
  readonly before: string | null;
  /** Null: the file was deleted. */
  readonly after: string | null;
}

/** What a rule noticed at one place of a change. */
export interface Noticed {
  readonly rule: RuleId;
  /**
   * 1-based; of the old text when `side` is `old`. The line of the attribute that causes it, or of a block's header.
   */
  readonly line: number;
  readonly side: 'old' | 'new';
  /**
   * One sentence: what the change does here. Names from the text are short and on one line; it never contains a secret.
   */
  readonly message: string;
  /** Only when it differs from the rule's own. */
  readonly severity?: Severity;
  /** Terraform's resource address. */
  readonly address?: string;
  /** What several findings of one rule in a file have in common: they are reported as one. */
  readonly cause?: string;
  /** The cause is the same in other files of the change: one finding stands for all of them, where the most is lost. */
  readonly across?: true;
  /** Left out where a rule that knows more found something in the same file. */
  readonly isGeneral?: true;
  /** Where it stands itself, when it is reported in another file. */
  readonly stands?: FindingPlace;
  /** The other places that it stands for; without a path in the same file. */
  readonly alsoIn?: readonly { readonly path?: string; readonly line: number }[];
  /** The row that found it, or the name of the fact: tests see by it that no row is dead. */
  readonly row?: object | string;
}

/** A file as it stands somewhere. */
export interface TextOfFile {
  readonly path: string;
  readonly text: string;
}

/** What analyzers get from the machine. */
export interface Tools {
  /** Bytes of a grammar that is shipped with the program, such as `hcl.wasm`. */
  readonly grammar: (file: string) => Promise<Uint8Array>;
  /** The lines with these words in the files beside one that the change leaves as they are. Left out where nobody can tell. */
  readonly beside?: (path: string, words: string) => Promise<readonly string[]>;
  /**
   * Files that have each of these lines and that the change leaves as they are: of the same name, or settings and scripts
   * like this one. Left out where nobody can tell.
   */
  readonly copies?: (path: string, lines: readonly string[]) => Promise<readonly TextOfFile[]>;
  /** Called with a text that an analyzer could not read to the end. */
  readonly cutOff?: (text: string) => void;
  /** Called with a text that its own program would refuse: half-typed, or with marks of a conflict. */
  readonly refused?: (text: string) => void;
}

/** Rules for one technology, or for one kind of change in any. One folder in `analyzers/`, one line in `analyzers/index.ts`. */
export type Analyzer = AnalyzerOfFiles | AnalyzerOfChanges;

interface AnyAnalyzer {
  readonly id: string;
  /** Cheap: by path, and by the text where a path is not enough. Nothing is parsed for others. */
  readonly concerns: (change: Change) => boolean;
  /** It reads any text a line at a time, however long that is: what it can't read is no gap. */
  readonly searchesLines?: true;
}

/** Looks at one file's change at a time. */
export interface AnalyzerOfFiles extends AnyAnalyzer {
  readonly notice: (change: Change, tools: Tools) => Promise<readonly Noticed[]> | readonly Noticed[];
}

/** Looks at all its files at once: what is removed from one file may reappear in another. */
export interface AnalyzerOfChanges extends AnyAnalyzer {
  /** Changes that it is handed beside those that it is about, when there is one of those. */
  readonly alsoReads?: (change: Change) => boolean;
  readonly noticeAll: (
    changes: readonly Change[],
    tools: Tools,
  ) => Promise<readonly NoticedIn[]> | readonly NoticedIn[];
}

/** What was noticed, and in which change. */
export interface NoticedIn extends Noticed {
  /** The `path` of the change. */
  readonly path: string;
}

/** A team's own rule about commands. */
export interface TeamCommandRule {
  readonly rule: string;
  readonly class: FindingClass;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string | null;
  readonly rows: readonly Omit<CommandRow, 'does'>[];
}
