/** States of files that git puts together: of a part of a change, or of two lines of history. */
import { lineText, type FileState, type Line } from './model';

/**
 * A text that git made of these states, the likelier source first. Every word is unique, so each line is known by its
 * text.
 */
export function stateOf(text: string, sources: readonly FileState[]): FileState {
  const known = new Map<string, Line>();
  const dead = new Map<number, Line>();
  for (const source of [...sources].reverse()) {
    for (const line of source.lines) known.set(lineText(line), line);
    for (const [id, line] of source.dead) dead.set(id, line);
  }
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((content) => {
      const line = known.get(content);
      if (!line) throw new Error(`nobody wrote the line ${JSON.stringify(content)}`);
      return line;
    });
  for (const line of lines) dead.delete(line.id);
  return { lines, dead };
}

/** The first state with some of the changes that lead to the second one: those of which `chosen` says so, by number. */
export function partOf(base: FileState, work: FileState, chosen: (change: number) => boolean): FileState {
  const same = new Set(
    base.lines
      .filter((line) => work.lines.some((other) => other.id === line.id && lineText(other) === lineText(line)))
      .map((line) => line.id),
  );
  const lines: Line[] = [];
  let change = 0;
  let [i, j] = [0, 0];
  while (i < base.lines.length || j < work.lines.length) {
    const old: Line[] = [];
    const now: Line[] = [];
    for (let line = base.lines[i]; line && !same.has(line.id); line = base.lines[++i]) old.push(line);
    for (let line = work.lines[j]; line && !same.has(line.id); line = work.lines[++j]) now.push(line);
    if (old.length + now.length > 0) lines.push(...(chosen(change++) ? now : old));
    const kept = work.lines[j];
    if (kept) lines.push(kept);
    i++;
    j++;
  }
  const dead = new Map(work.dead);
  for (const line of lines) dead.delete(line.id);
  return { lines, dead };
}

let next = 1_000_000_000;

/** An older state put back by somebody, over what is there now. */
export function restored(now: FileState, older: FileState, by: Line['touches'][number]['by']): FileState {
  const present = new Map(now.lines.map((line) => [line.id, line]));
  const dead = new Map(now.dead);
  const lines = older.lines.map((line): Line => {
    const here = present.get(line.id);
    if (!here)
      return {
        ...line,
        id: next++,
        words: line.words.map((word) => ({ ...word, put: by })),
        taken: new Map(),
        touches: [],
      };
    if (lineText(here) === lineText(line)) return here;
    const has = new Map(here.words.map((word) => [word.text, word]));
    const left = new Set(line.words.map((word) => word.text));
    const taken = new Map(here.taken);
    for (const word of here.words) if (!left.has(word.text)) taken.set(word.text, by);
    return {
      ...here,
      indent: line.indent,
      words: line.words.map((word) => has.get(word.text) ?? { ...word, put: by }),
      taken,
      touches: [...here.touches, { by, indent: here.indent !== line.indent, text: lineText(line) }],
    };
  });
  const left = new Set(lines.map((line) => line.id));
  for (const line of now.lines)
    if (!left.has(line.id))
      dead.set(line.id, { ...line, touches: [...line.touches, { by, indent: false, text: null }] });
  return { lines, dead };
}
