/**
 * The door of sign-offs: those that people sign with SSH keys, and the debts that emergencies leave. Loads the gate:
 * not for hooks.
 */
export { debts, recordDebt, unpaidDebts, type Debt, type UnpaidDebt } from './debts';
export { debtsHolding, type HeldByDebts } from './blocking-debts';
export { fetchSignOffs, pushSignOffs, type Exchanged } from './exchange';
export { foreseenFor, keyAtBase, type KnownKey } from './foresee';
export { signOff, signOffsOn, signOffsOnEach, type ListedSignOff } from './sign';
export { SIGN_OFF_NAMESPACE, VALID_DAYS } from './text';
export { allowedSignersAt, signedFor, signedHeads } from './verify';
