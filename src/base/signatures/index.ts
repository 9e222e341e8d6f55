/** The door of signatures: texts signed with SSH keys, and who signed them. */
export { principalsOf, publicKeyIn } from './allowed-signers';
export { configuredKey } from './configured-signing-key';
export { isSignedWith, signStatement, whyNotSignedBy, type CosignIdentity } from './cosign';
export { armored, signatureFacts, unarmored } from './sshsig-format';
export { isSignatureOf, signText, signTextSoon, SignatureError, verifyText } from './ssh-signatures';
