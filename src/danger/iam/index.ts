/** The door of what judges access policies of clouds. */
export { judgeStatements, statementOf } from './document';
export { isAdminPolicy, judge, type Judgement, type Placed, type Statement } from './assess-statement';
