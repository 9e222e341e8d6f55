import type { Stage } from '../kinds/stage';

/** Something that a person does alone in the editor, and only a person: every line that it changes is theirs. */
export interface Scene {
  readonly title: string;
  /** What is committed before, by the path in the folder. The first one is opened, with the caret at its beginning. */
  readonly files: Readonly<Record<string, string>>;
  readonly perform: (stage: Stage) => Promise<void>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files that are there only afterwards. */
  readonly creates?: readonly string[];
  /** It is played although it is recorded: one of each way in which an editor's tool puts text in. */
  readonly isPlayedEachTime?: true;
}
