/** The door of a team's own rules. */
export { findByTeamRules, findByTeamRows, withoutSwitchedOff, offAt, looksAt } from './findings-of-team-rules';
