/** https://cursor.com/docs/cli/reference/configuration */
import type { HookSwitches } from '../../hook-switches/types';

export const cursor: HookSwitches = {
  id: 'cursor',
  title: 'Cursor',
  programs: ['cursor-agent', 'cursor agent'],
  options: [],
  givenSettings: [],
  offVariables: [],
  moves: ['CURSOR_CONFIG_DIR', 'XDG_CONFIG_HOME'],
  settings: [],
  skips: /^(?:-f|--force|--yolo)$/,
};
