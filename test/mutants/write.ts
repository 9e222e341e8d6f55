/**
 * Draws the faults anew and writes mutants.json: `npx tsx test/mutants/write.ts [SEED]`. What mutants.json refuses is
 * not drawn again. `write.ts SEED COUNT FILE` draws COUNT others into another file, of which no test was made yet: what
 * the tests see of them says more than what they see of the known ones (`run.ts --faults FILE`).
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawn, type Room } from './draw';
import { FAULTS_FILE, readFaults, textOf, TOP, withFault } from './faults';
import { canBeRead, proposalsOf, type Proposal } from './propose';
import { randomOf, shuffled } from './random';

const COUNT = 60;

function roomsOf(folder: string): Room[] {
  return readdirSync(path.join(TOP, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const files = readdirSync(path.join(TOP, folder, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => path.posix.join(folder, name, file.replaceAll('\\', '/')))
        .sort();
      const texts = files.map((file) => ({ file, text: textOf(file) }));
      return {
        name,
        lines: texts.reduce((sum, { text }) => sum + text.split('\n').length, 0),
        proposals: () => texts.flatMap(({ file, text }) => proposalsOf(file, text)),
        works: (proposal: Proposal) => canBeRead(withFault(proposal, textOf(proposal.file)) ?? ''),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const known = readFaults();
const [seed = known.seed, count = COUNT] = process.argv.slice(2, 4).map(Number);
if (!Number.isInteger(seed) || !Number.isInteger(count)) throw new Error('A seed and a count are whole numbers.');
const file = process.argv[4] ?? FAULTS_FILE;
const refused = file === FAULTS_FILE ? known.refused : [];
const others = file === FAULTS_FILE ? refused : [...known.refused, ...known.faults];
const all = drawn(roomsOf('src'), { seed, count: COUNT, refused: others });
const faults = count < COUNT ? shuffled(all, randomOf(seed)).slice(0, count) : all;
writeFileSync(file, `${JSON.stringify({ seed, faults, refused }, undefined, 2)}\n`);
console.log(`${String(faults.length)} faults in ${file}`);
