/**
 * The door of coverage: which assistants are here, and what is seen of each. Apart from the rest, because no hook needs
 * it.
 */
export {
  examineAssistant,
  examineAssistants,
  isHere,
  type AssistantFindings,
  type AssistantReport,
} from './assistant-status';
