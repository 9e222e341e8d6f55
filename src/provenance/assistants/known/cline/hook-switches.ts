/** https://docs.cline.bot/cline-cli */
import { NO_SWITCHES } from '../../hook-switches/no-switches';
import type { HookSwitches } from '../../hook-switches/types';

export const cline: HookSwitches = {
  ...NO_SWITCHES,
  id: 'cline',
  title: 'Cline',
  programs: ['cline'],
  skips: /^(?:-y|--yolo|--auto-approve(?:-all)?(?:[= ]true)?)$/,
};
