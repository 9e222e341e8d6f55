/** The door of signatures: texts signed with SSH keys, and who signed them. */
export { configuredKey } from './configured-key';
export { signText, signTextSoon, SignatureError, verifyText, type Verified } from './ssh';
