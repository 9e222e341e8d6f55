/** What a tier is called in a tree. */
import { isOpenIncidentTier } from '../../policy/decision';
import type { Translate } from '../translate';

/** `name`: null for files in no tier. */
export function tierTitle(t: Translate, name: string | null): string {
  if (name === null) return t('Other files');
  return isOpenIncidentTier(name) ? t('Open incident') : name;
}
