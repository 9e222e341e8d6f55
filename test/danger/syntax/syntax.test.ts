import assert from 'node:assert/strict';
import type { Tools } from '../../../src/danger';
import {
  DEPTH_AT_MOST,
  NODES_AT_MOST,
  PARSE_LIMITS,
  TEXT_AT_MOST,
  withSyntax,
  type Language,
  type SyntaxNode,
} from '../../../src/danger/syntax';
import { TOOLS } from '../../support/grammars';

const SMALL: Readonly<Record<Language, { readonly text: string; readonly type: string; readonly line: number }>> = {
  go: { text: 'package a\n\nfunc f() {}\n', type: 'function_declaration', line: 3 },
  hcl: { text: '\nresource "a" "b" {\n}\n', type: 'block', line: 2 },
  java: { text: 'class A {\n  void f() {}\n}\n', type: 'method_declaration', line: 2 },
  javascript: { text: 'const a = 1;\nf(a);\n', type: 'call_expression', line: 2 },
  php: { text: '<?php\nf(1);\n', type: 'function_call_expression', line: 2 },
  python: { text: 'import os\nos.remove("a")\n', type: 'call', line: 2 },
  ruby: { text: 'class A\n  def b\n  end\nend\n', type: 'method', line: 2 },
  tsx: { text: 'const a = 1;\nconst b = <i/>;\n', type: 'jsx_self_closing_element', line: 2 },
  typescript: { text: 'const a: number = 1;\nf<string>(a);\n', type: 'type_arguments', line: 2 },
};

describe('withSyntax, the syntax tree of a file', () => {
  for (const [language, { text, type, line }] of Object.entries(SMALL) as [Language, (typeof SMALL)[Language]][]) {
    it(`parses ${language}`, async () => {
      const lines = await withSyntax(language, text, TOOLS, (root) =>
        [...root.walk()].filter((node) => node.type === type).map(({ startLine }) => startLine),
      );
      assert.deepEqual(lines, [line]);
    });
  }

  it('nodes have text, lines, fields and parents', async () => {
    await withSyntax('python', 'a = "ü"\nfoo(bar,\n  baz)\n', TOOLS, (root) => {
      const call = [...root.walk()].find(({ type }) => type === 'call');
      assert.equal(call?.text, 'foo(bar,\n  baz)');
      assert.deepEqual([call.startLine, call.endLine], [2, 3]);
      assert.equal(call.childForField('function')?.text, 'foo');
      assert.equal(call.childForField('function')?.parent, call);
      assert.deepEqual(
        call.childForField('arguments')?.namedChildren.map((node) => node.text),
        ['bar', 'baz'],
      );
    });
  });

  it('a text that is too large, or takes too many steps, gets no tree', async () => {
    assert.equal(await withSyntax('hcl', `a = "${'x'.repeat(TEXT_AT_MOST)}"\n`, TOOLS, () => true), undefined);
    const some = 'a { b = 1 }\n'.repeat(500);
    assert.equal(await withSyntax('hcl', some, TOOLS, () => true, { ...PARSE_LIMITS, reports: 10 }), undefined);
    assert.equal(await withSyntax('hcl', some, TOOLS, () => true), true, 'the parser can be used again');
  });

  it('nodes nested too deep, and those beyond the limit, are left out', async () => {
    const deepest = await withSyntax('hcl', 'a {\n'.repeat(20_000), TOOLS, (root) =>
      Math.max(...[...root.walk()].map(({ depth }) => depth).slice(-1000)),
    );
    assert.ok((deepest ?? 0) <= DEPTH_AT_MOST);
    const count = (root: SyntaxNode): number => {
      let nodes = 0;
      for (const _node of root.walk()) nodes++;
      return nodes;
    };
    // on a busy machine, the parser's five seconds go by
    const patient = { ...PARSE_LIMITS, ms: 60_000 };
    const shown = await withSyntax('hcl', `a = [${'1,'.repeat(NODES_AT_MOST / 2)}]\n`, TOOLS, count, patient);
    assert.ok(shown !== undefined && shown <= NODES_AT_MOST + 1);
  });

  it('the parser works again after a reader has thrown', async () => {
    await assert.rejects(
      withSyntax('hcl', 'a = 1\n', TOOLS, () => {
        throw new Error('reader');
      }),
      /reader/,
    );
    assert.equal(await withSyntax('hcl', 'a = 1\n', TOOLS, (root) => root.text), 'a = 1\n');
  });

  it('a grammar is loaded once', async () => {
    const none: Tools = { grammar: () => Promise.reject(new Error('not there')) };
    const { withSyntax: fresh } = await import('../../../src/danger/syntax');
    await fresh('ruby', 'a', TOOLS, () => true);
    assert.equal(await fresh('ruby', 'a', none, () => true), true, 'a grammar is loaded once');
  });
});
