/** Whether rules, or families of programs, know a program by its name. */
import { COMMANDS } from '../rules/order-of-rows';
import { familyNames } from './program-family-by-name';

let names: Set<string> | undefined;

export function knowsProgram(name: string): boolean {
  names ??= new Set([
    ...familyNames(),
    ...COMMANDS.flatMap(([, rows]) =>
      rows().flatMap(({ program }) => (typeof program === 'string' ? program.split(' ') : [])),
    ),
    ...'sh bash zsh dash ksh pwsh powershell cmd env sudo xargs timeout nohup find terraform tofu terragrunt'.split(
      ' ',
    ),
  ]);
  return names.has(name.toLowerCase());
}
