import assert from 'node:assert/strict';
import { attributeLines, diffLines, splitLines } from '../../../../src/provenance/authorship';
import { replay, type By, type JournalRecord } from '../../../../src/provenance/journal';
import { MAX_CACHED_CHARACTERS } from '../../../../src/provenance/journal/store/lru-cache';
import { KeptContents } from '../../../support/kept';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };
const SAVES = 60;
/** The change in question begins behind this one. */
const BEGUN = 5;

/**
 * Who put in and who took out each line of a file that two change in turns and take back in part, with `tail` below all
 * of it.
 */
function told(tail: string): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const base = ['the first of all', 'that is taken out', 'and put back later', 'which stays to the end'];
  const texts = [base];
  for (let save = 1; save <= SAVES; save++) {
    const lines = [...(texts.at(-1) ?? [])];
    if (save === 1) lines.splice(1, 1);
    else if (save === SAVES) lines.splice(1, 0, base[1] ?? '');
    else if (save % 7 === 0) lines.splice(3, 1);
    else if (save % 11 === 0) lines[2] = `changed in save ${String(save)} of them`;
    else lines.push(`written in save ${String(save)}`);
    texts.push(lines);
  }
  const { keep: keepText, content } = new KeptContents();
  const keep = (lines: readonly string[]): string => keepText(`${lines.join('\n')}\n${tail}`);
  const records = texts.slice(1).map((lines, i) => {
    const record: JournalRecord = {
      version: 1,
      kind: 'edit',
      at: i + 1,
      by: i % 3 === 0 ? AGENT : PERSON,
      files: [{ path: 'a.txt', from: keep(texts[i] ?? []), to: keep(lines) }],
    };
    return { name: `${String(i + 1)}.json`, record };
  });
  const [first, last] = [content(keep(texts[BEGUN] ?? [])), content(keep(texts.at(-1) ?? []))];
  if (!first || !last) throw new Error('they were kept');
  const now =
    replay(records, content, [{ path: 'a.txt', base: first, target: last }], { now: SAVES + 1 }).get('a.txt') ??
    assert.fail('no text');
  const { added, removed } = attributeLines(now, diffLines(splitLines(first.toString()), splitLines(last.toString())));
  const say = (lines: typeof added): string[] => lines.map(({ line, by }) => `${String(line)} ${by.author}`);
  return { added: say(added), removed: say(removed) };
}

it('attribution of a file with more saves than fit the cache equals that of a short file', function () {
  this.timeout(60_000);
  const tail = 'a line of the rest, which nobody touches\n'.repeat(16_000);
  assert.ok(tail.length * SAVES > 2 * MAX_CACHED_CHARACTERS, 'most of the saves are forgotten');
  const short = told('the rest\n');
  for (const lines of [short.added, short.removed])
    assert.ok(
      lines.some((line) => line.endsWith('ai')) && lines.some((line) => line.endsWith('human')),
      JSON.stringify(short),
    );
  assert.deepEqual(told(tail), short);
});
