/** The door of coverage: which assistants are here, and what is seen of each. Separate, because no hook needs it. */
export {
  examineAssistant,
  examineAssistants,
  hasTraces,
  isHere,
  type AssistantFinding,
  type AssistantReport,
} from './assistant-status';
export { unheardSessions, unheardWords } from '../sessions-without-hooks';
export { findProgram } from './installed-assistant-programs';
export { filesOfRules } from '../native-rules/store-written-and-wanted-rules';
