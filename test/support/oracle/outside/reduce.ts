/**
 * The shortest steps that still show a fault of a kept history (`run.ts --keep` says where it is).
 *
 *   npx tsx test/support/oracle/outside/reduce.ts FOLDER [--kind wrong] [--fault K] [--tries N] [--out FILE]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Fault } from './examine';
import { again, described, type Kept, type Unit, units } from './replay';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string', default: 'wrong' },
    fault: { type: 'string', default: '0' },
    tries: { type: 'string', default: '150' },
    out: { type: 'string' },
  },
});
const history = JSON.parse(readFileSync(join(positionals[0] ?? '.', 'history.json'), 'utf8')) as Kept;
const wanted = history.faults.filter((fault) => fault.kind === values.kind)[Number(values.fault)];
if (wanted === undefined) throw new Error('No such fault.');

const same = (fault: Fault) =>
  fault.kind === wanted.kind &&
  fault.text === wanted.text &&
  (fault.told === wanted.told || ['lines', 'failed'].includes(fault.kind));
let tries = 0;
const fails = (all: Unit[]) => {
  tries += 1;
  return again(history, all).faults.some(same);
};

let left = units(history.steps);
if (!fails(left)) throw new Error('It does not come again.');
for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
  for (let from = left.length - size; from > -size && tries < Number(values.tries); from -= size) {
    const without = [...left.slice(0, Math.max(0, from)), ...left.slice(Math.max(0, from + size))];
    if (without.length < left.length && fails(without)) left = without;
  }
}
const { faults, home } = again(history, left, true);
const fault = faults.find(same) ?? wanted;
const text = [
  `# seed ${String(history.seed)}, ${String(tries)} tries; ${home}`,
  `# ${fault.kind} ${fault.commit.slice(0, 10)} ${fault.where} ${JSON.stringify(fault.text)}: told ${fault.told}, truth ${fault.truth}`,
  ...described(left.flat()),
].join('\n');
console.log(text);
if (values.out !== undefined) writeFileSync(values.out, `${text}\n`);
