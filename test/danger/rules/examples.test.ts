import assert from 'node:assert/strict';
import { analyzersFor, classOf, findInChanges } from '../../../src/danger';
import type { Finding } from '../../../src/policy';
import { examplesOf, RULE_IDS, type Example } from '../../support/examples';
import { TOOLS } from '../../support/grammars';

const nameOf = ({ number, title, changes }: Example): string =>
  `${String(number)}: ${title ?? changes.map(({ path }) => path).join(', ')}`;

/** The other files that a finding stands for, each with the first place in it. */
function elsewhere({ path, alsoIn = [] }: Finding): string {
  const places = new Map(
    alsoIn.toSorted((a, b) => b.line - a.line).map((place): readonly [string, number] => [place.path, place.line]),
  );
  places.delete(path);
  return [...places]
    .map(([other, line]) => `, ${other} ${String(line)}`)
    .sort()
    .join('');
}

/** The lines of its file that a finding names as more of its kind. */
const seenAlso = ({ path, message, alsoIn = [] }: Finding): readonly number[] =>
  / See also | Line \d+: /.test(message) ? alsoIn.flatMap((place) => (place.path === path ? place.line : [])) : [];

describe('the examples of the danger rules', () => {
  for (const rule of RULE_IDS) {
    describe(rule, () => {
      for (const example of examplesOf(rule).changes) {
        it(nameOf(example), async () => {
          const { changes, expect, because } = example;
          const found = await findInChanges(changes, TOOLS, analyzersFor([classOf(rule)]));
          const nameIn = (one: Finding, line: number): string =>
            `${changes.length > 1 ? `${one.path} ` : ''}${one.rule} ${one.side === 'old' ? 'old ' : ''}${String(line)}`;
          const places = found.flatMap((one) => [
            `${nameIn(one, one.line)}${elsewhere(one)}`,
            ...seenAlso(one)
              .map((line) => nameIn(one, line))
              .filter((place) => expect.includes(place)),
          ]);
          const messages = found.map(({ message }) => message);
          assert.deepEqual(places.sort(), [...expect].sort(), messages.join('\n'));
          if (because !== undefined)
            assert.ok(
              messages.some((message) => message.includes(because)),
              messages.join('\n'),
            );
          for (const message of messages) assert.match(message, /^[\w`"'(*].*[.!?]$/s, 'a message is a sentence');
        });
      }
    });
  }
});
