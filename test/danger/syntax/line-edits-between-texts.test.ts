/** A text that is parsed from the tree of the text before it is read as if it were the first one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readCode } from '../../../src/danger/code/read-code';
import type { Code } from '../../../src/danger/code';
import { languageOf, withSyntax, type Language, type SyntaxNode } from '../../../src/danger/syntax';
import { editsBetween } from '../../../src/danger/syntax/line-edits-between-texts';
import { examplesOf, RULE_IDS } from '../../support/examples';
import { TOOLS } from '../../support/grammars';
import '../../support/seed';
import { casesOf, itOfCases } from '../../support/full';

const TOP = path.resolve(import.meta.dirname, '../../..');

/** The examples of one language, which are small, end to end; and sources of this repository. */
function sourcesOf(language: Language): readonly string[] {
  const texts = RULE_IDS.flatMap((rule) => examplesOf(rule).changes)
    .flatMap(({ changes }) => changes)
    .filter((change) => languageOf(change.path) === language)
    .flatMap(({ before, after }) => [before ?? [], after ?? []].flat());
  return [...new Set(texts), texts.slice(0, 40).join('\n')];
}

const OWN = ['src/danger/code/read-code.ts', 'src/danger/syntax/syntax-node.ts', 'src/danger/find-in-changes.ts'].map(
  (file) => readFileSync(path.join(TOP, file), 'utf8'),
);
const SOURCES: readonly (readonly [Language, readonly string[]])[] = [
  ['typescript', [...OWN, ...sourcesOf('typescript')]],
  ['python', sourcesOf('python')],
  ['hcl', sourcesOf('hcl')],
  ['go', sourcesOf('go')],
  ['ruby', sourcesOf('ruby')],
  ['php', sourcesOf('php')],
  ['javascript', sourcesOf('javascript')],
  ['java', sourcesOf('java')],
];

/** What somebody may do to a line, by numbers: the line, what is done, and with what. */
const STEP = fc.tuple(fc.nat(), fc.nat(6), fc.nat());
const TYPED = ['/*', '"""', 'if (x) {', '}', '  remove(bar)', '`', '# x 😀', '\r'];

function edited(text: string, steps: readonly (readonly [number, number, number])[]): string {
  const lines = text.split('\n');
  for (const [where, what, by] of steps) {
    const at = where % lines.length;
    const line = lines[at] ?? '';
    const cut = by % (line.length + 1);
    if (what === 0) lines.splice(at, 1 + (by % 5));
    else if (what === 1) lines.splice(at, 0, ...lines.slice(by % lines.length).slice(0, 4));
    else if (what === 2) lines.splice(by % lines.length, 0, ...lines.splice(at, 3));
    else if (what === 3) lines.splice(at, 0, TYPED[by % TYPED.length] ?? '');
    else if (what === 4) lines[at] = line.slice(0, cut) + line.slice(cut + 1);
    else if (what === 5) lines[at] = line.replace(/\w+/, `x${String(by % 100)}`);
    else lines[at] = `${line.slice(0, cut)}ü${line.slice(cut)}`;
    if (lines.length === 0) lines.push('');
  }
  return lines.join('\n');
}

/** Another language's text, so that the next text is parsed from nothing. */
const forget = (): Promise<unknown> => withSyntax('tsx', 'x', TOOLS, () => true);

/** All that is read of a text, without the objects that calls share. */
const shownOf = ({ calls, pairs, checks, known, assigned }: Code): unknown => [
  calls.map(({ around, named, ...call }) => [call, [...named], around.map(({ name, line }) => [name, line])]),
  pairs,
  checks,
  [...known],
  [...assigned],
];
const nodesOf = (root: SyntaxNode): unknown =>
  [...root.walk()].map(({ type, start, end, startLine, endLine, hasError }) => [
    type,
    start,
    end,
    startLine,
    endLine,
    hasError,
  ]);

describe('a text that is parsed after one like it:', () => {
  itOfCases('the edits turn the one text into the other, row by row', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '😀', '');
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
      .map(([all, ends]) => all.join('\n') + (ends ? '\n' : ''));
    const positionOf = (whole: string, index: number): unknown => {
      const before = whole.slice(0, index).split('\n');
      return { row: before.length - 1, column: before.at(-1)?.length };
    };
    fc.assert(
      fc.property(text, text, (old, now) => {
        const edits = editsBetween(old, now);
        if (edits === undefined) return;
        let made: string = old;
        for (const [index, edit] of edits.entries()) {
          const { startIndex, oldEndIndex, newEndIndex } = edit;
          const shift: number = edits.slice(index + 1).reduce((sum, one) => sum + one.newEndIndex - one.oldEndIndex, 0);
          const next: string =
            made.slice(0, startIndex) + now.slice(startIndex + shift, newEndIndex + shift) + made.slice(oldEndIndex);
          assert.deepEqual(edit.startPosition, positionOf(made, startIndex));
          assert.deepEqual(edit.oldEndPosition, positionOf(made, oldEndIndex));
          assert.deepEqual(edit.newEndPosition, positionOf(next, newEndIndex));
          made = next;
        }
        assert.equal(made, now);
      }),
      { numRuns: casesOf(2000, 400) },
    );
  });

  for (const [language, sources] of SOURCES)
    itOfCases(`is read as if it were the first one: ${language}`, async function () {
      this.timeout(60_000);
      const read = (root: SyntaxNode): unknown => (language === 'hcl' ? nodesOf(root) : shownOf(readCode(root)));
      let edits = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.array(STEP, { minLength: 1, maxLength: 4 }), async (which, steps) => {
          const old = sources[which % sources.length] ?? '';
          const now = edited(old, steps);
          if ((editsBetween(old, now)?.length ?? 0) > 0) edits++;
          await forget();
          const first = await withSyntax(language, now, TOOLS, read);
          await forget();
          await withSyntax(language, old, TOOLS, () => true);
          assert.deepEqual(await withSyntax(language, now, TOOLS, read), first);
        }),
        { numRuns: casesOf(150, 30) },
      );
      assert.ok(edits > casesOf(50, 10), `${String(edits)} texts were like the one before`);
    });

  it('a reader of some kinds of nodes gets those that a walk meets, each with what it lies in', async () => {
    const KINDS = new Set([
      'call',
      'call_expression',
      'function_definition',
      'method',
      'class',
      'block',
      'identifier',
      'pair',
    ]);
    for (const [language, sources] of SOURCES)
      for (const text of sources.flatMap((one) => [one, one.slice(0, one.length / 2)]))
        await withSyntax(language, text, TOOLS, (root) => {
          const shown = (node: SyntaxNode, around: string): string =>
            `${around} ${node.type}@${String(node.start)}-${String(node.end)}`;
          const walked: string[] = [];
          const walk = (node: SyntaxNode, around: string): void => {
            const here = KINDS.has(node.type) ? shown(node, around) : around;
            if (KINDS.has(node.type)) walked.push(here);
            // as a reader that skips what is in such a node
            if (node.type !== 'pair') for (const child of node.children) walk(child, here);
          };
          walk(root, '');
          const visited: string[] = [];
          root.visitKinds(KINDS, '', (node, around) => {
            visited.push(shown(node, around));
            return node.type === 'pair' ? null : shown(node, around);
          });
          assert.deepEqual(visited, walked);
        });
  });
});
