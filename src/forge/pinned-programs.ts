/** Programs of others that the files which `ci init` writes use. */

/** Pinned to a commit, since a tag can be moved. */
export const CHECKOUT = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';
