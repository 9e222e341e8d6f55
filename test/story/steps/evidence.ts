import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { asAda, indented } from '../after-merge';
import { cloneOf, FETCH_NOTES, type Place } from '../clones';
import { keysOf } from '../morning-after';
import { BEN } from '../sample';

export const evidence = {
  title: 'Ben takes the evidence along, signed; in a third clone it is verified, and one changed byte is found',
  async play(place: Place): Promise<string[]> {
    const { later, linekeeper } = place;
    assert.ok(later.run);
    const ben = cloneOf(place, BEN);
    const file = place.outside('evidence.intoto.jsonl');
    const range = `${(later.good ?? ben.git('rev-parse', 'HEAD~1')).slice(0, 12)}..origin/main`;
    const key = keysOf(place).of('ben');
    const made = await linekeeper.at(ben.root, ben.env).text('evidence', range, '--out', file, '--key', key);

    const ada = asAda(place);
    ada.git('fetch', '--quiet', 'origin');
    ada.git(...FETCH_NOTES);
    const elsewhere = linekeeper.at(ada.root, ada.env);
    const yes = await elsewhere.run('evidence', 'verify', file);
    assert.equal(yes.code, 0, yes.out + yes.err);

    const changed = place.outside('changed.intoto.jsonl');
    writeFileSync(changed, withOneByteChanged(readFileSync(file, 'utf8'), later.run.id));
    const no = await elsewhere.run('evidence', 'verify', changed);
    assert.equal(no.code, 1, no.out + no.err);
    assert.match(no.out, /NO {2}repository: .* it has another requested/);
    assert.match(no.out, new RegExp(`\\(run "[^"]*${later.run.id}[^"]*"\\) was changed`));
    return [
      `linekeeper evidence ${range} --out …:`,
      ...indented(made),
      '',
      "linekeeper evidence verify, in Ada's clone, exit code 0:",
      ...indented(yes.out),
      '',
      'the same after one byte was changed, so that "jude" asked for it, exit code 1:',
      ...indented(no.out),
    ];
  },
};

/** In the run's row June's name is another one: "jude" asked for it. */
function withOneByteChanged(text: string, id: string): string {
  const [line = '', ...rest] = text.split('\n');
  const envelope = JSON.parse(line) as { readonly payload: string }; // as it was just written
  const payload = Buffer.from(envelope.payload, 'base64').toString('utf8');
  const asked = `"requested":\\{[^{}]*"by":"ju`;
  const changed = payload.replace(new RegExp(`(${asked})n(e@[^{}]*\\},[^{}]*"run":"${id}")`), '$1d$2');
  assert.notEqual(changed, payload, 'the row of the run says who asked for it');
  return [JSON.stringify({ ...envelope, payload: Buffer.from(changed).toString('base64') }), ...rest].join('\n');
}
