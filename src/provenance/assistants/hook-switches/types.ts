/** What of an assistant switches its hooks off, or moves its configuration to where ours are not. */

/** A setting, by its keys from the top of a file or of what an option is given. */
export interface OffSetting {
  readonly key: readonly string[];
  /** The value that switches hooks off. */
  readonly off: boolean;
}

export interface HookSwitches {
  readonly id: string;
  readonly title: string;
  /** Names of its programs and of the packages that hold them. */
  readonly programs: readonly string[];
  /** Options that switch hooks off, or leave settings out that have them. */
  readonly options: readonly string[];
  /** Options whose value has settings: JSON, a file of it, or `key=value` with points between the keys. */
  readonly givenSettings: readonly string[];
  /** Options whose value is the name of what is switched off, and that name. */
  readonly disables?: { readonly option: string; readonly name: string };
  /** Variables that switch hooks off when they are set to something other than `0`, `false` and nothing. */
  readonly offVariables: readonly string[];
  /** Variables that name the place of its configuration. */
  readonly moves: readonly string[];
  readonly settings: readonly OffSetting[];
  /**
   * Words, a word with the next one, and `NAME=value` by which nobody is asked about what it does. They are anchored, since
   * a task may speak of them.
   */
  readonly skips?: RegExp;
  /** Files of a repository by which nobody is asked either, and what they say then. */
  readonly skippedIn?: { readonly files: readonly string[]; readonly says: RegExp };
  /** Its library that runs no hook by default: its name, the call that starts an agent, the setting by which hooks run. */
  readonly library?: { readonly named: RegExp; readonly starts: RegExp; readonly withHooks: RegExp };
  /** No hook of ours ever runs in it: how the words of its command line say that it is given a task. */
  readonly begins?: RegExp;
}
