/** Clues from a table of symptoms: what a line shows, and whose it is. */
import { workloadsIn } from './mentioned-workloads';
import { LOOKED_FOR, type Clue, type Symptom } from './types';

/** What is named in one line, besides workloads. */
type NamesIn = (line: string) => readonly string[];

/**
 * A line that names nothing is taken to be about what the other lines name: a log says whose it is in the line before, or
 * in its first one.
 */
export function troublesIn(
  lines: readonly string[],
  table: readonly Symptom[],
  namesIn: NamesIn = () => [],
): readonly Clue[] {
  const shown = lines.flatMap((line) => {
    const trouble = symptomIn(table, line);
    return trouble === undefined ? [] : [{ line, trouble }];
  });
  if (shown.length === 0) return [];
  const everywhere = [...new Set(lines.flatMap(workloadsIn))];
  return shown.map(({ line, trouble }) => {
    const subjects = [...new Set([...workloadsIn(line), ...namesIn(line), ...quotedIn(line)])];
    const names = subjects.length > 0 ? subjects : everywhere;
    return {
      says: `${trouble.says}${names[0] === undefined ? '' : ` (${names[0]})`}`,
      names,
      ...lookedFor(trouble),
    };
  });
}

const QUOTED = /["'`]([\p{L}][\p{L}\p{N}._/-]{3,80})["'`]/gu;
/** What a line has in quotes, if it can be a name: of a queue, a disk, an instance. */
export const quotedIn = (line: string): readonly string[] => [...line.matchAll(QUOTED)].map(([, name = '']) => name);

const HOST = /(?<![\w.@/-])(?:\*\.)?(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-])/gi;
/** The hosts in a line; file names with an ending look the same and do no harm. */
export const hostsIn = (line: string): readonly string[] => [...line.matchAll(HOST)].map(([host]) => host);

/** What a clue takes over from a symptom. */
export const lookedFor = (symptom: Symptom): Pick<Clue, (typeof LOOKED_FOR)[number]> =>
  Object.fromEntries(LOOKED_FOR.flatMap((key) => (symptom[key] === undefined ? [] : [[key, symptom[key]]])));

/** The first symptom of a table that a line shows. */
export const symptomIn = <T extends Symptom>(table: readonly T[], line: string): T | undefined =>
  table.find(({ pattern }) => pattern.test(line));
