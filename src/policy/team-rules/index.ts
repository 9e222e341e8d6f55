/** The door of a team's own rules. */
export { findByTeamRules, findByTeamRows, withoutSwitchedOff, offAt, looksAt } from './team-findings-and-rules-off';
