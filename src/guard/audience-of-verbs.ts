/**
 * Who may use a verb of the command line. Everybody may use those that are not named: people, agents and CI. The guard
 * keeps agents from those of people, and the help leaves out those of git.
 */

/** `person`: what it does stands for a person's decision or report; a pattern: only with a word like this. */
type Audience = 'git' | 'person' | RegExp;

export const AUDIENCE: Readonly<Record<string, Audience | undefined>> = {
  hook: 'git',
  declare: 'person',
  // Hooks and plugins start it by themselves; from an agent's shell it would report whatever the agent likes.
  record: 'person',
  ack: 'person',
  // No verb, but what an agent may take for one.
  acknowledge: 'person',
  sign: 'person',
  'approve-run': 'person',
  exception: 'person',
  uninstall: 'person',
  purge: 'person',
  // The file is signed with a person's key, or a job's. Looking at it, and verifying one, is anybody's.
  evidence: /^--out(?:=|$)/,
  // Reporting that something is an emergency, or was deployed.
  check: /^--emergency(?:=|$)/,
  deploy: /^(?:record$|--emergency(?:=|$))/,
};
