/** What a call in a program loses: of source files, which a grammar reads, and of programs on the command line. */
export { cloudDeletes, usesCloud } from './losses-by-cloud-sdks';
export { resetsSchema, storeLosses, unlimitedDeletes } from './losses-by-store-drivers';
