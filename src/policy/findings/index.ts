/** What the danger rules notice in changes in a repository. */
export { findInWork, findInText, findInRange, findInBlobs, findInEach, findIn } from './find-in-changes';
export { findQuicklyIn } from './find-quickly';
export { readPlanFile, type PlanFile } from './read-plan-file';
export { textsOfBlobs, textsOfWork, type BlobPair, type WorkFile } from './texts-before-and-after';
