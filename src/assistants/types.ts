/**
 * What an assistant is to us: one typed record, and the neutral event that its hook payloads become.
 * Everything in an event comes from outside. Names (session, model, id) have passed `cleanName`; paths, texts, commands
 * and prompts have not been judged: whoever uses a path checks that it lies inside the repository.
 */

/** An environment, read-only. Only names that a record asks for are read; nothing of it is kept. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One replacement as the assistant described it. A created file has `old: ''` and its whole content in `new`. */
export interface ClaimedEdit {
  /** As given: absolute, or relative to the event's `cwd`. */
  readonly path: string;
  readonly old: string;
  readonly new: string;
  /**
   * 1-based line at which `new` begins, in the file as it is after all edits of the event; only when the payload proves
   * it.
   */
  readonly line?: number;
  /** Every occurrence of `old` is replaced, not just one. */
  readonly everywhere?: true;
}

/**
 * What the assistant says that a file holds. `null`: there is no such file. A side left out was not told. Line breaks
 * may have been made `\n`.
 */
export interface ClaimedContent {
  readonly path: string;
  /** The file was moved here from this path (whose own `after` is `null`). */
  readonly from?: string;
  readonly before?: string | null;
  readonly after?: string | null;
}

/** What every event has. */
export interface EventBase {
  /** Who sent it, which can be another assistant than the hook was set up for (two tools can read one hook file). */
  readonly assistant: string;
  /** Raw id of the conversation. */
  readonly session?: string;
  /** Only where the payload itself carries it; see {@link Assistant.model} for the rest. */
  readonly model?: string;
  readonly transcriptPath?: string;
  /** Absolute. Left out when not told: then it is the hook's own working directory. */
  readonly cwd?: string;
  /** Id of the subagent that acts inside the session. */
  readonly subagent?: string;
}

/** A tool is about to act, or has acted. */
export interface ToolEvent extends EventBase {
  readonly event: 'before' | 'after';
  /** Pairs a before with its after, and tells a repeated delivery. Left out where the assistant gives none. */
  readonly id?: string;
  /**
   * Where there is no `id`: the same for the before and the after of one call, and for a call that says the same again.
   */
  readonly pair?: string;
  /** `edit`: writes the files named; `shell`: may change anything; `other`: not known to us, may change anything. */
  readonly tool: 'edit' | 'shell' | 'other';
  /** The assistant's own name for the tool. */
  readonly toolName: string;
  /** The files that an `edit` names, without duplicates; empty when it names none and for the other kinds. */
  readonly files: readonly string[];
  /**
   * In the order in which they are applied. Line breaks are as the assistant writes them, also for a file with others.
   */
  readonly edits: readonly ClaimedEdit[];
  readonly contents: readonly ClaimedContent[];
  /** `edits` and `contents` tell everything that this tool changes. */
  readonly exact: boolean;
  readonly command?: string;
  /**
   * More paths that a `before` of an `edit` names anywhere in what it was given: which of them the tool goes by is its
   * own affair.
   */
  readonly named?: readonly string[];
  /**
   * Of a `before` of an `other`: texts that it was given and may take for files to change; `folders`: with everything
   * in them.
   */
  readonly perhaps?: { readonly paths: readonly string[]; readonly folders: boolean };
  /** A `before` of a tool that writes or runs something, and what cannot be told. */
  readonly unclear?: true;
  /** The tool reported a failure. A failed command may still have changed files. */
  readonly failed: boolean;
  /**
   * False for an `after` that is sent before the files are on disk: what they will hold follows from the edits only.
   */
  readonly onDisk: boolean;
  /** A person changed the assistant's proposal before it was applied. */
  readonly userModified: boolean;
}

/** A conversation begins or ends, or the assistant has finished answering. */
export interface SessionEvent extends EventBase {
  readonly event: 'session-start' | 'session-end' | 'turn-end';
}

/** A person has sent a prompt. */
export interface PromptEvent extends EventBase {
  readonly event: 'prompt';
  readonly prompt: string;
}

export type AgentEvent = ToolEvent | SessionEvent | PromptEvent;

/** Understood, and nothing to record (a tool that only reads, an event of no interest). `reason` is for people. */
export interface Ignored {
  readonly ignored: string;
}

/**
 * Not what we know of this assistant: to be kept aside and named by `doctor`. `reason` is for people and repeats
 * nothing of the payload's content.
 */
export interface NotUnderstood {
  readonly notUnderstood: string;
  /** A tool is about to act: what is not understood must not pass where agents are held back. */
  readonly before?: true;
}

export type Reading = AgentEvent | Ignored | NotUnderstood;

/**
 * What a hook's process answers. A missing stream is left empty. Code 2 refuses, in every protocol that knows codes; no
 * other is used.
 */
export interface HookAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode: 0 | 2;
}

/** Reads at most `bytes` from the end of a transcript as UTF-8; undefined when it can't or may not be read. */
export type ReadTail = (file: string, bytes: number) => string | undefined;

/** What of an event the model is looked up by; any event will do. */
export type ModelQuestion = Pick<ToolEvent, 'model' | 'transcriptPath' | 'subagent' | 'id'>;

/** How an assistant's own commits and accounts are recognised. Addresses and keys are lower case. */
export interface Marks {
  /** E-mail addresses in its co-author trailers, or as author. */
  readonly emails: readonly string[];
  /** Trailers that only this assistant writes. */
  readonly trailers: readonly string[];
  /** Numbers of its accounts on GitHub (`NUMBER+name@users.noreply.github.com`). */
  readonly accounts: readonly number[];
  /** What it puts at the end of the names of authors and committers. */
  readonly endings?: readonly string[];
}

/** `user`: for this person in every repository; `project`: in the repository, for everybody who works on it. */
export type Scope = 'user' | 'project';

/** Where things are, for {@link Assistant.hooks} and {@link Assistant.settings}. */
export interface Surroundings {
  readonly home: string;
  readonly env: Environment;
  /** Absolute; needed for `project`. */
  readonly repositoryRoot?: string;
}

/** One value that belongs at the end of an array of a JSON file. */
export interface HookEntry {
  /** The keys that lead to the array, from the top. */
  readonly at: readonly string[];
  readonly value: unknown;
}

/** The command that a hook runs, for each shell that an assistant may hand it to. */
export interface HookCommand {
  /** For a POSIX shell. */
  readonly sh: string;
  readonly powershell: string;
}

export interface HookCommands {
  /** Before a tool acts. It answers by itself where Linekeeper can't. */
  readonly before: HookCommand;
  /** At any other time. */
  readonly other: HookCommand;
}

/** Hooks that are values in lists of a JSON file, which may hold more and may have comments. */
export interface ListedHooks {
  readonly kind: 'listed';
  readonly file: string;
  /** Keys that the file needs at its top and gets when they are missing. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly entries: (commands: HookCommands) => readonly HookEntry[];
  /** Keys at the top of the file that switch all hooks off when they are true. */
  readonly offSwitches: readonly string[];
}

/** A hook that is a file of its own, such as a plugin or a script. */
export interface HookFile {
  readonly kind: 'file';
  readonly file: string;
  readonly text: (commands: HookCommands) => string;
  /** The file is started as a program. */
  readonly executable: boolean;
}

/** Where hooks are configured, and what has to be there. Plain data: `setup` does the writing. */
export type HookSetup = ListedHooks | HookFile;

/**
 * How we know what we say of an assistant. `run`: its own program is run by our tests; `recorded`: payloads that its
 * program sent are played by our tests; `documented`: payloads made after its vendor's documentation or source are.
 */
export type Verified = 'run' | 'recorded' | 'documented';

/** What is seen of an assistant. docs/assistants.md is made of these. */
export interface Coverage {
  /** Which of its programs this is about. */
  readonly surfaces: string;
  /** The versions that were looked at. */
  readonly versions: string;
  readonly verified: Verified;
  /** Its edits of files are told by a hook. */
  readonly edits: boolean;
  /** Hooks run before and after its shell commands, so that what these change is seen. */
  readonly shell: boolean;
  /** Completions that a person accepts are told. */
  readonly completions: boolean;
  /** Its commits run the repository's git hooks, so that they get trailers; otherwise they get a note only. */
  readonly commitsRunHooks: boolean;
  /** What is not seen or not possible, each as a sentence for people. */
  readonly limits: readonly string[];
}

/** How an assistant itself decides whether hooks may run. */
export interface Trust {
  /** The file that holds its decision. */
  readonly file: (where: Surroundings) => string;
  /** Whether `config`, the text of that file, trusts the hooks of the file `hooks`. */
  readonly trusted: (config: string, hooks: string) => boolean;
  /** What a person does to trust them, as a sentence. */
  readonly how: string;
}

/** An edit as a session's transcript tells it, after it was done. */
export interface ToldEdit extends ToolEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Where transcripts lie, for those who look for them. */
export interface TranscriptPlace {
  readonly folder: string;
  /** Folders below it that are looked into. */
  readonly depth: number;
  /** What the names of transcripts look like. */
  readonly name: RegExp;
  /**
   * It is a database of SQLite: what is read are the rows of this query, each a text in its column `row`. Its one value
   * is a time in milliseconds since the epoch, before which nothing is wanted.
   */
  readonly rows?: string;
}

/** An assistant's own record of its sessions, read for what its hooks did not tell. */
export interface Transcripts {
  /** `repositoryRoot` is always there. */
  readonly places: (where: Surroundings) => readonly TranscriptPlace[];
  /**
   * The edits of files in a whole transcript, in order. Records that are not understood are passed over. Never throws.
   * `changed` is when it was last written (milliseconds since the epoch), for those that tell no times.
   */
  readonly edits: (text: string, changed: number) => readonly ToldEdit[];
}

/** Everything we know of one assistant. Pure: no file is touched, nothing is started. */
export interface Assistant {
  readonly id: string;
  readonly title: string;
  readonly coverage: Coverage;
  /** Names of its programs, as they are looked for on PATH. */
  readonly programs: readonly string[];
  /** Those that start an agent in a terminal, where not all do: others open an editor. */
  readonly commands?: readonly string[];
  /** Empty where this assistant has no hooks of that scope, or the surroundings do not tell where. */
  readonly hooks: (scope: Scope, where: Surroundings) => readonly HookSetup[];
  /** Linekeeper's extension brings hooks for its agent in the editor, without any set-up. */
  readonly hookedByExtension?: true;
  /** More files in which hooks of this assistant can be configured or switched off. */
  readonly settings: (where: Surroundings) => readonly string[];
  /** Names of tools that change nothing, for hooks that cannot be set up for some tools only. Empty where they can. */
  readonly harmless: ReadonlySet<string>;
  readonly trust?: Trust;
  readonly transcripts?: Transcripts;
  /** Whether a payload certainly comes from this assistant, whichever assistant's hook file it came through. */
  readonly recognises: (payload: unknown, env: Environment) => boolean;
  /** One hook payload (parsed JSON) as a neutral event. Never throws. */
  readonly read: (payload: unknown, env: Environment) => Reading;
  /**
   * The model at work; undefined when neither the event nor the transcript says. Assistants write their transcripts
   * with a delay: asked again when the turn or the session has ended, the answer is surer.
   */
  readonly model: (question: ModelQuestion, readTail: ReadTail) => string | undefined;
  /** Refuses the tool of a `before`; `reason` is shown to the model. Null where its protocol has no way to. */
  readonly deny: ((reason: string) => HookAnswer) | null;
  /**
   * Has the person asked, or refuses where nobody can be. Null where its protocol can't, or goes on when nobody
   * answers.
   */
  readonly ask: ((reason: string) => HookAnswer) | null;
  /** Tells the model something after a tool has acted. Left out where its protocol can't, or nobody has tried. */
  readonly tellAfter?: (reason: string) => HookAnswer;
  /** Says nothing, so that the assistant's own permissions decide. */
  readonly allow: () => HookAnswer;
  readonly marks: Marks;
}
