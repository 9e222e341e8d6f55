/** Our own part of a note: reading it from the text that it is kept as. */
import type { OwnRecord } from './types';

/** Null where there is none, or a damaged one: the standard's own part still counts then. */
export function readRecord(text: string | undefined): OwnRecord | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isOwnRecord(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const AUTHORS = new Set<unknown>(['ai', 'human', 'unknown']);
const EVIDENCE = new Set<unknown>(['reported', 'observed', 'declared', 'inferred', null]);
const isHand = (value: unknown): boolean => Array.isArray(value) && AUTHORS.has(value[0]) && (value[1] === 0 || value[1] === 1) && EVIDENCE.has(value[2]) && [value[3], value[4]].every((v) => v === null || typeof v === 'string');
const isLines = (value: unknown): boolean => isObject(value) && Object.values(value).every((list) => Array.isArray(list) && list.every((item: unknown) => Array.isArray(item) && Number.isInteger(item[0]) && Number.isInteger(item[1]) && isHand(item[2])));

function isOwnRecord(value: unknown): value is OwnRecord {
  return (
    isObject(value) &&
    value['v'] === 1 &&
    isObject(value['keys']) &&
    Object.values(value['keys']).every((v) => Array.isArray(v) && EVIDENCE.has(v[1]) && (v[2] === null || typeof v[2] === 'string')) &&
    isLines(value['removed']) &&
    isLines(value['odd']) &&
    isObject(value['changes']) &&
    Object.values(value['changes']).every(isHand)
  );
}
