/** https://aider.chat/docs/config/options.html */
import { NO_SWITCHES } from '../../hook-switches/no-switches';
import type { HookSwitches } from '../../hook-switches/types';

export const aider: HookSwitches = {
  ...NO_SWITCHES,
  id: 'aider',
  title: 'Aider',
  programs: ['aider'],
  begins: /(?:^| )(?:--yes(?:-always)?|--message(?:-file)?|-m|-f|--load|--apply|--commit)(?:[ =]|$)/,
};
