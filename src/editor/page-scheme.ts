/** The scheme of our own pages. */
export const SCHEME = 'linekeeper';
