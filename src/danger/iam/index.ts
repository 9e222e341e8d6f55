/** The door of the rules for cloud access policies. */
export { judgeStatements } from './document';
export { widened } from './widened';
export { isAdminPolicy, judge, type Judgement, type Placed, type Statement } from './assess-statement';
