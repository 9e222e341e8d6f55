import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a command that runs as soon as somebody opens the folder',
  why: 'It runs on the machine of everybody who opens the repository, before they have read it.',
  fix: 'Let people start the task themselves.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'a task runs on opening': 'A task runs as soon as somebody opens the folder (runOn: folderOpen).',
  'tasks on opening are allowed': 'Tasks run as soon as somebody opens the folder, and nobody is asked (task.allowAutomaticTasks).',
  'a command runs before the container': 'A command runs on the machine of whoever opens the container (initializeCommand): {program}.',
} as const satisfies Facts;
