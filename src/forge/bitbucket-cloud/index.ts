/** Bitbucket Cloud. */
import type { Forge } from '../forge';
import { link } from './link';

export const bitbucketCloud: Forge = { id: 'bitbucket-cloud', name: 'Bitbucket Cloud', ...link };
