/**
 * Reads configuration files and lists what they allow. A broken or oversized file is reported, and never stops the
 * others.
 */
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { isObject, type Json } from '../hook-payloads/payload-fields';
import { readToml } from './read-toml';
import type { Allowed, AuditPlaces, Auditor, Config, ConfigScope } from './types';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { attempt } from '../../../base/platform';

const BYTES_AT_MOST = 4 * 1024 * 1024;
const FILES_AT_MOST = 200;

/** One thing that is allowed, and where. */
export interface Grantee extends Allowed {
  readonly assistant: string;
  readonly scope: ConfigScope;
  readonly file: string;
  /** 1-based; null where it could not be found. */
  readonly line: number | null;
}

interface Unreadable {
  readonly assistant: string;
  readonly file: string;
  readonly why: string;
}

export interface AuditResult {
  /** Files that were read, each once. */
  readonly files: readonly string[];
  /** Ids of the assistants that have one of them. */
  readonly assistants: ReadonlySet<string>;
  readonly allowed: readonly Grantee[];
  readonly unreadable: readonly Unreadable[];
}

/** Read-only. Never throws. */
export function audit(auditors: readonly Auditor[], places: AuditPlaces): AuditResult {
  const files = new Set<string>();
  const assistants = new Set<string>();
  const allowed: Grantee[] = [];
  const unreadable: Unreadable[] = [];
  for (const auditor of auditors) {
    for (const config of auditor.configs(places)) {
      for (const file of filesOf(config)) {
        const read = readText(file);
        if (read === undefined) continue;
        files.add(file);
        assistants.add(auditor.id);
        const found = 'why' in read ? read : judged(config, read.text);
        if ('why' in found) unreadable.push({ assistant: auditor.id, file, why: found.why });
        else
          allowed.push(
            ...found.allowed.map((rule) => ({
              ...rule,
              assistant: auditor.id,
              scope: config.scope,
              file,
              line: found.lineOf(rule.key),
            })),
          );
      }
    }
  }
  return { files: [...files], assistants, allowed, unreadable };
}

function filesOf({ file, ending }: Config): string[] {
  if (ending === undefined) return [file];
  return attempt(
    () =>
      readdirSync(file)
        .filter((name) => name.endsWith(ending))
        .sort()
        .slice(0, FILES_AT_MOST)
        .map((name) => path.join(file, name)),
    [],
  );
}

interface Judged {
  readonly allowed: readonly Allowed[];
  readonly lineOf: (key: Allowed['key']) => number | null;
}

function judged(config: Config, text: string): Judged | { readonly why: string } {
  if (config.format === 'text')
    return {
      allowed: config.judge({ text }),
      lineOf: (key) => (typeof key.at(-1) === 'number' ? Number(key.at(-1)) : null),
    };
  if (config.format === 'toml') {
    const { value, lines } = readToml(text);
    return {
      allowed: config.judge(value),
      lineOf: (key) => lines.get(JSON.stringify(key)) ?? lines.get(JSON.stringify(key.slice(0, -1))) ?? null,
    };
  }
  const bare = text.replace(/^\uFEFF/, '');
  if (config.format === 'yaml') {
    const read = readYaml(bare);
    if ('why' in read) return read;
    return isObject(read.value)
      ? { allowed: config.judge(read.value), lineOf: read.lineOf }
      : { allowed: [], lineOf: () => null };
  }
  if (bare.trim() === '') return { allowed: [], lineOf: () => null };
  const errors: ParseError[] = [];
  const root = parseTree(bare, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const value: unknown = root && plainOf(root);
  if (errors.length > 0 || root === undefined || !isObject(value))
    return { why: `it is not a JSON object${errors[0] ? ` (line ${String(lineAt(bare, errors[0].offset))})` : ''}` };
  return {
    allowed: config.judge(value),
    lineOf(key) {
      const node = findNodeAtLocation(root, [...key]);
      return node ? lineAt(bare, node.offset) : null;
    },
  };
}

/** Converts a node's value to ordinary objects. */
const plainOf = (root: Node): Json => JSON.parse(JSON.stringify(getNodeValue(root) ?? null)) as Json;

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Undefined when there is no such file. Never blocks on a pipe. */
function readText(file: string): { readonly text: string } | { readonly why: string } | undefined {
  let fd: number | undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- Windows has no such flag
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const kind = fstatSync(fd);
    if (!kind.isFile()) return { why: 'it is not a file' };
    if (kind.size > BYTES_AT_MOST) return { why: 'it is larger than 4 MB' };
    const buffer = Buffer.alloc(kind.size);
    const got = readSync(fd, buffer, 0, kind.size, 0);
    return { text: buffer.toString('utf8', 0, got) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? undefined
      : { why: code === 'EACCES' || code === 'EPERM' ? 'it may not be read' : 'it could not be read' };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** YAML as used by assistants' configurations. */
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
function readYaml(text: string): YamlDocument | { readonly why: string } {
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
