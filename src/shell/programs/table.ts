/**
 * What the rooms that read commands know of a program, in one table: the options that take the next word as their value.
 */

/** By program; several with the same options share a row. */
const OPTIONS: readonly (readonly [programs: string, takes: string])[] = [['restic', '-r --repo']];

const byProgram = new Map<string, readonly string[]>();

/** The options of a program that take the next word as their value. */
export function takesOf(program: string): readonly string[] {
  if (byProgram.size === 0)
    for (const [programs, takes] of OPTIONS)
      for (const name of programs.split(' ')) byProgram.set(name, takes.split(' '));
  return byProgram.get(program) ?? [];
}
