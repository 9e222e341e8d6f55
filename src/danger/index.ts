/** The door of the danger rules: what a change would do, whoever wrote it. Pure: texts in, findings out. */
export {
  analyzersFor,
  findByRows,
  findInChanges,
  findInPlan,
  isReadWithOthers,
  lookForDangers,
  newDependencies,
} from './find-in-changes';

export type { NewDependency } from './new-dependencies';
export type { CommandDanger } from './commands';
export { classOf, RULES, type Rule, type RuleId } from './rules';
export type { Change, Tools } from './types';
