/** The texts that people read: the pages' paragraphs and cells, the extension's strings, the command line's help. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import type { Text } from './check';

/** Pages that are not for users of this version: what changed in earlier ones. */
const LEFT_OUT: ReadonlySet<string> = new Set(['CHANGELOG.md']);

type Token = ReturnType<MarkdownIt['parse']>[number];

/** Code and addresses are a word, so that their punctuation ends no sentence. */
function wordsOf(inline: Token): string {
  return (inline.children ?? [])
    .map(({ type, content }) => {
      if (type === 'text') return content;
      if (type === 'code_inline') return 'code';
      return type === 'softbreak' || type === 'hardbreak' ? ' ' : '';
    })
    .join('');
}

/** Exported for its test. */
export function textsOfPage(file: string, page: string): Text[] {
  return new MarkdownIt()
    .parse(page, {})
    .filter(({ type }) => type === 'inline')
    .map((token) => ({ file, line: (token.map?.[0] ?? 0) + 1, words: wordsOf(token) }));
}

function pagesOf(root: string): string[] {
  const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md'));
  const top = readdirSync(root).filter((name) => name.endsWith('.md') && !LEFT_OUT.has(name));
  return [...top, ...docs].sort();
}

function strings(root: string, file: string): Text[] {
  const values = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
  return Object.entries(values).map(([, value], index) => ({
    file,
    line: index + 2,
    words: value.replaceAll(/`[^`]*`/g, 'code').replaceAll(/\{\d+\}/g, 'X'),
  }));
}

export function textsToCheck(root: string): Text[] {
  return [
    ...pagesOf(root).flatMap((file) => textsOfPage(file, readFileSync(path.join(root, file), 'utf8'))),
    ...strings(root, 'package.nls.json'),
    ...strings(root, 'media/l10n/bundle.l10n.json'),
  ];
}
