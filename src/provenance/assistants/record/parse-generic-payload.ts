/**
 * The payload of `record generic`: the door for tools that we do not know. Parsed by hand, because this
 * runs in every hook and a schema library would cost more than everything else in it.
 */
import { createHash } from 'node:crypto';
import { cleanName } from '..';
import type { By } from '../../journal';
import type { Claim, Report } from './edit-report';
import { hasShape, isAnything, isListOf, isObject, isText, isWhole } from '../../../base/shapes';

interface GenericProblem {
  readonly problem: string;
}

const isClaim = hasShape({ path: isText, old: isText, new: isText, line: isAnything });

/** A value from outside, short enough for one line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value ?? null).replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Parses a payload; `cwd` is used when it names none. Never throws. */
export function parseGeneric(text: string, cwd: string): Report | GenericProblem {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, '')); // PowerShell starts what it pipes with a byte order mark
  } catch (error) {
    return {
      problem:
        text.trim() === ''
          ? 'Nothing arrived on standard input. Send one JSON object, as `linekeeper record --help` shows.'
          : `The payload is not JSON (${error instanceof Error ? error.message : 'it cannot be parsed'}).`,
    };
  }
  if (!isObject(value)) return { problem: 'The payload is not a JSON object.' };
  if (value['version'] !== 1)
    return { problem: `The payload's "version" is ${shown(value['version'])}; this Linekeeper understands 1.` };
  const event = value['event'];
  if (event !== 'before' && event !== 'after')
    return { problem: `The payload's "event" is ${shown(event)}; it must be "before" or "after".` };
  const author = value['author'];
  if (author !== 'ai' && author !== 'human')
    return { problem: `The payload's "author" is ${shown(author)}; it must be "ai" or "human".` };
  const folder = value['cwd'];
  if (folder !== undefined && typeof folder !== 'string') return { problem: 'The payload\'s "cwd" is not text.' };
  const files = value['files'] ?? [];
  if (!Array.isArray(files) || !files.every((file): file is string => typeof file === 'string'))
    return { problem: 'The payload\'s "files" is not a list of paths.' };
  const edits = claimsOf(value['edits'] ?? []);
  if (!edits) return { problem: 'The payload\'s "edits" is not a list of {"path","old","new","line"?}.' };
  const id = idOf(value['id']);
  const session = cleanName(value['session']);
  const model = cleanName(value['model']);
  const by: By =
    author === 'human'
      ? { author, evidence: 'reported', ...(session === undefined ? {} : { session }) }
      : {
          author,
          assistant: cleanName(value['tool']) ?? 'unknown-assistant',
          ...(model === undefined ? {} : { model }),
          ...(session === undefined ? {} : { session }),
          evidence: typeof value['command'] === 'string' ? 'observed' : 'reported',
        };
  const prompt = value['prompt'];
  return {
    event,
    ...(id === undefined ? {} : { id }),
    by,
    cwd: folder ?? cwd,
    files,
    edits,
    onDisk: true,
    ...(typeof prompt === 'string' ? { prompt } : {}),
  };
}

/** Ids only pair records with each other: one that is not a well-formed name is stored as its hash. */
function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return undefined;
  return cleanName(value) ?? createHash('sha256').update(value).digest('hex');
}

function claimsOf(value: unknown): Claim[] | undefined {
  return isListOf(isClaim)(value)
    ? value.map(({ path, old, new: now, line }) => ({ path, old, new: now, ...(isWhole(line) ? { line } : {}) }))
    : undefined;
}
