/**
 * Draws the faults anew and writes mutants.json: `npx tsx test/mutants/write.ts [SEED]`. What mutants.json refuses is
 * not drawn again.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawn, type Room } from './draw';
import { FAULTS_FILE, readFaults, textOf, TOP, withFault } from './faults';
import { canBeRead, proposalsOf, type Proposal } from './propose';

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

const { seed: oldSeed, refused } = readFaults();
const seed = process.argv[2] === undefined ? oldSeed : Number(process.argv[2]);
if (!Number.isInteger(seed)) throw new Error(`A seed is a whole number, and not "${String(process.argv[2])}".`);
const faults = drawn(roomsOf('src'), { seed, count: COUNT, refused });
writeFileSync(FAULTS_FILE, `${JSON.stringify({ seed, faults, refused }, undefined, 2)}\n`);
console.log(`${String(faults.length)} faults in test/mutants/mutants.json`);
