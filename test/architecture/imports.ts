/** Who imports whom in `src/`, read from the syntax: `import()` and types too. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Import {
  readonly from: string;
  readonly to: string;
  /** `type`: gone when the program runs; `late`: an `import()`. */
  readonly kind: 'value' | 'type' | 'late';
}

/** Source files, relative to the top. */
export const sourceFiles = (folder = 'src'): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .sort();

/** The imports of files of ours. */
export function importsIn(files: readonly string[]): Import[] {
  const known = new Set(files);
  return files.flatMap((from) =>
    specifiersIn(from).flatMap(({ name, kind }) => {
      const to = name.startsWith('.') ? resolved(path.posix.join(path.posix.dirname(from), name), known) : undefined;
      return to === undefined ? [] : [{ from, to, kind }];
    }),
  );
}

function resolved(wanted: string, known: ReadonlySet<string>): string | undefined {
  return [`${wanted}.ts`, `${wanted}/index.ts`, wanted].find((file) => known.has(file));
}

/** What a file's imports and exports stand in; all of it where it may import late, or names a type by `import()`. */
function headOf(text: string): string {
  if (/\bimport\(/.test(text)) return text;
  const last = [...text.matchAll(/^(?:(?:import|export|\}) .*from |import )'[^'\n]*';$/gm)].at(-1);
  return last === undefined ? '' : text.slice(0, last.index + last[0].length);
}

function specifiersIn(file: string): { readonly name: string; readonly kind: Import['kind'] }[] {
  const text = headOf(readFileSync(path.join(ROOT, file), 'utf8'));
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: { name: string; kind: Import['kind'] }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      found.push({ name: node.moduleSpecifier.text, kind: isTypeOnly(node.importClause) ? 'type' : 'value' });
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      found.push({
        name: node.moduleSpecifier.text,
        kind: node.isTypeOnly || areTypes(node.exportClause) ? 'type' : 'value',
      });
    else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    )
      found.push({ name: node.argument.literal.text, kind: 'type' });
    else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      node.arguments[0] &&
      ts.isStringLiteral(node.arguments[0])
    )
      found.push({ name: node.arguments[0].text, kind: 'late' });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isTypeOnly = (clause: ts.ImportClause | undefined): boolean =>
  clause !== undefined &&
  (clause.phaseModifier === ts.SyntaxKind.TypeKeyword || (clause.name === undefined && areTypes(clause.namedBindings)));

const areTypes = (names: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean =>
  names !== undefined &&
  (ts.isNamedImports(names) || ts.isNamedExports(names)) &&
  names.elements.length > 0 &&
  names.elements.every(({ isTypeOnly: type }) => type);

/** Groups of files that all lead to each other (Tarjan), each sorted. */
export function circlesIn(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const connect = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) ?? 0);
    stack.push(file);
    for (const to of next.get(file) ?? []) {
      if (!index.has(to)) connect(to);
      else if (!stack.includes(to)) continue;
      low.set(file, Math.min(low.get(file) ?? 0, low.get(to) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1 || next.get(file)?.includes(file) === true) circles.push(circle.sort());
  };
  for (const file of next.keys()) if (!index.has(file)) connect(file);
  return circles;
}
