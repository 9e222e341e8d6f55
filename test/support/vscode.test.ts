/** The stand-in for `vscode` has nothing that the real one does not have, and throws for what it does not model. */
import './vscode/register';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';
import * as standIn from './vscode';
import { newWindow } from './vscode/state';

const TYPES = createRequire(__filename).resolve('@types/vscode/index.d.ts');

interface Declared {
  readonly members: ReadonlySet<string>;
  /** Of an enumeration. */
  readonly values: ReadonlyMap<string, number>;
}

/** What `@types/vscode` declares, by name. Overloads and what belongs to one name are together. */
function declared(): ReadonlyMap<string, Declared> {
  const source = ts.createSourceFile(TYPES, readFileSync(TYPES, 'utf8'), ts.ScriptTarget.Latest, false);
  const found = new Map<string, { members: Set<string>; values: Map<string, number>; above: string[] }>();
  const at = (name: string) => {
    const known = found.get(name) ?? { members: new Set<string>(), values: new Map<string, number>(), above: [] };
    found.set(name, known);
    return known;
  };
  const nameOf = (node: ts.Node | undefined): string =>
    node && (ts.isIdentifier(node) || ts.isStringLiteral(node)) ? node.text : '';
  const look = (node: ts.Node): void => {
    if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name) && node.body && ts.isModuleBlock(node.body))
      for (const statement of node.body.statements)
        if (ts.isVariableStatement(statement))
          for (const { name } of statement.declarationList.declarations) at(node.name.text).members.add(nameOf(name));
        else if (ts.isFunctionDeclaration(statement)) at(node.name.text).members.add(nameOf(statement.name));
    if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) {
      const known = at(nameOf(node.name));
      for (const { name } of node.members) known.members.add(nameOf(name));
      known.above.push(
        ...(node.heritageClauses ?? []).flatMap(({ types }) => types.map((one) => nameOf(one.expression))),
      );
    }
    if (ts.isEnumDeclaration(node))
      for (const { name, initializer } of node.members) {
        const value = initializer && Number(initializer.getText(source));
        const { values } = at(nameOf(node.name));
        values.set(nameOf(name), value ?? values.size);
      }
    ts.forEachChild(node, look);
  };
  look(source);
  const all = (name: string): readonly string[] => {
    const known = found.get(name);
    return known ? [...known.members, ...known.above.flatMap(all)] : [];
  };
  return new Map([...found].map(([name, { values }]) => [name, { members: new Set(all(name)), values }]));
}

describe('the stand-in for vscode', () => {
  const real = declared();
  const parts: readonly (readonly [string, object])[] = Object.entries(standIn).filter(
    ([name]) => name !== 'default', // made by the loader
  );

  it('each exported name: is one of the real module', () => {
    const unknown = parts.map(([name]) => name).filter((name) => !real.has(name));
    assert.deepEqual(unknown, []);
    assert.ok(parts.length > 40, String(parts.length));
  });

  it('each enumeration: its members have the real values', () => {
    for (const [name, part] of parts) {
      const values = real.get(name)?.values ?? new Map<string, number>();
      if (values.size === 0) continue;
      for (const [member, value] of Object.entries(part)) assert.equal(value, values.get(member), `${name}.${member}`);
    }
  });

  it('each member of a namespace or class: the real one has it', () => {
    /** What a test reads of an edit that was made. */
    const ofTests = new Set(['WorkspaceEdit.replacements', 'WorkspaceEdit.created', 'WorkspaceEdit.deleted']);
    newWindow();
    for (const [name, part] of parts) {
      const known = real.get(name);
      if (!known || known.values.size > 0) continue;
      const prototype = typeof part === 'function' ? (part.prototype as object) : {};
      const statics = Object.getOwnPropertyNames(part).filter(
        (member) => !['length', 'name', 'prototype'].includes(member),
      );
      for (const member of [...statics, ...Object.getOwnPropertyNames(prototype)])
        assert.ok(
          member === 'constructor' || known.members.has(member) || ofTests.has(`${name}.${member}`),
          `${name}.${member} is not in @types/vscode`,
        );
    }
  });

  it('what is not modelled: throws with its name', () => {
    assert.throws(() => Reflect.get(standIn, 'debug') as unknown, /does not model debug/);
    assert.throws(() => Reflect.get(standIn.window, 'registerUriHandler'), /window\.registerUriHandler/);
    assert.throws(() => standIn.workspace.createFileSystemWatcher('src/{a,b}.ts'), /the pattern src\/\{a,b\}\.ts/);
  });

  it('a URI: reads and writes as the real one does', () => {
    const { Uri } = standIn;
    const odd = Uri.file('/a b/c#d?%2e.ts');
    assert.equal(odd.toString(), 'file:///a%20b/c%23d%3F%252e.ts');
    assert.equal(Uri.parse(odd.toString()).fsPath, '/a b/c#d?%2e.ts');
    assert.equal(
      Uri.from({ scheme: 'linekeeper', path: '/page', query: '/r=1' }).toString(),
      'linekeeper:/page?%2Fr%3D1',
    );
    assert.equal(Uri.joinPath(Uri.file('/a'), '..', 'b').path, '/b');
  });

  it('a command that nobody registered: fails as in the editor', async () => {
    newWindow();
    await assert.rejects(
      Promise.resolve(standIn.commands.executeCommand('nobody.knows')),
      /command 'nobody.knows' not found/,
    );
  });
});
