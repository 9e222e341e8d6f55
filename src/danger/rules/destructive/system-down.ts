import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'shutdown, kill -1, fork bomb, crontab -r, userdel -r',
  why: 'Everybody who uses the machine or the account is cut off, and it may not come back by itself.',
  fix: 'Let a person stop the machine, the process or the account, after checking which one it is.',
  ofTheMachine: true,
} as const satisfies Rule;
