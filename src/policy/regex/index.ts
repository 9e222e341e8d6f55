/** The door of patterns of a team's rules. */
export { type Budget, Pattern, patternProblem } from './linear-time-pattern';
