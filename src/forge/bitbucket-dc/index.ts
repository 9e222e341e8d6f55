/** Bitbucket Data Center (formerly Server, formerly Stash). */
import type { Forge } from '../forge';
import { link } from './link';

export const bitbucketDc: Forge = { id: 'bitbucket-dc', name: 'Bitbucket Data Center', ...link };
