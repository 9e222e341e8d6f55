/**
 * What a line of a configuration file belongs to: the resource, the section of Helm's values, the entry of a lock file.
 * By indentation, as templates and broken files have it too; no parser of one format could read them all.
 */
import { anyOf, wordSet } from '../../../base/patterns';
import { folded, runsOf } from './normalize-names';

export interface Scope {
  /** Names of what encloses the line, folded. */
  readonly names: ReadonlySet<string>;
  /** The keys that enclose it, outermost first. */
  readonly keys: string;
  /** What it is in, for people: `Deployment orders`. Null where nothing says so. */
  readonly label: string | null;
}

interface Block {
  readonly indent: number;
  readonly parent: Block | null;
  readonly key: string;
  readonly titles: string[];
  kind: string | null;
  name: string | null;
}

const LINES_AT_MOST = 60_000;
const TITLED = anyOf(
  String.raw`
    alias app app\.kubernetes\.io/name artifactId bucket containerPort from_port fullnameOverride
    function_name groupId host hostname id identifier key kind member name nameOverride package port
    resource role role_name service table_name targetPort to_port
  `,
  { before: String.raw`^(?:-\s+)?["']?((?:`, after: String.raw`))["']?\s*[:=]\s*["']?([^"',#{}]{1,120})` },
);
const XML_TITLED = /^<(groupId|artifactId|name|id)>([^<]{1,120})</;
/** `resource "aws_iam_role" "orders" {`. */
const LABELS = /^(?:-\s+)?([\w.-]+)((?:\s+"[^"]{1,120}")+)\s*\{/;
const KEY = /^(?:-\s+)?["']?([\w@./:*^~+ -]{1,160}?)["']?\s*(?:[:=](?:\s|$)|\{|:$|$)/;
/** Its names are those of what it stands in. */
const TRANSPARENT: ReadonlySet<string> = wordSet('metadata target labels matchLabels selector scaleTargetRef');

/** Answers for each line of a text, by its 1-based number. */
export function scopesOf(text: string): (line: number) => Scope {
  const blocks: Block[] = [];
  let root: Block = { indent: -1, parent: null, key: '', titles: [], kind: null, name: null };
  let section: Block | null = null;
  let open: Block = root;
  const lines = text.split('\n').slice(0, LINES_AT_MOST);
  for (const whole of lines) {
    const line = whole.replace(/\{\{-?.*?-?\}\}/g, '').trimEnd();
    const content = line.trimStart();
    if (/^---(?:\s|$)/.test(line)) {
      root = { indent: -1, parent: null, key: '', titles: [], kind: null, name: null };
      open = root;
      section = null;
      blocks.push(root);
      continue;
    }
    if (content === '' || /^(?:#|\/\/)/.test(content)) {
      blocks.push(open);
      continue;
    }
    const header = /^\[+\s*([^\]]{1,160}?)\s*\]+$/.exec(line)?.[1];
    if (header !== undefined) {
      section = { indent: -0.5, parent: root, key: header, titles: [header], kind: null, name: null };
      open = section;
      blocks.push(section);
      continue;
    }
    const indent = line.length - content.length;
    while (open.indent >= indent && open.parent !== null) open = open.parent;
    if (section !== null && open === root) open = section;
    // An item of a list is a block of its own, and its first key is in it.
    if (/^-\s/.test(content)) {
      open = { indent, parent: open, key: '', titles: [], kind: null, name: null };
    }
    title(open, content);
    const labels = LABELS.exec(content);
    const key = labels?.[1] ?? KEY.exec(content.replace(/^<([\w.-]+)>.*$/, '$1:'))?.[1]?.trim() ?? '';
    const titles = labels
      ? addressOf(labels[2] ?? '')
      : key === ''
        ? []
        : [key.replace(/^node_modules\//, '').replace(/(?<=.)@[^/]*$/, '')];
    const inner = /^-\s/.test(content) ? indent + 1 : indent;
    open = {
      indent: inner,
      parent: open,
      key,
      titles,
      kind: labels?.[1] ?? null,
      name: labels ? (titles[0] ?? null) : null,
    };
    blocks.push(open);
  }
  return (line) => scopeAt(blocks[line - 1] ?? root);
}

/** The labels of a block, each and as the address that Terraform makes of them. */
function addressOf(text: string): string[] {
  const labels = [...text.matchAll(/"([^"]+)"/g)].map(([, label = '']) => label);
  return labels.length > 1 ? [labels.join('.'), ...labels] : labels;
}

/** Takes what names the block that a line stands in. */
function title(block: Block, content: string): void {
  const [, key = '', value = ''] = TITLED.exec(content) ?? XML_TITLED.exec(content) ?? [];
  if (key === '' || value.trim() === '') return;
  let owner = block;
  while (owner.parent !== null && TRANSPARENT.has(owner.key)) owner = owner.parent;
  if (key === 'kind') owner.kind ??= value.trim();
  else {
    owner.titles.push(value.trim());
    owner.name ??= value.trim();
  }
}

function scopeAt(block: Block): Scope {
  const names = new Set<string>();
  const keys: string[] = [];
  let label: string | null = null;
  for (let at: Block | null = block; at !== null; at = at.parent) {
    for (const each of at.titles) {
      for (const run of runsOf(each)) names.add(run);
      names.add(folded(each.split('/').at(-1) ?? each));
    }
    if (at.key !== '') keys.unshift(at.key);
    if (at.kind !== null && at.name !== null) label = `${at.kind} ${at.name}`;
  }
  return { names, keys: keys.join(' '), label };
}
