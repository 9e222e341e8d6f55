/**
 * Collects the texts that the editor part shows into `media/l10n/bundle.l10n.json`, the source for translations:
 * `npx tsx scripts/texts.ts`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = path.join(ROOT, 'src', 'editor');

export const BUNDLE = path.join(ROOT, 'media', 'l10n', 'bundle.l10n.json');

/** The names that translators have in the sources. */
const TRANSLATORS: ReadonlySet<string> = new Set(['t', 'translate']);

/** Every text that is passed to a translator, sorted. Throws for one that is not a literal. */
export function textsOfEditor(): string[] {
  const found = new Set<string>();
  for (const name of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )) {
    const file = ts.createSourceFile(
      name,
      readFileSync(path.join(SOURCES, name), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && isTranslator(node.expression))
        textsIn(node.arguments[0], name).forEach((text) => found.add(text));
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return [...found].sort();
}

const isTranslator = (callee: ts.Expression): boolean =>
  (ts.isIdentifier(callee) && TRANSLATORS.has(callee.text)) ||
  (ts.isPropertyAccessExpression(callee) &&
    callee.expression.kind === ts.SyntaxKind.ThisKeyword &&
    TRANSLATORS.has(callee.name.text));

function textsIn(argument: ts.Expression | undefined, file: string): string[] {
  if (argument && ts.isStringLiteralLike(argument)) return [argument.text];
  if (argument && ts.isConditionalExpression(argument))
    return [...textsIn(argument.whenTrue, file), ...textsIn(argument.whenFalse, file)];
  throw new Error(
    `${file}: a text for people must be written out where it is translated: ${argument?.getText() ?? 'nothing'}`,
  );
}

/** The bundle's text: each text is its own key. */
export const bundleOf = (texts: readonly string[]): string =>
  `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(BUNDLE, bundleOf(textsOfEditor()));
