/** What `act` runs of the workflows of GitHub Actions in this repository. */
import { anyOf } from '../../../base/patterns';
import type { ReadScript } from './readers-of-scripts-and-aliases';

const FOLDER = '.github/workflows';
const LISTS_ONLY = /^(?:-l|--list|-n|--dryrun|-g|--graph|--validate|--version|--bug-report|-h|--help)$/;
const WITH_WORD = anyOf(`
  -[jWPCesb] --job --workflows --platform --directory --eventpath --secret --secret-file --var --var-file --env
  --env-file --input --input-file --matrix --actor --artifact-server-path --container-architecture
  --container-options --defaultbranch --github-instance --network --remote-name
`);

const LONGEST = 200_000;

/** The texts of the steps. `matching`: the files of this folder that a pattern names. */
export function actTexts(
  args: readonly string[],
  read: ReadScript,
  matching: (pattern: string) => readonly string[],
): string[] {
  if (args.some((text) => LISTS_ONLY.test(text))) return [];
  const valuesOf = (option: RegExp): string[] =>
    args.flatMap((text, index) =>
      option.test(args[index - 1] ?? '') ? text : (/^--(?:job|workflows)=([^]+)$/.exec(text)?.[1] ?? []),
    );
  const jobs = args.some((text) => /^(?:-j|--job)/.test(text)) ? valuesOf(/^(?:-j|--job)$/) : [];
  const named = args.some((text) => /^(?:-W|--workflows)/.test(text)) ? valuesOf(/^(?:-W|--workflows)$/) : [];
  const [event = 'push'] = args.filter(
    (text, index) => !text.startsWith('-') && !WITH_WORD.test(args[index - 1] ?? ''),
  );
  const files = named.some((file) => /\.ya?ml$/.test(file))
    ? named.filter((file) => /\.ya?ml$/.test(file))
    : ['yml', 'yaml'].flatMap((ending) => matching(`${named[0]?.replace(/\/$/, '') ?? FOLDER}/*.${ending}`));
  return files.flatMap((file) => {
    const text = (read(file) ?? '').slice(0, LONGEST);
    if (jobs.length === 0 && !startsOn(text, event)) return [];
    return stepsIn(text, jobs);
  });
}

/** Whether the steps run in a container with a copy of the repository, and not on this machine. */
export const actsOnCopy = (args: readonly string[]): boolean =>
  !args.some((text) => /^(?:-[a-zA-Z]*b[a-zA-Z]*|--bind(?:=true)?)$|-self-hosted$/.test(text));

/** Whether the workflow has the event below `on`. */
function startsOn(text: string, event: string): boolean {
  const [, inline = '', below = ''] =
    /^["']?on["']?:([^\n]*)\n((?:(?:[ \t]+[^\n]*|[ \t]*)(?:\n|$))*)/m.exec(text) ?? [];
  return `${inline}\n${below}`.split(/[^\w-]+/).includes(event);
}

/** What `run` says in the jobs, all of them where none is named. */
function stepsIn(text: string, jobs: readonly string[]): string[] {
  const texts: string[] = [];
  let job = '';
  let isBelowJobs = false;
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (/^\S/.test(line)) isBelowJobs = line.startsWith('jobs:');
    const name = /^ {1,4}["']?([\w-]+)["']?:\s*(?:#.*)?$/.exec(line)?.[1];
    const indent = line.search(/\S/);
    if (isBelowJobs && name !== undefined && indent <= jobIndent(lines)) job = name;
    const [, lead = '', value = ''] = /^(\s*(?:-\s+)?)run:\s*(.*)$/.exec(line) ?? [];
    if (value === '' || (jobs.length > 0 && !jobs.includes(job))) continue;
    if (!/^[|>][+-]?\d*$/.test(value)) {
      texts.push(value.replace(/^(["'])([^]*)\1$/, '$2'));
      continue;
    }
    const block: string[] = [];
    while (
      at + 1 < lines.length &&
      (!/\S/.test(lines[at + 1] ?? '') || (lines[at + 1] ?? '').search(/\S/) > lead.length)
    )
      block.push((lines[++at] ?? '').trim());
    texts.push(block.join('\n').trimEnd());
  }
  return texts;
}

/** How far the names of the jobs stand in. */
const jobIndent = (lines: readonly string[]): number => {
  const from = lines.findIndex((line) => line.startsWith('jobs:'));
  return Math.max(
    lines
      .slice(from + 1)
      .find((line) => /\S/.test(line) && !/^\s*#/.test(line))
      ?.search(/\S/) ?? 0,
    0,
  );
};
