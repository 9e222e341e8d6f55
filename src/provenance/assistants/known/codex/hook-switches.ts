/** https://developers.openai.com/codex/config */
import type { HookSwitches } from '../../hook-switches/types';

export const codex: HookSwitches = {
  id: 'codex',
  title: 'OpenAI Codex',
  programs: ['codex', '@openai/codex', '@openai/codex-sdk', 'openai_codex_sdk'],
  options: ['--ignore-user-config'],
  givenSettings: ['-c', '--config'],
  disables: { option: '--disable', name: 'hooks' },
  offVariables: [],
  moves: ['CODEX_HOME'],
  settings: [{ key: ['features', 'hooks'], off: false }],
  skips:
    /^(?:--dangerously-bypass-approvals-and-sandbox|--yolo|(?:-s|--sandbox)[= ]danger-full-access|(?:(?:-c|--config)[= ]?)?sandbox_mode\s*=\s*["']?danger-full-access["']?)$/,
};
