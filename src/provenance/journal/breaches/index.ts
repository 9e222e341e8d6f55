/** The door of breaches: what an agent changed in spite of the policy. */
export { BREACH_ATTRIBUTE, breaches, breachesOf, notedBreaches, noteBreach, type Breach } from './noted-breaches';
