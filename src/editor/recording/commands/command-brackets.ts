/** Tracks in which documents an editor command is running that a person called through one of ours. Pure. */
import type { EditorCommand } from '../classify/change-event';

/** For commands that may change any document. */
const ANY = '';

export class CommandBrackets {
  private readonly open = new Map<string, EditorCommand[]>();

  /** `document`: undefined for a command that may change others too. */
  begin(command: EditorCommand, document: string | undefined): void {
    const key = document ?? ANY;
    this.open.set(key, [...(this.open.get(key) ?? []), command]);
  }

  /** An end without a beginning is ignored. */
  end(command: EditorCommand, document: string | undefined): void {
    const key = document ?? ANY;
    const unmatched = [...(this.open.get(key) ?? [])];
    const at = unmatched.lastIndexOf(command);
    if (at >= 0) unmatched.splice(at, 1);
    if (unmatched.length > 0) this.open.set(key, unmatched);
    else this.open.delete(key);
  }

  /** The command running in a document, the latest to begin. */
  covering(document: string): EditorCommand | undefined {
    return this.open.get(document)?.at(-1) ?? this.open.get(ANY)?.at(-1);
  }
}
