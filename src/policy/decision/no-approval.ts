/** The part of a requirement that no approval meets: it waits for something else than a person. */
export const NO_APPROVAL = { from: null, approvals: 0, codeOwner: false, by: [] } as const;
