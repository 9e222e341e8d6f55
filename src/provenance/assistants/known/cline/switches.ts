/** https://docs.cline.bot/cline-cli */
import type { HookSwitches } from '../../switches/types';

export const cline: HookSwitches = {
  id: 'cline',
  title: 'Cline',
  programs: ['cline'],
  options: [],
  givenSettings: [],
  offVariables: [],
  moves: [],
  settings: [],
  skips: /^(?:-y|--yolo|--auto-approve(?:-all)?(?:[= ]true)?)$/,
};
