/** The faults that one source file could have, each on one line. */
import ts from 'typescript';
import type { Fault } from './faults';

export type Proposal = Omit<Fault, 'id'>;

/** Methods that return what they were called on, or something of its kind. */
const OF_ITS_KIND = new Set(
  'filter sort toSorted reverse toReversed slice trim trimStart trimEnd toLowerCase toUpperCase normalize'.split(' '),
);

const BOUNDS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const TURNS: Readonly<Record<string, string>> = { '===': '!==', '!==': '===', '&&': '||', '||': '&&' };

/** All of them, in the order of the text. */
export function proposalsOf(file: string, text: string): Proposal[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines = text.split('\n');
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const equal = places.get(line.trim());
    if (equal === undefined) places.set(line.trim(), [index]);
    else equal.push(index);
  }
  const texts = [...new Set(shortTextsOf(source))];
  const proposals: Proposal[] = [];

  const propose = (kind: Proposal['kind'], start: number, end: number, instead: string): void => {
    const at = source.getLineAndCharacterOfPosition(start);
    if (source.getLineAndCharacterOfPosition(end).line !== at.line) return;
    const line = lines[at.line] ?? '';
    const changed = line.slice(0, at.character) + instead + line.slice(at.character + end - start);
    const before = line.trim();
    const equal = places.get(before) ?? [];
    proposals.push({
      kind,
      file,
      before,
      after: changed.trim(),
      ...(equal.length === 1 ? {} : { nth: equal.indexOf(at.line) }),
    });
  };
  const turn = (condition: ts.Expression): void =>
    propose('condition', condition.getStart(), condition.end, `!(${condition.getText()})`);

  const visit = (node: ts.Node): void => {
    if (isLeftAlone(node)) return;
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) turn(node.expression);
    if (ts.isConditionalExpression(node)) turn(node.condition);
    if (ts.isBinaryExpression(node)) {
      const sign = node.operatorToken;
      const bound = BOUNDS[sign.getText()];
      const turned = TURNS[sign.getText()];
      if (bound !== undefined) propose('bound', sign.getStart(), sign.end, bound);
      if (turned !== undefined) propose('condition', sign.getStart(), sign.end, turned);
    }
    if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent.parent))
      propose('bound', node.getStart(), node.end, String(Number(node.text) + 1));
    if (ts.isExpressionStatement(node)) {
      const called = ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
      if (ts.isCallExpression(called)) propose('call', node.getStart(), node.end, ';');
    }
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      OF_ITS_KIND.has(node.expression.name.text)
    )
      propose('call', node.expression.expression.end, node.end, '');
    if (ts.isStringLiteral(node)) {
      const swapped = swappedText(node.text, texts);
      if (swapped !== undefined) propose('text', node.getStart(), node.end, quoted(swapped));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return proposals;
}

/** Imports and types are gone at run time; the steps of a trace are read by developers only. */
const isLeftAlone = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  (ts.isCallExpression(node) &&
    (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'trace'));

/** Whether the file can still be read with it; types don't matter. It takes some milliseconds: ask for those wanted. */
export const canBeRead = (text: string): boolean =>
  ts
    .transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022 }, reportDiagnostics: true })
    .diagnostics?.every(({ category }) => category !== ts.DiagnosticCategory.Error) ?? true;

/** A text with its first two words in each other's place; a single word becomes the next one of the file. */
function swappedText(text: string, texts: readonly string[]): string | undefined {
  const words = /^(\w[^\s]*)( )(\w[^\s]*)([^]*)$/.exec(text);
  const [, first = '', space = '', second = '', rest = ''] = words ?? [];
  if (words !== null && first !== second) return second + space + first + rest;
  if (!isShort(text)) return undefined;
  const next = texts[(texts.indexOf(text) + 1) % texts.length];
  return next === text ? undefined : next;
}

const isShort = (text: string): boolean => /^[\w./-]{2,}$/.test(text);

function shortTextsOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isLeftAlone(node)) return;
    if (ts.isStringLiteral(node) && isShort(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
