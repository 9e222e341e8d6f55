/** The door of the guard: what agents may do by themselves. */
export { guard } from './guard';
export { onlyReads } from './effects-of-commands-and-tools';
export type { Action, FindingsOf, GuardAnswer, GuardedPlace, GuardInput, Held } from './types';
export type { CallSummary } from './program-verb-and-targets';
export { ruleOfAct } from './person-acts/judge-person-act';
export {
  firstCall,
  guardTouchedRepositories,
  type GuardSurroundings,
  type LocalGuard,
} from './guard-touched-repositories';
export { explainTool, type ToolExplanation, type ToolPattern } from './explain-tool-patterns';
