import { JsonTextError } from './edit-json-text';

/** Setting up or inspecting an assistant's hooks was not possible. Nothing was written. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  constructor(
    readonly reason:
      'malformed' | 'unexpected-shape' | 'unreadable' | 'not-writable' | 'outside' | 'occupied' | 'not-supported',
    readonly file: string,
    readonly detail: string,
    readonly position?: { readonly line: number; readonly column: number },
  ) {
    super(
      `${file}${position ? `:${String(position.line)}:${String(position.column)}` : ''}: ${detail}. ${MEND[reason]}`,
    );
  }
}

const MEND: Record<SetupError['reason'], string> = {
  malformed: 'Nothing was changed; correct the file and try again.',
  'unexpected-shape': 'Nothing was changed, so that no setting of yours is lost; correct the file and try again.',
  unreadable: 'Nothing was changed.',
  'not-writable': 'Nothing was changed; make the file and its folder writable and try again.',
  outside: "Nothing was changed; Linekeeper writes a project's hooks inside its repository only.",
  occupied: 'Nothing was changed; move the file away and try again.',
  'not-supported': 'Nothing was changed.',
};

/** Runs a function on a file's text, and adds the file's name to an error about the text. */
export function inFile<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof JsonTextError)
      throw new SetupError(error.reason, file, error.message, { line: error.line, column: error.column });
    throw error;
  }
}

/** What a file held before ours can't be kept beside it. */
export const unkept = (stateDir: string, error: unknown): SetupError =>
  new SetupError(
    'not-writable',
    stateDir,
    `the file as it was cannot be kept for uninstalling (${error instanceof Error ? error.message : String(error)})`,
  );
