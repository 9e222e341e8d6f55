/** What `--help` says: nothing without a word on what it is for. */
import assert from 'node:assert/strict';
import { OPTIONS, verbHelp } from '../../../src/cli/help';
import { REST } from '../../../src/cli/command-table';
import type { Verb } from '../../../src/cli/command';

describe('the help of a command', () => {
  const verbs: Verb[] = [];
  before(async () => {
    for (const load of Object.values(REST)) if (load) verbs.push(await load());
  });

  it('says of each option what it does, and of none that is not there', () => {
    for (const verb of verbs) {
      assert.deepEqual(Object.keys(OPTIONS[verb.name] ?? {}).sort(), Object.keys(verb.options).sort(), verb.name);
      for (const [name, option] of Object.entries(verb.options)) {
        const [value, says] = OPTIONS[verb.name]?.[name] ?? ['', ''];
        assert.equal(value !== '', option.type === 'string', `${verb.name} --${name}`);
        assert.ok(verbHelp(verb).includes(`--${name}${value === '' ? '' : ` ${value}`}`) && says !== '');
      }
    }
  });
});
