/** The door of the danger rules: what a change would do, whoever wrote it. Pure: texts in, findings out. */
export { findInChanges, findInPlan, lookForDangers, type PlanAnswer } from './find';
export { noticeShell, type ShellTextOptions } from './packs/shell';
export type { CommandDanger } from './commands';
export { classOf, RULES, type Rule, type RuleId } from './rules';
export type { Change, FindInChanges, Noticed, NoticedIn, Pack, Tools } from './types';
