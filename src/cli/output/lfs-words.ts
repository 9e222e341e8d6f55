/** What `install`, `doctor` and `status` say of Git LFS. */

/** By what becomes of the files that it tracks: our hooks do the work of its own, or nothing does. */
export const LFS_SAYS = {
  sent: 'its own hooks are not here, so ours sends the files that it tracks and makes those read-only that can be locked',
  unsent: 'nothing sends the files that it tracks, so a push may leave them out',
} as const;
