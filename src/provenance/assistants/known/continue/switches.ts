/** https://docs.continue.dev/cli */
import type { HookSwitches } from '../../switches/types';

export const continueDev: HookSwitches = {
  id: 'continue',
  title: 'Continue',
  programs: ['cn', '@continuedev/cli'],
  options: [],
  givenSettings: [],
  offVariables: [],
  moves: [],
  settings: [],
  begins: /(?:^| )(?:-p|--print|--auto)(?:[ =]|$)/,
};
