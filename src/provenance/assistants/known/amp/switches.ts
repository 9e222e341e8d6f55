/** https://ampcode.com/manual */
import type { HookSwitches } from '../../switches/types';

export const amp: HookSwitches = {
  id: 'amp',
  title: 'Amp',
  programs: ['amp', '@sourcegraph/amp'],
  options: [],
  givenSettings: [],
  offVariables: [],
  moves: [],
  settings: [],
  begins: /(?:^| )(?:-x|--execute|--dangerously-allow-all)(?:[ =]|$)|^threads? continue\b/,
};
