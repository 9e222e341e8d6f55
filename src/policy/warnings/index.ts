/** The door of warnings: where in a file they are, and which of them a person has settled. */
export { acknowledgements, type Acknowledged } from './acknowledgements';
export { dangersIn, dangersOf, isGrave, subjectOfDanger, type DangerCause } from './danger-warning-locations';
export { placesIn, textOfPlace, warningPlaces, type WarningPlace } from './author-warning-locations';
