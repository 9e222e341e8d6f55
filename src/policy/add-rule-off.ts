/** Writes an entry of `rules-off` into a policy's text, and leaves every other byte as it is. */

/** What to switch off: a built-in rule in one file, and why. */
interface RuleOffEntry {
  readonly rule: string;
  readonly reason: string;
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
}

/** `text`, and the entry's lines in it (1-based, both included). */
interface WithRuleOff {
  readonly text: string;
  /** The first line that was put in: the list's own where it was not there. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

/**
 * A policy's text with one more entry; undefined where `rules-off` is written in a form that can't be added to line by
 * line (`rules-off: [{…}]`, an alias).
 */
export function withRuleOff(text: string, entry: RuleOffEntry): WithRuleOff | undefined {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const head = lines.findIndex((line) => /^(["']?)rules-off\1\s*:/.test(line));
  if (head === -1) {
    while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
    lines.push('rules-off:', ...entryLines(entry, '  '));
    const start = lines.length - ENTRY_LINES + 1;
    return { text: lines.join(lineBreak) + lineBreak, from: start - 1, start, end: lines.length };
  }
  const empty = /^(["']?rules-off["']?\s*:)\s*\[\s*\]\s*(#.*)?$/.exec(lines[head] ?? '');
  if (empty) lines[head] = [empty[1], empty[2]].filter(Boolean).join(' ');
  else if (!/:\s*(?:#.*)?$/.test(lines[head] ?? '')) return undefined;
  let last = head;
  for (let at = head + 1; at < lines.length && /^(?:\s|-|#|$)/.test(lines[at] ?? ''); at++)
    if (/^\s*[^#\s]/.test(lines[at] ?? '')) last = at;
  const indent = lines.slice(head + 1, last + 1).flatMap((line) => /^(\s*)- /.exec(line)?.[1] ?? [])[0] ?? '  ';
  lines.splice(last + 1, 0, ...entryLines(entry, indent));
  const start = last + 2;
  return { text: lines.join(lineBreak), from: empty ? head + 1 : start, start, end: last + 1 + ENTRY_LINES };
}

const ENTRY_LINES = 3;

const entryLines = ({ rule, reason, path }: RuleOffEntry, indent: string): readonly string[] => [
  `${indent}- rule: ${rule}`,
  `${indent}  reason: ${quoted(reason)}`,
  `${indent}  paths: [${quoted(patternOf(path))}]`,
];

/** A pattern that names exactly this file: what has a meaning in gitignore's patterns is escaped. */
const patternOf = (path: string): string =>
  `/${path.replace(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (all) => '\\ '.repeat(all.length))}`;

/** As a double-quoted scalar of YAML, of which JSON's strings are a part (https://yaml.org/spec/1.2.2/#73-flow-scalar-styles). */
const quoted = (text: string): string => JSON.stringify(text.replace(/\s+/g, ' '));
