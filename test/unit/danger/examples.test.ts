import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import { examplesOf, PACKS_WITH_EXAMPLES, type Example } from '../../support/examples';
import { TOOLS } from '../../support/grammars';

const nameOf = ({ number, title, rule, changes }: Example): string =>
  `${String(number)}: ${title ?? `${rule} in ${changes.map(({ path }) => path).join(', ')}`}`;

describe('the examples of the danger rules', () => {
  for (const pack of PACKS_WITH_EXAMPLES) {
    describe(pack, () => {
      for (const example of examplesOf(pack)) {
        it(nameOf(example), async () => {
          const { changes, expect, because } = example;
          const found = await findInChanges(changes, TOOLS);
          const told = found.map(
            ({ path, rule, side, line }) =>
              `${changes.length > 1 ? `${path} ` : ''}${rule} ${side === 'old' ? 'old ' : ''}${String(line)}`,
          );
          assert.deepEqual(told.sort(), [...expect].sort(), found.map(({ message }) => message).join('\n'));
          if (because !== undefined)
            assert.ok(
              found.some(({ message }) => message.includes(because)),
              found.map(({ message }) => message).join('\n'),
            );
          for (const { message } of found) assert.match(message, /^[\w`"'(*].*[.!?]$/s, 'a message is a sentence');
        });
      }
    });
  }
});
