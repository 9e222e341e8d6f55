/** Payloads that can't be understood are kept for `doctor` to report, and never lost. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { dataPlace, makeDataFolder, writeWhole } from '../../base/files';
import type { Repository } from '../../git';

const BYTES_AT_MOST = 256 * 1024;

/** Saves a payload; returns the file, or undefined when there is nothing to save or nowhere to save it. */
export function setAside(repository: Repository | undefined, id: string, text: string): string | undefined {
  if (repository === undefined || text.trim() === '') return undefined;
  const folder = dataPlace(repository.gitDir, 'aside');
  try {
    makeDataFolder(folder);
    const file = path.join(folder, `payload-${id}-${String(Date.now())}-${randomBytes(3).toString('hex')}.txt`);
    writeWhole(file, withoutWords(text).slice(0, BYTES_AT_MOST), { mode: 0o600 });
    return file;
  } catch {
    return undefined;
  }
}

/** Keys whose values identify a payload, but contain nothing that a person or an agent said. */
const TELLING =
  /(?:^|_)(?:id|event|type|tool|name|version|kind|status|trigger|hook|mode|model|cwd|path|root)s?$|(?:Id|Event|Type|Tool|Name|Version|Kind|Status|Path)s?$/;
const PRIVATE = /prompt|command|message|output|content|env|token|password|secret|user/i;
const LONGEST = 300;

/** The payload's structure, without the words in it: prompts and commands are not kept. */
function withoutWords(text: string): string {
  try {
    return JSON.stringify(form('', JSON.parse(text)), null, 2);
  } catch {
    return textForm(text);
  }
}

/** Deeper levels are not kept (the stack is limited). */
const DEEPEST = 50;

function form(key: string, value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return !PRIVATE.test(key) && TELLING.test(key) && value.length <= LONGEST && !/[\r\n]/.test(value)
      ? value
      : leftOut(value.length);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST || PRIVATE.test(key)) return '(left out)';
  if (Array.isArray(value)) return value.map((one) => form('', one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one], index) => [
      /^[A-Za-z_]\w{0,60}$/.test(name) ? name : `(key ${String(index)} left out)`,
      form(name, one, depth + 1),
    ]),
  );
}

const leftOut = (length: number): string => `(${String(length)} characters left out)`;

/** For a text that is not JSON: its punctuation, and what looks like keys. */
function textForm(text: string): string {
  const parts = text.slice(0, BYTES_AT_MOST).split(/("[A-Za-z_]\w{0,40}"\s{0,4}:)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replace(/[\p{L}\p{N}]/gu, 'x'))).join('');
}
