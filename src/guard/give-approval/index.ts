/** The door of given approvals: a person signs that an agent may run one command once, and it is kept for others. */
export { giveApproval, objectionToRequest, type GivenApproval } from './give-approval';
export { keepApproved } from './keep-approved';
