/** A rule of ESLint: both branches of a condition say the same, so the condition decides nothing. */

export const equalBranches = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { equal: 'Both branches say the same: the condition decides nothing. Leave it out, or mend a branch.' },
  },
  create(context) {
    const textOf = (node) =>
      context.sourceCode
        .getTokens(node)
        .map(({ value }) => value)
        .join(' ');
    const check = (node) => {
      if (node.alternate !== null && textOf(node.consequent) === textOf(node.alternate))
        context.report({ node, messageId: 'equal' });
    };
    return { ConditionalExpression: check, IfStatement: check };
  },
};
