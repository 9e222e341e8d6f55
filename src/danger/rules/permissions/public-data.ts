import type { Facts, Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'public ACL, public access block off, publicly accessible database, function URL without authentication',
  why: 'Such data is found and copied within hours, and cannot be called back.',
  fix: 'Keep it private. Give access through a signed address or a role.',
} as const satisfies Rule;

// prettier-ignore
export const settings: Settings = {
  azure: [
    { key: 'allowBlobPublicAccess', existing: true, after: 'yes', says: '{it} lets everybody read blobs ({key}).' },
    { key: 'anonymousPullEnabled', existing: true, after: 'yes', says: '{it} lets everybody pull images ({key}).' },
    { key: 'publicAccess', after: /^(?:Blob|Container)$/, says: '{it} lets everybody read blobs.' },
  ],
};

// prettier-ignore
export const facts = {
  'k8s answers for every site': "{it} lets every site read answers with the user's credentials (CORS *).",
} as const satisfies Facts;
