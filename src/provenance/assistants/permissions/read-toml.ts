/**
 * As much of TOML as assistants' configurations use: tables, arrays of tables, keys, strings, numbers, booleans,
 * arrays. Anything else is kept as its text: a reader of permissions must not stop at what it does not know.
 */

type Table = Record<string, unknown>;

interface TomlDocument {
  readonly value: Table;
  /** 1-based line of each key, by its path as JSON. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Never throws. */
export function readToml(text: string): TomlDocument {
  const root: Table = Object.create(null) as Table; // a key may be named `__proto__`
  const lines = new Map<string, number>();
  let at: (string | number)[] = [];
  const rows = text.split(/\r?\n/);
  for (let row = 0; row < rows.length; row++) {
    const line = withoutComment(rows[row] ?? '').trim();
    const first = row + 1;
    const list = /^\[\[(.+)\]\]$/.exec(line)?.[1];
    const table = /^\[(.+)\]$/.exec(line)?.[1];
    if (list !== undefined) {
      const keys = keysOf(list);
      const items = arrayAt(root, keys);
      items.push(Object.create(null));
      at = [...keys, items.length - 1];
      lines.set(JSON.stringify(at), first);
    } else if (table !== undefined) at = keysOf(table);
    else {
      const equals = /^((?:"[^"]*"|'[^']*'|[\w-]+|\s|\.)+)=(.*)$/.exec(line);
      if (!equals) continue;
      let value = (equals[2] ?? '').trim();
      while (open(value) > 0 && row + 1 < rows.length) value += ` ${withoutComment(rows[++row] ?? '').trim()}`;
      const key = [...at, ...keysOf(equals[1] ?? '')];
      put(root, key, valueOf(value));
      lines.set(JSON.stringify(key), first);
    }
  }
  return { value: root, lines };
}

const keysOf = (text: string): string[] =>
  [...text.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');

function withoutComment(line: string): string {
  const match = /^((?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*)#/.exec(line);
  return match?.[1] ?? line;
}

/** How many brackets of an array are still open, outside strings. */
function open(value: string): number {
  const bare = value.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '');
  return value.startsWith('[') ? (bare.match(/\[/g) ?? []).length - (bare.match(/\]/g) ?? []).length : 0;
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (text.startsWith('['))
    return [...text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,[\]]+)/g)].map(
      ([, double, single, bare]) => (double !== undefined ? unescaped(double) : (single ?? valueOf(bare ?? ''))),
    );
  const literal = /^'([^']*)'$/.exec(text)?.[1];
  if (literal !== undefined) return literal;
  const basic = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1];
  return basic === undefined ? text : unescaped(basic);
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\/])/g, '$1');
}

function put(root: Table, key: readonly (string | number)[], value: unknown): void {
  let here: unknown = root;
  key.forEach((name, depth) => {
    if (typeof here !== 'object' || here === null) return;
    const table = here as Table; // arrays too: their indexes are keys
    if (depth === key.length - 1) table[name] = value;
    else here = table[name] ??= Object.create(null);
  });
}

function arrayAt(root: Table, keys: readonly string[]): unknown[] {
  let here: Table = root;
  for (const name of keys.slice(0, -1)) {
    const next: unknown = (here[name] ??= Object.create(null));
    if (typeof next !== 'object' || next === null) return [];
    here = next as Table;
  }
  const last = keys.at(-1) ?? '';
  const known = here[last];
  if (Array.isArray(known)) return known as unknown[];
  const items: unknown[] = [];
  here[last] = items;
  return items;
}
