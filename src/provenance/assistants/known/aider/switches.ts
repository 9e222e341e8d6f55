/** https://aider.chat/docs/config/options.html */
import type { HookSwitches } from '../../switches/types';

export const aider: HookSwitches = {
  id: 'aider',
  title: 'Aider',
  programs: ['aider'],
  options: [],
  givenSettings: [],
  offVariables: [],
  moves: [],
  settings: [],
  begins: /(?:^| )(?:--yes(?:-always)?|--message(?:-file)?|-m|-f|--load|--apply|--commit)(?:[ =]|$)/,
};
