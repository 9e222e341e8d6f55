/**
 * A rule of ESLint: a value is named by a noun, and these words say nothing of it. The parameters of a function that is
 * one expression on one line are free, and so is `now` for a time: a number, a clock, what a clock says, or a property
 * of that name. `names-to-mend.json` counts, by file, those that are still to mend: it only gets shorter.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** @type {Readonly<Record<string, number>>} */
const TO_MEND = JSON.parse(readFileSync(path.join(import.meta.dirname, 'names-to-mend.json'), 'utf8'));
const WORDS = new Set(['one', 'now', 'other', 'own', 'what', 'kept', 'left', 'was', 'is']);

/** The identifiers that a pattern declares. */
function* declaredIn(pattern) {
  if (pattern === null) return;
  if (pattern.type === 'Identifier') yield pattern;
  else if (pattern.type === 'AssignmentPattern') yield* declaredIn(pattern.left);
  else if (pattern.type === 'RestElement') yield* declaredIn(pattern.argument);
  else if (pattern.type === 'ArrayPattern') for (const element of pattern.elements) yield* declaredIn(element);
  else if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties)
      if (!(property.shorthand && property.value.name === 'now'))
        yield* declaredIn(property.type === 'RestElement' ? property : property.value);
}

/** A parameter for the time at which something is asked, or for the clock. */
const isTime = ({ name, typeAnnotation }) =>
  name === 'now' && ['TSNumberKeyword', 'TSFunctionType'].includes(typeAnnotation?.typeAnnotation.type);

/** `const now = terminal.now()`, or the clock itself. */
const isOfClock = ({ id, init }) => {
  const called = init?.type === 'CallExpression' ? init.callee : init;
  return id.name === 'now' && (called?.property?.name ?? called?.name) === 'now';
};

const isShort = ({ type, body, loc }) =>
  type === 'ArrowFunctionExpression' && body.type !== 'BlockStatement' && loc.start.line === loc.end.line;

export const nounNames = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      noun: '"{{name}}" does not say what the value is. Name it by a noun.',
      mended: 'All values of this file have nouns for names: take it out of scripts/lint/names-to-mend.json.',
    },
  },
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');
    const found = [];
    const check = (pattern) => {
      for (const identifier of declaredIn(pattern))
        if (WORDS.has(identifier.name) && !isTime(identifier)) found.push(identifier);
    };
    const checkParameters = (node) => {
      if (!isShort(node)) for (const parameter of node.params) check(parameter);
    };
    return {
      VariableDeclarator: (node) => {
        if (!isOfClock(node)) check(node.id);
      },
      ArrowFunctionExpression: checkParameters,
      FunctionExpression: checkParameters,
      FunctionDeclaration: checkParameters,
      'Program:exit'(node) {
        const allowed = TO_MEND[file] ?? 0;
        if (found.length > allowed)
          for (const identifier of found)
            context.report({ node: identifier, messageId: 'noun', data: { name: identifier.name } });
        if (found.length === 0 && allowed > 0) context.report({ node, messageId: 'mended' });
      },
    };
  },
};
