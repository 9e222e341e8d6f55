/** The door of signatures: texts signed with SSH keys, and who signed them. */
export { signText, SignatureError, verifyText, type Verified } from './ssh';
