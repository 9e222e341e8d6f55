/** https://ampcode.com/manual */
import { NO_SWITCHES } from '../../hook-switches/no-switches';
import type { HookSwitches } from '../../hook-switches/types';

export const amp: HookSwitches = {
  ...NO_SWITCHES,
  id: 'amp',
  title: 'Amp',
  programs: ['amp', '@sourcegraph/amp'],
  begins: /(?:^| )(?:-x|--execute|--dangerously-allow-all)(?:[ =]|$)|^threads? continue\b/,
};
