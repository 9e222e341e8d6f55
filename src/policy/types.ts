/**
 * The types of the policy and of its decision, shared by every room.
 */
import type { Finding, FindingClass, Severity } from '../danger/finding';
import type { Counts, LineRange } from '../provenance/authorship/types';

export {
  FINDING_CLASSES,
  SEVERITIES,
  type Finding,
  type FindingClass,
  type FindingPlace,
  type Severity,
} from '../danger/finding';

/** Levels of responsibility, ascending, where a policy has none of its own. */
export const LEVELS = ['junior', 'mid', 'senior'] as const;
/** The name of a level: one of {@link LEVELS}, or of the policy's own. */
export type Level = string;

/** What an agent may do in a tier by itself. */
export const AGENT_RULES = ['allow', 'ask', 'deny-destructive', 'deny'] as const;
export type AgentRule = (typeof AGENT_RULES)[number];

/** What a policy may let agents do for a person. What is not listed stays a person's: approving above all. */
export const AGENTS_MAY = ['merge', 'publish', 'push-base', 'deploy'] as const;
export type AgentsMay = (typeof AGENTS_MAY)[number];

/** What may be kept of commands, the least first. */
export const RUN_DETAILS = ['none', 'digest', 'redacted'] as const;

/** What counts for lines of commits without a recorder, the strictest first. `ask`: as AI's until somebody declares them. */
export const NO_RECORDER = ['ai', 'ask', 'human'] as const;
export type NoRecorder = (typeof NO_RECORDER)[number];

/** A requirement of approvals: from whom, how many, and whether an owner of the file must be among them. */
export interface Requirement {
  readonly from: Level;
  readonly approvals: number;
  readonly codeOwner: boolean;
  /** Only signed sign-offs count; left out: approvals at the forge count too. */
  readonly signed?: true;
}

/**
 * The requirement on AI's lines, by the level of the change's author. No requirement for a level that is not listed.
 */
export interface AiReview {
  readonly atLeastLines: number;
  readonly byLevel: Readonly<Partial<Record<Level, Requirement>>>;
}

/** What a tier requires of a change beside approvals. */
export interface Requires {
  /** Names of checks that must be green at the head, by the forge. */
  readonly checks: readonly string[];
  /** A Terraform plan must be given. */
  readonly plan: boolean;
  /** AI's lines, added plus removed, that a change may have in the tier; null: any number. */
  readonly aiLines: number | null;
  /** Tests must run AI's lines. */
  readonly tested: boolean;
}

/** A time in which changes of tiers wait. */
export interface Freeze {
  /** `2026-12-19`, or a time as in RFC 3339. See `policy/freeze-times.ts`. */
  readonly from: string;
  readonly to: string;
  /** By name; empty: every tier. */
  readonly tiers: readonly string[];
  readonly only: 'ai' | 'any';
  readonly except: readonly ('emergency' | 'reverts')[];
  readonly reason: string | null;
}

/** A library that a change declares and that its file did not declare before. */
export interface AddedDependency {
  readonly name: string;
  /** As it is written; null where the file leaves it open. */
  readonly version: string | null;
  readonly path: string;
  /** 1-based, of the new file. */
  readonly line: number;
  /** Who wrote the line. */
  readonly author: 'ai' | 'human' | 'unknown';
}

/** What is known of a change beside its files and approvals. What is left out is not known. */
export interface ChangeFacts {
  /** How the checks at the head ended, by their name, as the forge tells. */
  readonly checks?: Readonly<Record<string, 'success' | 'failure' | 'pending'>>;
  /** A plan was given. */
  readonly plan?: boolean;
  /** AI's lines (1-based, of the new file) that no test runs, and files that the report does not have. */
  readonly tested?: {
    readonly untested: readonly {
      readonly path: string;
      readonly lines: readonly { readonly start: number; readonly end: number }[];
    }[];
    readonly unmeasured: readonly string[];
  };
}

/** One risk class of the policy. */
export interface Tier {
  readonly name: string;
  readonly paths: readonly string[];
  readonly detect: readonly FindingClass[];
  readonly agents: AgentRule;
  readonly any: Requirement | null;
  readonly ai: AiReview | null;
  /** Beside approvals. Left out: nothing. */
  readonly requires?: Requires;
  readonly rollout: { readonly stages: readonly string[]; readonly soak: string } | null;
  /** An AI's change to a file that more than this many files depend on belongs to this tier. */
  readonly blast: { readonly files: number } | null;
  /** For tools that are given a file of this tier. Left out: nothing more than elsewhere. */
  readonly toolLists?: ToolLists;
}

/** A value, as a row of a team's rule says it: a word of `danger/rules/types.ts`, or one of these texts. */
export type TeamValue = string | { readonly is: readonly string[] };

/** This setting becomes that value, in a file of YAML or JSON. In names and texts, `*` stands for any characters. */
export interface TeamSetting {
  readonly key: readonly string[];
  readonly under?: readonly string[] | undefined;
  readonly before?: TeamValue | undefined;
  readonly after?: TeamValue | undefined;
  readonly change?: 'falls' | 'shrinks' | undefined;
}

/** Program, verb, with, without. */
export interface TeamCommand {
  readonly program: readonly string[];
  readonly verb?: readonly string[] | undefined;
  readonly with?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

/** A statement of SQL. */
export interface TeamStatement {
  readonly verb: readonly string[];
  readonly of?: readonly string[] | undefined;
  readonly with?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

/** A rule that a team adds: added lines that match a pattern, or rows like those of the built-in rules. */
export interface TeamRule {
  /** `<class>/team-<id>`: no built-in rule has such a name. */
  readonly rule: string;
  readonly class: FindingClass;
  readonly severity: Severity;
  /** Patterns of the files that it applies to; the last matching one wins. */
  readonly paths: readonly string[];
  /** See `policy/pattern`. Matched against each line that a change adds; null where the rule has rows alone. */
  readonly pattern: string | null;
  readonly settings?: readonly TeamSetting[] | undefined;
  readonly commands?: readonly TeamCommand[] | undefined;
  readonly statements?: readonly TeamStatement[] | undefined;
  readonly message: string;
  /** What to do instead, as a sentence. */
  readonly fix: string | null;
}

/** A built-in rule that is switched off here, and why. */
export interface RuleOff {
  readonly rule: string;
  readonly reason: string;
  /** Only in these files; null: everywhere, including agents' commands. */
  readonly paths: readonly string[] | null;
}

/** A finding that does not count, because its rule is switched off. */
export interface SwitchedOff extends Finding {
  readonly reason: string;
}

/** How a command reveals which environment it acts on. */
export const ENVIRONMENT_KEYS = [
  'kube-context',
  'aws-profile',
  'gcp-project',
  'azure-subscription',
  'terraform-workspace',
] as const;
export type EnvironmentKey = (typeof ENVIRONMENT_KEYS)[number];

/** An environment such as production, and what agents may do to it. */
export interface Environment {
  readonly name: string;
  /** Names with `*` and `?`, by what a tool calls them. One match is enough. */
  readonly when: Readonly<Partial<Record<EnvironmentKey, readonly string[] | undefined>>>;
  /** Values of variables, with `*` and `?`, by the variable's name. */
  readonly env: Readonly<Record<string, readonly string[]>>;
  /** Names of tools, `SERVER__TOOL` with `*` and `?`, that act on it. */
  readonly tools: readonly string[];
  readonly agents: AgentRule;
  /** Files, `$VARIABLES` and commands that hold or print its keys, with `*`; left out: none. */
  readonly credentials?: readonly string[];
  /** For calls that act on it. Left out: nothing more than elsewhere. */
  readonly toolLists?: ToolLists;
}

export const TOOL_LISTS = ['deny', 'ask', 'allow'] as const;
/** What agents may do with tools that are no shell, by patterns of `SERVER__TOOL` with `*` and `?`. */
export interface ToolLists {
  readonly deny: readonly string[];
  readonly ask: readonly string[];
  readonly allow: readonly string[];
}

/** Those of the policy as a whole. */
interface ToolRules extends ToolLists {
  /** For those in none of the lists that write outside of the repository. */
  readonly others: 'allow' | 'ask' | 'deny';
}

/** A policy after parsing: complete, validated, ready to decide with. Plain data: it survives JSON. */
export interface Policy {
  readonly version: 1;
  /** Everything is recorded, counted and said, and nothing is stopped; left out: it is enforced. */
  readonly mode?: 'observe';
  readonly since: string | null;
  /** The team's own levels, lowest first; left out: {@link LEVELS}. */
  readonly levels?: readonly Level[];
  /** `from`: the files that say it; left out: the policy itself. */
  readonly assistants: {
    readonly preferred: string | null;
    readonly allowed: readonly string[] | null;
    readonly from?: string;
  };
  /** Commit e-mails, forge logins (without `@`) and teams (`@org/team`), by level. */
  readonly people: Readonly<Record<Level, readonly string[]>>;
  /**
   * Files named by `{from: PATH}`: by level, or `all` for one file with every level. Read by the code that resolves
   * people.
   */
  readonly peopleFiles: Readonly<Record<Level, readonly string[]>>;
  /**
   * Files from which the change's own version of the policy takes people or signers, and the base's does not: they
   * decide after the merge. Only the gate knows them.
   */
  readonly filesOfNextPolicy?: readonly string[];
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly unlisted: Level;
  readonly unknown: 'ai' | 'human';
  /** What lines of commits count as whose machine had no recorder; left out: what `unknown` says. */
  readonly noRecorder?: NoRecorder;
  readonly generated: readonly string[];
  /** Patterns of further files that CI runs to decide: they belong to the gate, like the policy itself. */
  readonly own: readonly string[];
  readonly bots: readonly string[];
  readonly prompts: 'none' | 'digest' | 'redacted';
  /** Days for which stored prompts are kept; left out: for as long as their commits. */
  readonly promptsForDays?: number;
  /** What is kept of commands that agents ran with permission, or were refused. */
  readonly runs: (typeof RUN_DETAILS)[number];
  /** More of it than the default: the minute, what people gave as reasons, and a limit in days. */
  readonly runsMore?: { readonly minute?: true; readonly reason?: true; readonly forDays?: number };
  readonly trailers: {
    readonly assistedBy: boolean;
    readonly lines: boolean;
    readonly risk: boolean;
    readonly session: boolean;
    /** `ours-only`: what an agent wrote about itself is taken out of a message that it wrote; left out: it stays. */
    readonly others?: 'ours-only';
  };
  /** Grows with each release of a policy that others extend; left out: releases can't be told apart. */
  readonly serial?: number;
  /** Files of allowed signers: whose signature on a vendored policy needs no second one here; left out: nobody's. */
  readonly policySigners?: readonly string[];
  /** Whoever suggested a change in a review may sign it off, after somebody else committed it at the Git host. */
  readonly suggestersMaySign?: true;
  /** Rules that the team adds. */
  readonly rules: readonly TeamRule[];
  readonly rulesOff: readonly RuleOff[];
  readonly environments: readonly Environment[];
  /** What agents may do for a person; left out: nothing. */
  readonly agentsMay?: readonly AgentsMay[];
  readonly tools: ToolRules;
  /** When changes wait; left out: never. */
  readonly freeze?: readonly Freeze[];
  /** Highest risk first. */
  readonly tiers: readonly Tier[];
}

/** Where the policy that decides came from. */
export interface PolicySource {
  /** For example `origin/main:.linekeeper.yml`, or `built-in`. */
  readonly source: string;
  /** `sha256:` and the hash of the policy's bytes; of its JSON when built in. */
  readonly digest: string;
  /** The same of what it says, which comments, white space and quotes do not change; left out where nobody asks. */
  readonly meaning?: string;
  /** A company's policies that lie under it; left out: none. */
  readonly floors?: readonly { readonly source: string; readonly digest: string }[];
}

/** One changed file, as the decision sees it. */
export interface ChangedFile {
  readonly path: string;
  readonly from: string | null;
  readonly added: Counts;
  readonly removed: Counts;
  /**
   * Who made a change that its lines do not show (binary, mode, symlink, submodule). Without lines it counts as one AI
   * or unknown line when its author is one.
   */
  readonly change: 'ai' | 'human' | 'unknown' | null;
  readonly ranges: readonly LineRange[];
  readonly removedRanges: readonly LineRange[];
  readonly assistants: readonly string[];
  readonly findings: readonly Finding[];
  /** Findings that stand at another place, perhaps in another file, each at its place in this one. Left out: none. */
  readonly shared?: readonly Finding[];
  /** A CI file that runs Linekeeper, in its old or its new version: it belongs to the highest tier. See `isCiFile`. */
  readonly runsGate?: boolean;
  /**
   * Its changed lines could not be fully searched for dangers: unless a person wrote them, they count as dangerous.
   */
  readonly unread?: boolean;
  /**
   * How many files refer to this one, when the policy uses that; left out when only people changed it, and when
   * unknown.
   */
  readonly dependents?: Dependents;
  /**
   * A vendored policy, its lock or its signature, signed by a key that the base's `policy-signers` list: nobody here signs
   * it off a second time.
   */
  readonly vouched?: true;
}

/** How many files depend on a changed file. `by`: whether AI or an unknown author changed it. */
export interface Dependents {
  readonly files: number;
  readonly by: 'ai' | 'unknown';
}

/** An approval that already passed the rules on who may sign for one tier. */
export interface CountedApproval {
  readonly by: string;
  readonly level: Level;
  /** Paths that the approver owns by CODEOWNERS. */
  readonly owns: readonly string[];
  /** It is a signed sign-off, or there is one beside it. */
  readonly signed?: true;
}

/**
 * An agent did what the policy forbids agents: a person allowed it for a while, or it did so in spite of the policy.
 */
export interface OverruledPolicy {
  /** The tier by name; null for every tier that is closed to agents. */
  readonly tier: string | null;
  /** What happened, as a sentence for people. */
  readonly says: string;
  /** The exception under which it did so: who lifted the policy, for how long (null: not recorded) and why. */
  readonly exception?: { readonly by: string; readonly minutes: number | null; readonly reason: string };
  /** Id of the commit whose note says so; left out for uncommitted work. */
  readonly commit?: string;
}

/** An incident that is open, or may be. */
export interface OpenIncident {
  /** `INC-…`. */
  readonly id: string;
  /** Null when its file does not give one. */
  readonly title: string | null;
  /** Relative to the repository's root. */
  readonly file: string;
  /** Patterns of the files it covers, like a tier's; null: its file can't be read, so it may cover any. */
  readonly paths: readonly string[] | null;
  /** What is wrong with its file, as part of a sentence; null when nothing is. */
  readonly wrong: string | null;
}

/** What one tier requires of a change, and whether it has it. */
export interface RequirementResult {
  readonly kind: 'any' | 'ai' | 'assistant' | 'freeze' | 'checks' | 'plan' | 'ai-lines' | 'tested';
  readonly from: Level | null;
  /** The rank of `from` among a team's own levels, 0 for the lowest; left out where the policy has none. */
  readonly rank?: number;
  readonly approvals: number;
  readonly codeOwner: boolean;
  /** Only signed sign-offs count. */
  readonly signed?: true;
  /** Why this is required, as a sentence for people. */
  readonly why: string;
  /** The same without what is required, for a place that says that once; left out where they can't be parted. */
  readonly reason?: string;
  readonly satisfied: boolean;
  readonly by: readonly string[];
  /** What is still missing, as a sentence for people; empty when nothing is. */
  readonly missing: string;
  /** Of a freeze: until when it holds, as the policy says it. */
  readonly until?: string;
  /** Ids of the open incidents that require it; left out when there are none. */
  readonly incidents?: readonly string[];
}

/** A tier that the change touches. */
export interface TierDecision {
  readonly name: string;
  readonly files: readonly string[];
  readonly added: Counts;
  readonly removed: Counts;
  readonly required: readonly RequirementResult[];
  /** Files with more dependents than the tier's `blast` allows; left out when there are none. */
  readonly raised?: readonly { readonly path: string; readonly dependents: number }[];
}

/** What the policy requires of a change: the answer of the gate, in CI and in the editor. */
export interface Decision {
  readonly verdict: 'pass' | 'fail';
  /** The level the change is judged at: the lowest of its people. */
  readonly level: Level;
  /** Touched tiers, highest first. */
  readonly tiers: readonly TierDecision[];
  /** What is required of the change in addition to its tiers: for files that are in no tier. */
  readonly required: readonly RequirementResult[];
  readonly findings: readonly (Finding & { readonly tier: string | null })[];
  /** Where agents did what the policy forbids them, allowed or not, whatever it requires; left out when nowhere. */
  readonly overruled?: readonly OverruledPolicy[];
}
