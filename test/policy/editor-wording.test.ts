import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { traceText, type Trace } from '../../src/aftermath';
import { inEditorsWords } from '../../src/policy';
import { unknownReasons } from '../../src/review/gate/reasons-for-unknown-lines';
import { TOP } from '../../scripts/test/areas';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** A trace of a line of unknown author, with everything missing that can be. */
const traced = (missing: readonly string[]): Trace => ({
  subject: { path: 'prod/main.tf', line: 1, text: 'resource "x" "y" {', commit: COMMIT },
  suggestions: [],
  edits: [],
  commit: null,
  review: null,
  deployments: [],
  incidents: [],
  runs: [],
  missing,
});

describe('sentences for the editor', () => {
  const titles = Object.entries(
    JSON.parse(readFileSync(`${TOP}/package.nls.json`, 'utf8')) as Record<string, string>,
  ).flatMap(([key, title]) => (key.startsWith('command.') ? [title] : []));

  it('a command of the terminal: is named by its title in the palette when it has one', () => {
    for (const command of ['notes fetch', 'policy check', 'install', 'sign A..B', 'check', 'declare --mine']) {
      const title = /^“Linekeeper: (.*)”$/.exec(inEditorsWords(`"linekeeper ${command}"`))?.[1];
      assert.ok(title !== undefined && titles.includes(title), command);
    }
  });

  it('a command that only a terminal has: is named without its options', () => {
    assert.equal(inEditorsWords('Say so: "linekeeper may --json".'), 'Say so: “linekeeper help may” in a terminal.');
    assert.equal(inEditorsWords('An earlier one (--last-good REV) is better.'), 'An earlier one is better.');
    assert.equal(inEditorsWords('"linekeeper deploy record" makes them.'), '“linekeeper deploy record” makes them.');
  });

  it('the page of a trace: has no options of the command line when lines are unknown', () => {
    const missing = unknownReasons([{ id: COMMIT, count: 3, authors: undefined, commit: undefined }], false);
    assert.match(traceText(traced(missing), 'terminal'), /linekeeper declare --mine/);
    assert.doesNotMatch(traceText(traced(missing), 'editor'), /--[a-z]/);
  });
});
