/**
 * A rule of ESLint: the full title of a test, its `describe`s included, stands alone as *subject: outcome when condition*,
 * with a colon and four words or more. `titles-to-mend.json` counts, by file, those that don't yet: it only gets shorter.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** @type {Readonly<Record<string, number>>} */
const TO_MEND = JSON.parse(readFileSync(path.join(import.meta.dirname, 'titles-to-mend.json'), 'utf8'));
const LEAST_WORDS = 4;

/** The words that are written in the source, what is put in between as one; undefined when there are none. */
function writtenTitle(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked).join('x');
  return undefined;
}

/** That of test/support/full.ts, too. */
const KINDS = new Map([
  ['it', 'it'],
  ['itInFull', 'it'],
  ['itOfCases', 'it'],
  ['describe', 'describe'],
]);

/** `it` and `describe`, also with `.only` and `.skip`; undefined for other calls. */
function kindOf({ callee }) {
  const name = callee.type === 'MemberExpression' ? callee.object : callee;
  return name.type === 'Identifier' ? KINDS.get(name.name) : undefined;
}

function isWholeTitle(title) {
  return /\S: \S/.test(title) && title.trim().split(/\s+/).length >= LEAST_WORDS;
}

export const testTitles = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      whole:
        '"{{title}}" does not stand alone. Write subject: outcome when condition, in four words or more, the titles of its describe included.',
      mended: 'All titles of this file stand alone: take it out of scripts/lint/titles-to-mend.json.',
    },
  },
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');
    const found = [];
    const around = [];
    return {
      CallExpression(node) {
        const kind = kindOf(node);
        if (kind === undefined) return;
        const title = writtenTitle(node.arguments[0]);
        if (kind === 'describe') around.push(title ?? 'x');
        else if (title !== undefined) {
          const full = [...around, title].join(' ');
          if (!isWholeTitle(full)) found.push({ node: node.arguments[0], full });
        }
      },
      'CallExpression:exit'(node) {
        if (kindOf(node) === 'describe') around.pop();
      },
      'Program:exit'(node) {
        const allowed = TO_MEND[file] ?? 0;
        if (found.length > allowed)
          for (const { node: title, full } of found)
            context.report({ node: title, messageId: 'whole', data: { title: full } });
        if (found.length === 0 && allowed > 0) context.report({ node, messageId: 'mended' });
      },
    };
  },
};
