/** The door of the guard: what agents may do by themselves. */
export { guard, type Action, type FindingsOf, type GuardAnswer, type GuardedPlace, type GuardInput } from './guard';
export { guardLocally, type GuardSurroundings, type LocalGuard } from './local-guard';
