/** What assistants write about themselves into commits. A door of its own: hooks load it only if the policy asks. */
export { coAuthorsOf } from './co-authors';
export {
  assistantOfCoAuthor,
  assistantOfEmail,
  assistantOfName,
  generatorsIn,
  sessionOwnersIn,
} from './assistant-of-mark';
export { withoutAgents } from './strip-agent-marks';
