/** The door of exceptions: a person lets agents do, for a while, what the policy forbids. */
export { callerOf, notAPerson, type Caller } from './is-person-at-terminal';
export { EXCEPTION_ATTRIBUTE, exceptionsOf, notedExceptions } from './exceptions-in-notes';
export {
  activeExceptions,
  endExceptions,
  exceptionFor,
  exceptions,
  grantException,
  MINUTES_AT_MOST,
  noteUse,
  type Exception,
} from './grant-and-end-exceptions';
