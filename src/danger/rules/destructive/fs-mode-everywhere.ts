import type { Rule } from '../types';

/** Places of the system. Below them a set-up gives a service the folder that is its own. */
const SYSTEM =
  /^(?:~|\/)(?:\/?\*?)?$|^\/(?:etc|usr|s?bin|lib(?:32|64)?|boot)(?:\/(?!src|share|local\/src)|$)|^\/(?:dev|home|mnt|opt|proc|root|srv|sys|var(?:\/lib)?)\/?\*?$/;

export const rule = {
  severity: 'high',
  meaning: '`chmod -R` or `chown -R` of a system or home directory',
  why: 'Programs such as ssh refuse files with wrong modes, and nobody has a list of the right modes to restore.',
  fix: 'Name the one folder whose mode or owner has to change.',
  ofTheMachine: true,
  inScripts: ({ words: [program, ...words] }) =>
    words.some((word) => (program === 'chmod' ? /^[/~]/ : SYSTEM).test(word)),
} as const satisfies Rule;
