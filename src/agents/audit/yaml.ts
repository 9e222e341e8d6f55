/** YAML as used by assistants' configurations. */
import { isNode, LineCounter, parseDocument } from 'yaml';

interface YamlDocument {
  /** Whatever the file contains. */
  readonly value: unknown;
  /** 1-based line of the value at a key; null where there is none. */
  readonly lineOf: (key: readonly (string | number)[]) => number | null;
}

/**
 * Why it is not YAML, with the line, when parsing fails. Never throws: excessive nesting or repetition is a failure
 * too.
 */
export function readYaml(text: string): YamlDocument | { readonly why: string } {
  const counter = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error) return { why: `it is not YAML (line ${String(counter.linePos(error.pos[0]).line)})` };
    return {
      value: document.toJS({ maxAliasCount: 100 }),
      lineOf(key) {
        const node = document.getIn(key, true);
        return isNode(node) && node.range ? counter.linePos(node.range[0]).line : null;
      },
    };
  } catch {
    return { why: 'it is not YAML that can be read' };
  }
}
