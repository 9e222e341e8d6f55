/** Files that the CI files call and that are not among the gate's own. */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outputNames, type Repository } from '../../git';
import { calledFiles, isCiFile, isOwnFile, list, quoted, type Policy } from '../../policy';

/** Larger files are not searched (bytes). */
const LARGEST = 1_000_000;

/** One sentence on those that are involved in running the gate; empty when there are none. Throws a GitError. */
export async function notOwn(repository: Repository, policy: Policy): Promise<readonly string[]> {
  const listed = await repository.git(['ls-files', '-z']);
  const tracked = new Set(outputNames(listed.stdout));
  const textOf = (name: string): string => plainText(path.join(repository.root, name));
  const called = new Set<string>();
  for (const ci of [...tracked].filter((name) => isCiFile(name))) {
    const text = textOf(ci);
    for (const file of calledFiles(text, (name) => tracked.has(name))) {
      if (isOwnFile(policy, file) || isCiFile(file) || called.has(file)) continue;
      if (mentionsUs(text) || mentionsUs(textOf(file))) called.add(file);
    }
  }
  if (called.size === 0) return [];
  const names = [...called].sort();
  return [
    `CI calls ${list(
      names.map((name) => quoted(name)),
      12,
    )} where it runs Linekeeper, and whoever changes ${names.length === 1 ? 'it' : 'them'} can change what is decided. Add ${names.length === 1 ? 'it' : 'them'} under own, so that ${names.length === 1 ? 'it needs' : 'they need'} what the policy itself needs: own: [${names.map((name) => JSON.stringify(name)).join(', ')}]`,
  ];
}

const mentionsUs = (text: string): boolean => /linekeeper/i.test(text);

function plainText(file: string): string {
  try {
    const found = lstatSync(file);
    return found.isFile() && found.size <= LARGEST ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}
