/** Payloads that can't be understood are kept for `doctor` to name, and never lost. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../git';

const BYTES_AT_MOST = 256 * 1024;

/** Keeps a payload; gives the file, or undefined when there is nothing to keep or nowhere to. */
export function setAside(repository: Repository | undefined, id: string, text: string): string | undefined {
  if (repository === undefined || text.trim() === '') return undefined;
  const folder = path.join(repository.gitDir, 'linekeeper', 'aside');
  try {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `payload-${id}-${String(Date.now())}-${randomBytes(3).toString('hex')}.txt`);
    writeFileSync(file, withoutWords(text).slice(0, BYTES_AT_MOST), { mode: 0o600 });
    return file;
  } catch {
    return undefined;
  }
}

const PRIVATE = /prompt|command|message|output|content|env|token|password|secret/i;

/** The payload's form without what a person or an agent said in it: prompts and commands are not kept. What is no JSON stays as it is. */
function withoutWords(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value, (key, inner: unknown) => (typeof inner === 'string' && PRIVATE.test(key) ? `(${String(inner.length)} characters left out)` : inner), 2);
  } catch {
    return text;
  }
}
