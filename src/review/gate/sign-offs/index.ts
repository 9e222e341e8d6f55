/**
 * The door of sign-offs: those that people sign with SSH keys, and the debts that emergencies leave. Loads the gate:
 * not for hooks.
 */
export { debts, recordDebt, unpaidDebts, type Debt, type UnpaidDebt } from './emergency-debts';
export { debtsHolding, type HeldByDebts } from './debts-that-block-deployment';
export { fetchSignOffs, pushSignOffs, type Exchanged } from './exchange-sign-offs';
export { foreseenFor, keyAtBase, type KnownKey } from './foresee-sign-off';
export { signOff } from './give-sign-off';
export { signOffsOn, signOffsOnEach, type ListedSignOff } from './list-sign-offs';
export { SIGN_OFF_NAMESPACE, VALID_DAYS } from './sign-off-text';
export { allowedSignersAt, signedFor, signedHeads } from './verify-sign-offs';
