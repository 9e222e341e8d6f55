/** https://docs.continue.dev/cli */
import { NO_SWITCHES } from '../../hook-switches/no-switches';
import type { HookSwitches } from '../../hook-switches/types';

export const continueDev: HookSwitches = {
  ...NO_SWITCHES,
  id: 'continue',
  title: 'Continue',
  programs: ['cn', '@continuedev/cli'],
  begins: /(?:^| )(?:-p|--print|--auto)(?:[ =]|$)/,
};
