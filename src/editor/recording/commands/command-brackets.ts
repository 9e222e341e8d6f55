/**
 * Who first changed a line of the saved text, where several did before the next save: operations are listed in text
 * order and do not show the time order. Offsets are UTF-16 code units. Pure.
 */
import type { EditorCommand } from '../classify/change-event';

/** A document's state before a step. */
const ANY = '';

export class CommandBrackets {
  private readonly open = new Map<string, EditorCommand[]>();

  /** Who made the step; undefined where there is no single known author, as with an undo. */
  begin(command: EditorCommand, document: string | undefined): void {
    const key = document ?? ANY;
    this.open.set(key, [...(this.open.get(key) ?? []), command]);
  }

  /** An end without a beginning is none. */
  end(command: EditorCommand, document: string | undefined): void {
    const key = document ?? ANY;
    const left = [...(this.open.get(key) ?? [])];
    const at = left.lastIndexOf(command);
    if (at >= 0) left.splice(at, 1);
    if (left.length > 0) this.open.set(key, left);
    else this.open.delete(key);
  }

  /** 1-based. */
  covering(document: string): EditorCommand | undefined {
    return this.open.get(document)?.at(-1) ?? this.open.get(ANY)?.at(-1);
  }
}
