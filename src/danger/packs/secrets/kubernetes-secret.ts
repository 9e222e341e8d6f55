/** Manifests of Kubernetes Secrets with their values in them. */
import type { Secret } from './found';
import { decoded } from './keys';
import { isPlaceholder } from './placeholders';

/** One value of `data` or `stringData`. */
const ENTRY = /^(\s*)["']?([\w.-]+)["']?:\s*["']?([^\s"'#|>&*!{[][^\s"']*)["']?\s*(?:#.*)?$/;

/** Values in `data` and `stringData` of documents whose kind is Secret. */
export function manifestSecretsIn(text: string): readonly Secret[] {
  if (!/^["']?kind["']?:\s*["']?Secret["']?\s*$/m.test(text)) return [];
  const found: Secret[] = [];
  let start = 0;
  for (const document of text.split(/^---.*$/m)) {
    if (/^kind:\s*["']?Secret["']?\s*$/m.test(document)) found.push(...inDocument(document, text.indexOf(document, start)));
    start += document.length;
  }
  return found;
}

function inDocument(document: string, start: number): readonly Secret[] {
  const found: Secret[] = [];
  let at = start;
  let section: 'data' | 'stringData' | null = null;
  for (const line of document.split('\n')) {
    const head = /^(data|stringData):\s*$/.exec(line)?.[1];
    if (head !== undefined) section = head as 'data' | 'stringData';
    else if (/^\S/.test(line)) section = null;
    else if (section !== null && line.length < 4000) {
      const [, , key = '', value = ''] = ENTRY.exec(line) ?? [];
      if (value !== '' && !/\.(?:crt|pub)$|^ca$/.test(key)) {
        const plain = section === 'data' ? decoded(value) : value;
        if (plain !== null && !isPlaceholder(value) && !isPlaceholder(plain.trim()) && !plain.includes('BEGIN CERTIFICATE')) found.push({ kind: 'password', at, value, what: 'a value of a Kubernetes Secret' });
      }
    }
    at += line.length + 1;
  }
  return found;
}
