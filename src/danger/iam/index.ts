/** The door of the rules for cloud access policies. */
export { judgeStatements } from './judge-new-statements';
export { widened } from './widened-policies';
export { isAdminPolicy, judge, type Judgement, type Placed, type Statement } from './judge-statement';
