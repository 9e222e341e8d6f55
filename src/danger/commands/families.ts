/** The families of programs, by the names of their programs. */
import { aws } from './aws';
import { CLOUDS } from './clouds';
import { CONTAINERS_TABLE } from './containers';
import { DATABASES } from './databases';
import { DISK } from './disk';
import { FILES } from './files';
import { FORGES } from './forges';
import { GIT } from './git';
import { IAC } from './iac';
import { KUBERNETES } from './kubernetes';
import type { Family } from './call';
import { MIGRATIONS } from './migrations';
import { SYSTEM } from './system';
import { TERRAFORM_LIKE } from './terraform';

/** Later ones win where two know a program. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  ...FORGES,
  ...CLOUDS,
  ...DATABASES,
  ...MIGRATIONS,
  ...SYSTEM,
  ...DISK,
  ...CONTAINERS_TABLE,
  ...KUBERNETES,
  ...IAC,
  ...TERRAFORM_LIKE,
  ...GIT,
  ...FILES,
  aws,
};

export const FAMILY_NAMES: readonly string[] = Object.keys(FAMILIES);
